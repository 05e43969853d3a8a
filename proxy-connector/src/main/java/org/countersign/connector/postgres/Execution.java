package org.countersign.connector.postgres;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.countersign.connector.intercept.Outcome;
import org.countersign.connector.intercept.PendingCommand;
import org.countersign.connector.intercept.ResponseMasker;
import org.countersign.connector.intercept.ResponseStream;
import org.countersign.connector.intercept.ResultColumn;
import org.countersign.connector.metrics.Metric;
import org.countersign.connector.postgres.analysis.StatementKind;
import org.countersign.connector.session.ClientSession;
import org.countersign.model.CountersignError;
import org.countersign.model.command.Action;
import org.countersign.model.command.Effect;
import org.countersign.model.masking.MaskPlan;
import org.countersign.wire.postgres.BackendMessage;
import org.countersign.wire.postgres.BackendMessage.Column;
import org.countersign.wire.postgres.BackendMessage.ErrorResponse;
import org.countersign.wire.postgres.BackendWriter;
import org.countersign.wire.postgres.DataRow;
import org.countersign.wire.postgres.Diagnostic;
import org.countersign.wire.postgres.FrontendMessage.Close;
import org.countersign.wire.postgres.FrontendMessage.Describe;
import org.countersign.wire.postgres.FrontendMessage.Execute;
import org.countersign.wire.postgres.FrontendMessage.Parse;
import org.countersign.wire.postgres.FrontendMessage.Sync;
import org.countersign.wire.postgres.Subject;
import org.jspecify.annotations.Nullable;

/** Runs one allowed command: binds it, makes sure that it still means what was judged, executes it, shows the answer. */
final class Execution {
    /** How it ended for the client. */
    enum Result {
        /** The client can go on. */
        GOOD,
        /** The client was told of an error. */
        TOLD,
        /** Nothing ran or was shown: the statement does not mean what it was judged by. */
        CHANGED
    }

    private static final Set<Action> WRITING =
            Set.of(Action.sql("insert"), Action.sql("update"), Action.sql("delete"), Action.sql("merge"));
    private final Talk talk;
    private final PendingCommand pending;
    private final Portal portal;
    private final MaskPlan plan;
    private final boolean simple;
    private final Meaning meaning;
    private final ResponseMasker masker;
    private final ResponseStream response;
    private final @Nullable Foresight foresight;
    private final long shownBefore;
    private boolean sent;
    private boolean described;
    private boolean first;
    private boolean readAnew;
    private boolean confirmed;

    /**
     * @param simple whether the answer is to a simple Query, which also describes the rows
     * @param foresight what the statement, which is not prepared yet, has to turn out to be
     */
    Execution(
            Talk talk,
            PendingCommand pending,
            Portal portal,
            MaskPlan plan,
            boolean simple,
            Meaning meaning,
            @Nullable Foresight foresight) {
        this.talk = talk;
        this.pending = pending;
        this.portal = portal;
        this.plan = plan;
        this.simple = simple;
        this.meaning = meaning;
        this.foresight = foresight;
        masker = new ResponseMasker(columns(portal), plan, talk.grant.hashKey());
        response = Responses.of(talk, pending);
        shownBefore = pending.rows();
    }

    private static List<ResultColumn> columns(Portal portal) {
        var columns = new ArrayList<ResultColumn>();
        for (Column column : portal.statement().columns().orElse(List.of())) {
            columns.add(PostgresForm.column(column, portal.format(columns.size())));
        }
        return columns;
    }

    /**
     * Runs it.
     *
     * @param clientRows the client's row limit; 0 or less for none
     * @param syncFollows whether the client's next message is the Sync, which may then go along
     */
    CompletionStage<Result> run(int clientRows, boolean syncFollows) {
        if (portal.spent()) {
            return answered(new BackendMessage.CommandComplete("SELECT 0"), Optional.empty());
        }
        first = !talk.target.unsynced();
        return ready().thenCompose(step -> switch (step) {
                    case Step.Go go -> execute(clientRows, syncFollows);
                    case Step.Changed changed -> changed(changed.undo());
                    case Step.Failed failed -> fail(failed.error(), Outcome.FAILED);
                })
                .exceptionallyCompose(this::lost);
    }

