package org.countersign.connector.postgres;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.countersign.connector.postgres.analysis.CatalogQuestion;
import org.countersign.connector.postgres.analysis.Progress;
import org.countersign.connector.postgres.analysis.ShapeDigest;
import org.countersign.connector.postgres.analysis.StatementAnalysis;
import org.countersign.connector.postgres.analysis.StatementKind;
import org.countersign.connector.postgres.analysis.TreeDigest;
import org.countersign.connector.session.ClientSession;
import org.countersign.model.command.SqlAnalysis;
import org.countersign.wire.postgres.BackendMessage.Column;
import org.countersign.wire.postgres.Diagnostic;
import org.countersign.wire.postgres.FrontendMessage;
import org.countersign.wire.postgres.FrontendMessage.Describe;
import org.countersign.wire.postgres.FrontendMessage.Parse;
import org.countersign.wire.postgres.Subject;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Has the target analyse one statement on the connection that will run it: read-only, and undone afterwards, so that
 * neither an effect nor a lock nor a setting remains; only the prepared statement does.
 */
final class AnalysisTalk {
    private static final Logger LOG = Logger.getLogger(AnalysisTalk.class);

    /** Trees beyond this are read on a work thread. */
    private static final int LARGE_TREE_CHARACTERS = 256 << 10;

    private static final int MAX_ROUNDS = 100;

    /** How a tree names the function set_config, whatever the statement calls it. */
    private static final String SET_CONFIG = ":funcid 2078 ";

    private final Talk talk;
    private final StatementKind kind;
    private final String text;
    private final List<Integer> parameterTypes;
    private final String name = Names.random();
    private final Aside aside;
    private final Map<CatalogQuestion, List<List<@Nullable String>>> answers = new LinkedHashMap<>();
    private int parseAt;
    private int rounds;

    AnalysisTalk(Talk talk, StatementKind kind, String text, List<Integer> parameterTypes) {
        this.talk = talk;
        this.kind = kind;
        this.text = text;
        this.parameterTypes = parameterTypes;
        aside = new Aside(talk);
    }

    CompletionStage<Finding> run() {
        List<FrontendMessage> requests = aside.begin();
        requests.addAll(talk.helpers.analysing(talk.trees.isOn()));
        parseAt = requests.size();
        requests.add(new Parse(name, text, parameterTypes));
        requests.add(new Describe(Subject.STATEMENT, name));
        return talk.target.ask(new Round(Round.Work.ANALYSIS, requests)).thenCompose(this::parsed);
    }

    private CompletionStage<Finding> parsed(Round round) {
        if (!round.rows().isEmpty()) {
            talk.settingsAre(round.rows().getFirst());
        }
        Optional<Diagnostic> error = round.error();
        if (error.isPresent()) {
            return aside.end(
                    round.errorAt() == parseAt || Cancellation.is(error.get())
                            ? new Finding.Mistaken(error.get())
                            : unreadable("the target refused to prepare the analysis"));
        }
        Optional<PrintedTrees> trees;
        try {
            trees = PrintedTrees.of(
                    round, parseAt, talk.session.surroundings().limits().treeBytes(), false);
        } catch (PrintedTrees.ForgedException e) {
            return refused(e.reason());
        }
        if (trees.isEmpty()) {
            return refused("the target printed no query trees");
        }
        if (round.remarks().stream().anyMatch(remark -> remark.request() == parseAt + 1)) {
            return refused("it changed while it was analysed");
        }
        PrintedTrees printed = trees.get();
        boolean large = printed.analysed().length() + printed.rewritten().length() > LARGE_TREE_CHARACTERS;
        CompletionStage<Start> start = large
                ? talk.session.work(() -> start(printed, round.columns()))
                : here(() -> start(printed, round.columns()));
        return start.thenCompose(begun -> advance(begun, round)).exceptionallyCompose(this::failed);
    }

    private static CompletionStage<Start> here(Supplier<Start> start) {
        try {
            return CompletableFuture.completedStage(start.get());
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            return CompletableFuture.failedStage(e);
        }
    }

    /** An analysis with its first step taken. */
    private record Start(StatementAnalysis analysis, Progress progress, String digest, PrintedTrees trees) {
        boolean configures() {
            return trees.rewritten().contains(SET_CONFIG);
        }
    }

    private Start start(PrintedTrees trees, Optional<List<Column>> columns) {
        List<String> labels =
                columns.orElse(List.of()).stream().map(Column::name).toList();
        var analysis = StatementAnalysis.of(kind, trees.analysed(), trees.rewritten(), talk.serverVersion, labels);
        Progress progress = analysis.progress();
        String digest = progress instanceof Progress.Refused ? "" : TreeDigest.of(trees.analysed(), trees.rewritten());
        return new Start(analysis, progress, digest, trees);
    }

    private CompletionStage<Finding> advance(Start at, Round described) {
        return switch (at.progress()) {
            case Progress.Done done -> aside.end(understood(statement(done.analysis(), at, described), at.trees()));
            case Progress.Refused refused -> refused(refused.reason());
            case Progress.Needs needs ->
                ++rounds > MAX_ROUNDS
                        ? refused("it needs too many catalog look-ups")
                        : ask(at, needs.questions(), described);
        };
    }

    private CompletionStage<Finding> ask(Start at, List<CatalogQuestion> questions, Round described) {
        var requests = new ArrayList<FrontendMessage>();
        var places = CatalogRound.ask(talk.helpers, questions, requests);
        var round = new CatalogRound(Round.Work.ANALYSIS, requests, places);
        return talk.target.ask(round).thenCompose(over -> {
            if (over.error().filter(Cancellation::is).isPresent()) {
                talk.helpers.forgetQuestions();
                talk.leave(Subject.STATEMENT, name);
                return aside.end(new Finding.Mistaken(over.error().get()));
            }
            if (over.error().isPresent()) {
                talk.helpers.forgetQuestions();
                return refused("the target's catalog could not be read ("
                        + over.error().get().sqlState() + ")");
            }
            answers.putAll(round.answers());
            round.answers().forEach(at.analysis()::answer);
            return advance(new Start(at.analysis(), at.analysis().progress(), at.digest(), at.trees()), described);
        });
    }

    private Statement statement(SqlAnalysis analysis, Start at, Round described) {
        return new Statement(
                        text,
                        kind,
                        Optional.of(name),
                        described.parameterTypes(),
                        described.columns(),
                        analysis,
                        at.digest(),
                        at.configures())
                .resting(CatalogAnswers.of(answers));
    }

    /** What does nothing but read and write rows, with its constants as mere values, foretells its like. */
    private Finding understood(Statement statement, PrintedTrees trees) {
        boolean foretells = statement.inert()
                && statement.parameterTypes().isEmpty()
                && trees.rewritten().length() <= LARGE_TREE_CHARACTERS
                && !ShapeDigest.depends(trees.rewritten());
        return new Finding.Understood(
                statement, foretells ? Optional.of(Foresight.of(statement, trees)) : Optional.empty());
    }

    private CompletionStage<Finding> refused(String reason) {
        talk.leave(Subject.STATEMENT, name);
        return aside.end(unreadable(reason));
    }

    private CompletionStage<Finding> failed(Throwable failure) {
        Throwable cause = ClientSession.cause(failure);
        if (cause instanceof PostgresBackend.LostException) {
            return CompletableFuture.failedStage(cause);
        }
        LOG.warnf(cause, "analysis failed session=%s", talk.session.id());
        return refused("its analysis failed");
    }

    private Finding unreadable(String reason) {
        return Finding.Unreadable.because(kind.name(), reason);
    }
}
