package org.countersign.connector.postgres;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.countersign.connector.postgres.analysis.PlanRows;
import org.countersign.model.command.Estimate;
import org.countersign.wire.postgres.DataRow;
import org.countersign.wire.postgres.Diagnostic;
import org.countersign.wire.postgres.FrontendMessage;
import org.countersign.wire.postgres.FrontendMessage.Bind;
import org.countersign.wire.postgres.FrontendMessage.Execute;
import org.countersign.wire.postgres.FrontendMessage.Parse;
import org.countersign.wire.postgres.Subject;

/**
 * Has the target plan a statement, as the session sees it and with the client's values, to learn how many rows it expects.
 * Planning runs functions that are not volatile, so only what is proved to run the server's own code alone is planned;
 * read-only, for a short time, and undone afterwards. Nothing is executed.
 */
final class Estimating {
    private static final String EXPLAIN = "EXPLAIN (FORMAT JSON) ";

    private final Talk talk;

    Estimating(Talk talk) {
        this.talk = talk;
    }

    /** Returns what is known of its rows afterwards; that nothing is, is no failure. */
    CompletionStage<Estimate> of(Statement statement, Bind bind) {
        if (!(statement.estimate() instanceof Estimate.Unasked)) {
            return found(statement.estimate());
        }
        if (!statement.inert()) {
            return unknown(
                    "it uses functions or triggers that are not the server's own, and nothing runs those for a guess");
        }
        if (bind.values().size() != statement.parameterTypes().size()) {
            return unknown("its parameters have no values yet");
        }
        if (!Aside.possible(talk) || talk.inFailedTransaction()) {
            return unknown("something that was sent before it is still running");
        }
        return ask(statement, bind);
    }

    private CompletionStage<Estimate> ask(Statement statement, Bind bind) {
        var aside = new Aside(talk);
        String name = Names.random();
        List<FrontendMessage> requests = aside.begin();
        requests.addAll(talk.helpers.run(Helpers.Helper.PLANNING_TIMEOUT));
        requests.addAll(talk.helpers.quiet());
        requests.add(new Parse(name, EXPLAIN + statement.text(), statement.parameterTypes()));
        requests.add(new Bind("", name, bind.parameterFormats(), bind.values(), List.of()));
        int explainAt = requests.size();
        requests.add(new Execute("", 0));
        talk.leave(Subject.STATEMENT, name);
        var round = new Plan(requests, explainAt);
        return talk.target.ask(round).thenCompose(over -> aside.end(round.estimate()));
    }

    /** The round that asks for the plan. */
    private static final class Plan extends Round {
        private final int explainAt;
        private Optional<String> json = Optional.empty();

        Plan(List<FrontendMessage> requests, int explainAt) {
            super(Work.ANALYSIS, requests);
            this.explainAt = explainAt;
        }

        @Override
        void row(int request, DataRow row) {
            weigh(row);
            if (request == explainAt && row.columns() == 1) {
                json = Optional.ofNullable(row.text(0));
            }
        }

        @Override
        void remarked(int request, Diagnostic notice) {
            // it prints trees that were compared before
        }

        Estimate estimate() {
            if (error().isPresent()) {
                return new Estimate.Unknown(
                        "the target did not plan it (" + error().get().sqlState() + ")");
            }
            OptionalLong rows = json.map(PlanRows::of).orElse(OptionalLong.empty());
            return rows.isPresent()
                    ? new Estimate.Rows(rows.getAsLong())
                    : new Estimate.Unknown("the target's plan cannot be read");
        }
    }

    private static CompletionStage<Estimate> unknown(String why) {
        return found(new Estimate.Unknown(why));
    }

    private static CompletionStage<Estimate> found(Estimate estimate) {
        return CompletableFuture.completedStage(estimate);
    }
}