    /** Makes the portal on the target without executing it, for a statement that reads it by its name. */
    CompletionStage<Result> open() {
        return bind(!talk.target.unsynced(), false)
                .thenCompose(step -> switch (step) {
                    case Step.Go go -> CompletableFuture.completedStage(Result.GOOD);
                    case Step.Changed changed -> changed(changed.undo());
                    case Step.Failed failed -> fail(failed.error(), Outcome.FAILED);
                })
                .exceptionallyCompose(this::lost);
    }

    /** What comes of the step before the execution. */
    private sealed interface Step {
        record Go() implements Step {}

        /** @param undo whether what was bound or parsed has to be undone */
        record Changed(boolean undo) implements Step {}

        record Failed(ErrorResponse error) implements Step {}
    }

    private CompletionStage<Step> ready() {
        if (foresight != null && (talk.inTransaction() || !portal.statement().pureRead())) {
            return parse(foresight);
        }
        return bindsFirst() ? bind(!talk.target.unsynced(), false) : go();
    }

    private static CompletionStage<Step> go() {
        return CompletableFuture.completedStage(new Step.Go());
    }

    private static CompletionStage<Step> step(Step step) {
        return CompletableFuture.completedStage(step);
    }

    /**
     * Has a foreseen statement parsed; its trees, and what the catalog says of what they name, have to be as expected
     * before anything of it runs. From then on the target keeps what is written from being defined anew.
     */
    private CompletionStage<Step> parse(Foresight expected) {
        var requests = new ArrayList<>(talk.takeLeftovers());
        requests.addAll(talk.trees.on());
        requests.addAll(talk.helpers.quiet());
        int parseAt = requests.size();
        requests.add(new Parse("", portal.statement().text(), List.of()));
        int describeAt = requests.size();
        requests.add(new Describe(Subject.STATEMENT, ""));
        var places = CatalogRound.ask(talk.helpers, expected.catalog().questions(), requests);
        requests.addAll(talk.helpers.loud());
        var round = new CatalogRound(Round.Work.ANALYSIS, requests, places);
        return talk.target.run(round).thenApply(over -> {
            if (over.error().isPresent()) {
                talk.helpers.forgetQuestions();
                return over.errorAt() > describeAt
                        ? new Step.Changed(!talk.inTransaction())
                        : new Step.Failed(
                                new ErrorResponse(Notices.analysed(over.error().get(), plan.messagesScrubbed())));
            }
            boolean held = expected.shownBy(over, parseAt, treeLimit())
                    && over.parameterTypes().isEmpty()
                    && over.columns().equals(expected.columns())
                    && expected.catalog().are(round.answers());
            return held ? new Step.Go() : new Step.Changed(!talk.inTransaction());
        });
    }

    /** Nothing was shown. Where it ran inside a block although it had changed, the block is over. */
    private CompletionStage<Result> changed(boolean undo) {
        response.drop();
        portal.undone();
        if (foresight == null) {
            portal.prepared().judgedAgain(false, talk.now());
        }
        CompletionStage<Void> undone = undo ? talk.abort() : CompletableFuture.completedStage(null);
        return undone.thenApply(nothing -> Result.CHANGED);
    }

    private int treeLimit() {
        return talk.session.surroundings().limits().treeBytes();
    }

    /** What may have an effect is executed only once its Bind has shown no change; a read's rows can be withheld. */
    private boolean bindsFirst() {
        return !portal.open()
                && portal.statement().watched()
                && !portal.statement().pureRead();
    }

