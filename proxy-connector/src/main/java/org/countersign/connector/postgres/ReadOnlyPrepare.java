package org.countersign.connector.postgres;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.countersign.connector.postgres.analysis.StatementKind;
import org.countersign.model.command.SqlAnalysis;
import org.countersign.wire.postgres.Diagnostic;
import org.countersign.wire.postgres.FrontendMessage;
import org.countersign.wire.postgres.FrontendMessage.Describe;
import org.countersign.wire.postgres.FrontendMessage.Parse;
import org.countersign.wire.postgres.Subject;

/**
 * Has the target prepare a statement whose preparation may run code, as that of CALL and EXPLAIN does: they read the
 * values of user-defined types. Read-only, and undone afterwards.
 */
final class ReadOnlyPrepare {
    private final Talk talk;
    private final StatementKind kind;
    private final String text;
    private final List<Integer> parameterTypes;
    private final String name = Names.random();

    ReadOnlyPrepare(Talk talk, StatementKind kind, String text, List<Integer> parameterTypes) {
        this.talk = talk;
        this.kind = kind;
        this.text = text;
        this.parameterTypes = parameterTypes;
    }

    /** @param analysis what the statement is judged by */
    CompletionStage<Finding> run(SqlAnalysis analysis) {
        var aside = new Aside(talk);
        List<FrontendMessage> requests = aside.begin();
        int parseAt = requests.size();
        requests.add(new Parse(name, text, parameterTypes));
        requests.add(new Describe(Subject.STATEMENT, name));
        return talk.target.ask(requests).thenCompose(round -> aside.end(found(round, parseAt, analysis)));
    }

    /** A mistake for the client, if the target finds one; else the text is something that nobody here knows. */
    CompletionStage<Finding> mistakeOr(Finding.Unreadable unknown) {
        return run(SqlAnalysis.harmless()).thenApply(finding -> {
            if (finding instanceof Finding.Understood) {
                talk.leave(Subject.STATEMENT, name);
                return unknown;
            }
            return finding;
        });
    }

    private Finding found(Round round, int parseAt, SqlAnalysis analysis) {
        Optional<Diagnostic> error = round.error();
        if (error.isEmpty()) {
            return new Finding.Understood(
                    Statement.plain(text, kind, Optional.of(name), round.parameterTypes(), round.columns(), analysis));
        }
        return round.errorAt() == parseAt
                ? new Finding.Mistaken(error.get())
                : Finding.Unreadable.because(kind.name(), "the target refused to prepare the analysis");
    }
}