    /**
     * @param first whether nothing ran since the last Sync, so that the Bind alone can be undone
     * @param analysed whether the statement was just analysed again
     */
    private CompletionStage<Step> bind(boolean first, boolean analysed) {
        var requests = new ArrayList<>(talk.takeLeftovers());
        requests.addAll(talk.trees.on());
        int bindAt = requests.size();
        requests.add(portal.onTarget());
        boolean foreign = !portal.statement().inert();
        if (foreign) {
            // reading a value may run a domain's code, which could switch off what would show a changed meaning
            requests.addAll(talk.helpers.run(Helpers.Helper.PINS));
        }
        CatalogAnswers catalog = foreign || portal.statement().catalog().types()
                ? portal.statement().catalog()
                : CatalogAnswers.NONE;
        var places = CatalogRound.ask(talk.helpers, catalog.questions(), requests);
        var asked = new CatalogRound(Round.Work.STATEMENT, requests, places);
        return talk.target.run(asked).thenCompose(round -> {
            if (round.error().isPresent()) {
                talk.helpers.forgetQuestions();
                if (shown(round, bindAt) != Reprint.NOTHING) {
                    portal.prepared().judgedAgain(false, talk.now()); // its trees were printed, and will not be again
                }
                return step(new Step.Failed(
                        new ErrorResponse(Notices.scrubbed(round.error().get(), plan, masker))));
            }
            portal.opened();
            if (foreign && !pinned(round) || !catalog.are(asked.answers())) {
                return step(new Step.Changed(first && !talk.inTransaction()));
            }
            return switch (shown(round, bindAt)) {
                case NOTHING -> go();
                case CHANGED -> step(new Step.Changed(first && !talk.inTransaction()));
                case THE_SAME ->
                    analysed || !places.isEmpty() || !Meaning.reaches(portal.statement()) ? go() : lookAgain(first);
            };
        });
    }

    /** The target read the statement anew: something it depends on was touched, a trigger perhaps. */
    private CompletionStage<Step> lookAgain(boolean first) {
        if (portal.statement().catalog().questions().isEmpty()) {
            return analyseAgain(first);
        }
        return rests().thenApply(same -> same ? new Step.Go() : new Step.Changed(first && !talk.inTransaction()));
    }

    /** Whether the catalog still says of what the statement names what it said when it was analysed. */
    private CompletionStage<Boolean> rests() {
        CatalogAnswers catalog = portal.statement().catalog();
        var requests = new ArrayList<>(talk.takeLeftovers());
        boolean alone = !talk.target.unsynced();
        var places = CatalogRound.ask(talk.helpers, catalog.questions(), requests);
        if (alone) {
            requests.add(new Sync());
        }
        var asked = new CatalogRound(Round.Work.LOOK_UP, requests, places);
        return talk.target.run(asked).thenApply(round -> {
            if (round.error().isPresent()) {
                talk.helpers.forgetQuestions();
            }
            return round.error().isEmpty() && catalog.are(asked.answers());
        });
    }

    private CompletionStage<Step> analyseAgain(boolean first) {
        if (talk.inTransaction()) {
            return meaning.unchanged(portal.statement())
                    .thenApply(same -> same ? new Step.Go() : new Step.Changed(false));
        }
        if (!first) {
            return step(new Step.Changed(false));
        }
        return talk.abort()
                .thenCompose(undone -> {
                    portal.undone();
                    return meaning.unchanged(portal.statement());
                })
                .thenCompose(same -> same ? bind(true, true) : step(new Step.Changed(false)));
    }

    /** Whether what makes the target print its trees is still switched on. */
    static boolean pinned(Round round) {
        List<DataRow> rows = round.rows();
        if (rows.size() != 1 || rows.getFirst().columns() != Helpers.PINNED.size()) {
            return false;
        }
        for (int i = 0; i < Helpers.PINNED.size(); i++) {
            if (!Helpers.PINNED.get(i).equals(rows.getFirst().text(i))) {
                return false;
            }
        }
        return true;
    }

    private Reprint shown(Round round, int bindAt) {
        return Reprint.of(talk, round, bindAt, portal.statement().digest());
    }

    private CompletionStage<Result> execute(int clientRows, boolean syncFollows) {
        var requests = new ArrayList<>(talk.takeLeftovers());
        int parseAt = -1;
        int bindAt = -1;
        int describeAt = -1;
        Statement statement = portal.statement();
        if (!portal.open()) {
            if (statement.pureRead()) {
                requests.addAll(talk.trees.on());
                if (clientRows <= 0 && portal.bind().portal().isEmpty()) {
                    portal.spend();
                }
            }
            if (foresight != null && statement.pureRead() && !talk.inTransaction()) {
                requests.addAll(talk.helpers.readOnly());
                requests.addAll(talk.helpers.quiet());
                parseAt = requests.size();
                requests.add(new Parse("", statement.text(), List.of()));
                requests.addAll(talk.helpers.loud());
            }
            if (statement.kind() instanceof StatementKind.Utility) {
                requests.add(new Close(Subject.PORTAL, "")); // what it drops may be in use by what ran there last
            }
            bindAt = requests.size();
            requests.add(portal.onTarget());
            portal.opened();
            if (parseAt >= 0) {
                describeAt = requests.size();
                requests.add(new Describe(Subject.PORTAL, portal.name()));
            }
        } else if (statement.watched() && !statement.inert()) {
            requests.addAll(talk.trees.off());
        }
        int executeAt = requests.size();
        requests.add(new Execute(portal.name(), rowLimit(clientRows)));
        if (syncFollows && !mayHaveToUndo()) {
            requests.add(new Sync());
        }
        if (bindAt < 0 && streams()) {
            describe();
        }
        sent = true;
        pending.leaves();
        var places = new Rows.Places(parseAt, bindAt, describeAt, executeAt);
        var rows =
                new Rows(requests, places, new Expectation(), talk, pending, plan, masker, response, portal.isCall());
        return talk.target
                .run(rows)
                .thenCompose(round -> rows.changed() && readAnew && rows.error().isEmpty()
                        ? looked(clientRows, syncFollows)
                        : ended(rows));
    }

    /** What the target has to say before the rows. */
    private final class Expectation implements Rows.Check {
        @Override
        public boolean holds(Rows round, int request) {
            if (request == round.places().parse()) {
                return foresight != null && foresight.shownBy(round, request, treeLimit());
            }
            if (!portal.statement().watched()) {
                return true;
            }
            return switch (shown(round, request)) {
                case NOTHING -> true;
                case CHANGED -> false;
                case THE_SAME -> {
                    readAnew = !confirmed
                            && foresight == null
                            && !portal.statement().catalog().questions().isEmpty();
                    yield !readAnew;
                }
            };
        }

        @Override
        public boolean describes(BackendMessage.RowDescription described) {
            return described.columns().equals(portal.statement().columns().orElse(List.of()));
        }

        @Override
        public void passed() {
            if (streams()) {
                describe();
            }
        }

        @Override
        public void answers() {
            describe();
        }
    }

    /**
     * Whether the server sends rows while it runs. All else it runs to the end first: when that fails, there is no
     * description of rows either.
     */
    private boolean streams() {
        return portal.statement().watched()
                && portal.statement().analysis().accesses().stream()
                        .noneMatch(access -> WRITING.contains(access.action()));
    }

    /** Only once it is bound: what fails before has no rows. */
    private void describe() {
        if (described) {
            return;
        }
        described = true;
        if (simple && !portal.isCall()) {
            Statements.formatted(portal).ifPresent(described -> {
                BackendWriter.write(new BackendMessage.RowDescription(described), response.out());
            });
        }
        if (!masker.columns().isEmpty()) {
            response.columns(masker.columns());
        }
    }

    /** A write that returns or changes too many rows has to be undone, so its Sync waits. */
    private boolean mayHaveToUndo() {
        return writes()
                && (pending.limited() || portal.statement().columnCount() > 0 && plan.maxRows() < Integer.MAX_VALUE);
    }

    private boolean writes() {
        return portal.statement().analysis().effects().stream().anyMatch(effect -> effect != Effect.READ);
    }

    /** Whether it changed more rows than are left of a budget; those that were shown are taken already. */
    private boolean changedTooMany(Rows round) {
        return writes()
                && round.end() instanceof BackendMessage.CommandComplete complete
                && !pending.change(Math.max(0, CommandTag.rows(complete.tag()) - (pending.rows() - shownBefore)));
    }

    private int rowLimit(int clientRows) {
        long limit = Math.min(plan.maxRows(), pending.rowsLeft());
        if (portal.statement().columnCount() == 0 || limit >= Integer.MAX_VALUE - 1) {
            return Math.max(clientRows, 0);
        }
        int most = (int) limit + 1;
        return clientRows > 0 ? Math.min(clientRows, most) : most;
    }

    /**
     * The target read a pure read anew and its trees are the same, but what it reads may have got a part of another kind.
     * Nothing was shown and nothing is left of it; where the catalog says what it said, it runs once more.
     */
    private CompletionStage<Result> looked(int clientRows, boolean syncFollows) {
        if (!portal.spent() && (talk.target.unsynced() || talk.inTransaction())) {
            talk.leave(Subject.PORTAL, portal.name());
        }
        readAnew = false;
        portal.undone();
        return rests().thenCompose(same -> {
            if (!same) {
                return changed(false);
            }
            confirmed = true;
            return execute(clientRows, syncFollows);
        });
    }

    private CompletionStage<Result> ended(Rows round) {
        if (round.changed() && !readAnew) {
            return ranChanged();
        }
        if (!round.bound()
                && portal.statement().watched()
                && shown(round, round.places().bind()) != Reprint.NOTHING) {
            portal.prepared().judgedAgain(false, talk.now()); // its trees were printed, and will not be again
        }
        if (round.tooMany() || changedTooMany(round)) {
            return talk.abort().thenCompose(undone -> fail(tooMany(), Outcome.REFUSED));
        }
        BackendMessage end = round.end();
        if (end == null) {
            Diagnostic error = round.error().orElseGet(() -> Diagnostic.of("ERROR", "XX000", "no answer"));
            boolean parsing = round.errorAt() == round.places().parse();
            Diagnostic shown =
                    parsing ? Notices.analysed(error, plan.messagesScrubbed()) : Notices.scrubbed(error, plan, masker);
            return fail(new ErrorResponse(shown), Outcome.FAILED);
        }
        if (simple && talk.target.unsynced()) {
            return talk.sync().thenCompose(synced -> answered(end, synced.error()));
        }
        return answered(end, round.error());
    }

    /**
     * It ran although it had changed. Outside of a block nothing is left of a read; a block ends with it, and what was
     * answered before it in the same pipeline must not be undone in silence.
     */
    private CompletionStage<Result> ranChanged() {
        boolean alone = first || !talk.target.unsynced();
        if (alone && !talk.inTransaction() && !talk.inFailedTransaction()) {
            return changed(talk.target.unsynced());
        }
        portal.prepared().judgedAgain(false, talk.now());
        response.drop();
        return talk.abort()
                .thenCompose(
                        undone -> fail(talk.errors.notInspected(CommandRun.CHANGED, pending.id()), Outcome.REFUSED));
    }

    /** The answer to a simple Query comes after its commit, that to an Execute before. */
    private CompletionStage<Result> answered(BackendMessage end, Optional<Diagnostic> commit) {
        if (commit.isEmpty() || !simple) {
            if (end instanceof BackendMessage.CommandComplete complete) {
                response.tag(complete.tag());
            }
            if (!portal.isCall()) {
                BackendWriter.write(end, response.out());
            }
        }
        if (commit.isPresent()) {
            return fail(PostgresErrors.atCommit(commit.get(), plan.messagesScrubbed()), Outcome.FAILED);
        }
        return talk.gate.finish(pending, response, Outcome.EXECUTED).thenApply(shown -> Result.GOOD);
    }

    private ErrorResponse tooMany() {
        talk.session.surroundings().metrics().count(Metric.RESULTS_TOO_LONG);
        if (pending.overdrawn().isPresent()) {
            return talk.errors.overdrawn(pending.overdrawn().get(), pending.id());
        }
        return talk.errors.refused(
                CountersignError.LIMIT_EXCEEDED,
                "The result has more than " + plan.maxRows() + " rows, which is the limit of your role.",
                "Ask for fewer rows.",
                pending.id());
    }

    private CompletionStage<Result> fail(ErrorResponse error, Outcome outcome) {
        talk.settingsChanged();
        BackendWriter.write(error, response.out());
        response.error(error.diagnostic().sqlState(), error.diagnostic().message());
        return talk.gate.finish(pending, response, outcome).thenApply(shown -> Result.TOLD);
    }

    private CompletionStage<Result> lost(Throwable failure) {
        response.drop();
        boolean undone = portal.statement().watched()
                && ClientSession.cause(failure) instanceof PostgresBackend.LostException lost
                && lost.undone();
        talk.gate.finish(pending, !sent ? Outcome.REFUSED : undone ? Outcome.FAILED : Outcome.UNKNOWN);
        return CompletableFuture.failedStage(failure);
    }
}
