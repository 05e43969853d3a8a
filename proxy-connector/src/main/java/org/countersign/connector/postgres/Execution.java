package org.countersign.connector.postgres;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.countersign.connector.intercept.Outcome;
import org.countersign.connector.intercept.PendingCommand;
import org.countersign.connector.intercept.ResponseMasker;
import org.countersign.connector.intercept.ResponseStream;
import org.countersign.connector.intercept.ResultColumn;
import org.countersign.connector.postgres.analysis.TreeDigest;
import org.countersign.model.CountersignError;
import org.countersign.model.command.Effect;
import org.countersign.model.masking.MaskPlan;
import org.countersign.wire.postgres.BackendMessage;
import org.countersign.wire.postgres.BackendMessage.Column;
import org.countersign.wire.postgres.BackendMessage.ErrorResponse;
import org.countersign.wire.postgres.BackendWriter;
import org.countersign.wire.postgres.DataRow;
import org.countersign.wire.postgres.Diagnostic;
import org.countersign.wire.postgres.FrontendMessage;
import org.countersign.wire.postgres.FrontendMessage.Execute;
import org.countersign.wire.postgres.FrontendMessage.Sync;
import org.jspecify.annotations.Nullable;

/** Runs one allowed command: binds it, makes sure that it still means what was judged, executes it, shows the answer. */
final class Execution {
    static final String CHANGED = "the statement's meaning changed since it was prepared; prepare it again";
    private final Talk talk;
    private final PendingCommand pending;
    private final Portal portal;
    private final MaskPlan plan;
    private final boolean simple;
    private final Meaning meaning;
    private final ResponseMasker masker;
    private final ResponseStream response;
    private boolean sent;

    /** @param simple whether the answer is to a simple Query, which also describes the rows */
    Execution(Talk talk, PendingCommand pending, Portal portal, MaskPlan plan, boolean simple, Meaning meaning) {
        this.talk = talk;
        this.pending = pending;
        this.portal = portal;
        this.plan = plan;
        this.simple = simple;
        this.meaning = meaning;
        masker = new ResponseMasker(columns(portal), plan, talk.grant.hashKey());
        response = Responses.of(talk, pending);
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
     * @return true when the client can go on; false when it was told of an error
     */
    CompletionStage<Boolean> run(int clientRows, boolean syncFollows) {
        if (portal.spent()) {
            return answered(new BackendMessage.CommandComplete("SELECT 0"), Optional.empty());
        }
        CompletionStage<Optional<ErrorResponse>> bound = bindsFirst() ? bind(!talk.target.unsynced(), false) : none();
        return bound.thenCompose(refusal -> {
                    if (refusal.isPresent()) {
                        return talk.target.passingOver() || sent
                                ? fail(refusal.get(), Outcome.FAILED)
                                : talk.abort().thenCompose(undone -> fail(refusal.get(), Outcome.REFUSED));
                    }
                    return execute(clientRows, syncFollows);
                })
                .exceptionallyCompose(this::lost);
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
    private CompletionStage<Optional<ErrorResponse>> bind(boolean first, boolean analysed) {
        var requests = new ArrayList<>(talk.takeLeftovers());
        requests.addAll(talk.trees.on());
        int bindAt = requests.size();
        requests.add(portal.onTarget());
        boolean foreign = !portal.statement().inert();
        if (foreign) {
            // reading a value may run a domain's code, which could switch off what would show a changed meaning
            requests.addAll(talk.helpers.run(Helpers.Helper.PINS));
        }
        return talk.target.run(requests).thenCompose(round -> {
            if (round.error().isPresent()) {
                if (shown(round, bindAt) != Shown.NOTHING) {
                    changed(); // the trees were printed, and will not be again
                }
                Diagnostic shown = Notices.scrubbed(round.error().get(), plan, masker);
                return CompletableFuture.completedStage(Optional.of(new ErrorResponse(shown)));
            }
            portal.opened();
            if (foreign && !pinned(round)) {
                return refused();
            }
            return switch (shown(round, bindAt)) {
                case NOTHING -> none();
                case CHANGED -> refused();
                case THE_SAME -> analysed || !Meaning.reaches(portal.statement()) ? none() : analyseAgain(first);
            };
        });
    }

    /** The target read the statement anew: something it depends on was touched, a trigger perhaps. */
    private CompletionStage<Optional<ErrorResponse>> analyseAgain(boolean first) {
        if (talk.inTransaction()) {
            return meaning.unchanged(portal.statement()).thenCompose(same -> same ? none() : refused());
        }
        if (!first) {
            return none(); // in the middle of a pipeline: the trees are the same, and that has to do
        }
        return talk.abort()
                .thenCompose(undone -> {
                    portal.undone();
                    return meaning.unchanged(portal.statement());
                })
                .thenCompose(same -> same ? bind(true, true) : refused());
    }

    private static boolean pinned(Round round) {
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

    /** What the trees that the target printed at a Bind say. */
    private enum Shown {
        NOTHING,
        THE_SAME,
        CHANGED
    }

    private Shown shown(Round round, int bindAt) {
        try {
            int limit = talk.session.surroundings().limits().treeBytes();
            Optional<PrintedTrees> again = PrintedTrees.of(round, bindAt, limit, true);
            if (again.isEmpty()) {
                return Shown.NOTHING;
            }
            String digest = TreeDigest.of(again.get().analysed(), again.get().rewritten());
            return digest.equals(portal.statement().digest()) ? Shown.THE_SAME : Shown.CHANGED;
        } catch (PrintedTrees.ForgedException | RuntimeException | StackOverflowError e) {
            return Shown.CHANGED;
        }
    }

    /** Once and for all: the target shows a changed tree only once. */
    private ErrorResponse changed() {
        portal.prepared().judgedAgain(false, talk.now());
        return talk.errors.notInspected(CHANGED, pending.id());
    }

    private CompletionStage<Optional<ErrorResponse>> refused() {
        return CompletableFuture.completedStage(Optional.of(changed()));
    }

    private static CompletionStage<Optional<ErrorResponse>> none() {
        return CompletableFuture.completedStage(Optional.empty());
    }

    private CompletionStage<Boolean> execute(int clientRows, boolean syncFollows) {
        var requests = new ArrayList<>(talk.takeLeftovers());
        int bindAt = -1;
        if (!portal.open()) {
            if (portal.statement().pureRead()) {
                requests.addAll(talk.trees.on());
                if (clientRows <= 0 && portal.bind().portal().isEmpty()) {
                    portal.spend();
                }
            }
            bindAt = requests.size();
            requests.add(portal.onTarget());
            portal.opened();
        } else if (portal.statement().watched() && !portal.statement().inert()) {
            requests.addAll(talk.trees.off());
        }
        int limit = rowLimit(clientRows);
        int executeAt = requests.size();
        requests.add(new Execute(portal.name(), limit));
        if (syncFollows && !mayHaveToUndo()) {
            requests.add(new Sync());
        }
        if (bindAt < 0) {
            describe();
        }
        sent = true;
        return talk.target.run(new Rows(requests, bindAt, executeAt)).thenCompose(round -> ended((Rows) round));
    }

    /** Only once it is bound: what fails before has no rows. */
    private void describe() {
        if (simple) {
            portal.statement().columns().ifPresent(described -> {
                BackendWriter.write(new BackendMessage.RowDescription(described), response.out());
            });
        }
        if (!masker.columns().isEmpty()) {
            response.columns(masker.columns());
        }
    }

    /** A write that returns too many rows has to be undone, so its Sync waits. */
    private boolean mayHaveToUndo() {
        return portal.statement().columnCount() > 0
                && plan.maxRows() < Integer.MAX_VALUE
                && portal.statement().analysis().effects().stream().anyMatch(effect -> effect != Effect.READ);
    }

    private int rowLimit(int clientRows) {
        if (portal.statement().columnCount() == 0 || plan.maxRows() >= Integer.MAX_VALUE - 1) {
            return Math.max(clientRows, 0);
        }
        int most = (int) plan.maxRows() + 1;
        return clientRows > 0 ? Math.min(clientRows, most) : most;
    }

    /** Shows each row as it comes, masked. */
    private final class Rows extends Round {
        private final int bindAt;
        private final int executeAt;
        private boolean tooMany;
        private boolean changed;
        private @Nullable BackendMessage end;

        /** @param bindAt where its Bind is; -1 when it was bound before */
        Rows(List<FrontendMessage> requests, int bindAt, int executeAt) {
            super(requests);
            this.bindAt = bindAt;
            this.executeAt = executeAt;
        }

        @Override
        void row(int request, DataRow row) {
            if (request != executeAt || changed || talk.session.ended()) {
                return;
            }
            if (pending.rows() >= plan.maxRows()) {
                tooMany = true;
                return;
            }
            RowShow.show(row, masker, response, pending);
        }

        @Override
        void remarked(int request, Diagnostic notice) {
            if (request == bindAt) {
                super.remarked(request, notice);
            } else if (request == executeAt && !changed && !talk.session.ended()) {
                talk.notices.shown(notice, plan, masker).ifPresent(shown -> {
                    BackendWriter.write(new BackendMessage.NoticeResponse(shown), response.out());
                    response.notice(shown.message());
                });
            }
        }

        @Override
        void message(int request, BackendMessage message) {
            if (request == bindAt) {
                Shown shown = portal.statement().watched() ? shown(this, bindAt) : Shown.NOTHING;
                changed = shown == Shown.CHANGED;
                if (!changed) {
                    describe();
                }
            } else if (request == executeAt) {
                end = message;
            }
        }
    }

    private CompletionStage<Boolean> ended(Rows round) {
        if (round.changed) {
            ErrorResponse refusal = changed();
            return talk.abort().thenCompose(undone -> fail(refusal, Outcome.REFUSED));
        }
        if (round.tooMany) {
            return talk.abort().thenCompose(undone -> fail(tooMany(), Outcome.REFUSED));
        }
        BackendMessage end = round.end;
        if (end == null) {
            Diagnostic error = round.error().orElseGet(() -> Diagnostic.of("ERROR", "XX000", "no answer"));
            return fail(new ErrorResponse(Notices.scrubbed(error, plan, masker)), Outcome.FAILED);
        }
        if (simple && talk.target.unsynced()) {
            return talk.sync().thenCompose(synced -> answered(end, synced.error()));
        }
        return answered(end, round.error());
    }

    /** The answer to a simple Query comes after its commit, that to an Execute before. */
    private CompletionStage<Boolean> answered(BackendMessage end, Optional<Diagnostic> commit) {
        if (commit.isEmpty() || !simple) {
            if (end instanceof BackendMessage.CommandComplete complete) {
                response.tag(complete.tag());
            }
            BackendWriter.write(end, response.out());
        }
        if (commit.isPresent()) {
            return fail(PostgresErrors.atCommit(commit.get()), Outcome.FAILED);
        }
        return talk.gate.finish(pending, response, Outcome.EXECUTED).thenApply(shown -> true);
    }

    private ErrorResponse tooMany() {
        return talk.errors.refused(
                CountersignError.LIMIT_EXCEEDED,
                "The result has more than " + plan.maxRows() + " rows, which is the limit of your role.",
                "Ask for fewer rows.",
                pending.id());
    }

    private CompletionStage<Boolean> fail(ErrorResponse error, Outcome outcome) {
        talk.settingsChanged();
        BackendWriter.write(error, response.out());
        response.error(error.diagnostic().sqlState(), error.diagnostic().message());
        return talk.gate.finish(pending, response, outcome).thenApply(shown -> false);
    }

    private CompletionStage<Boolean> lost(Throwable failure) {
        response.drop();
        talk.gate.finish(pending, sent ? Outcome.UNKNOWN : Outcome.REFUSED);
        return CompletableFuture.failedStage(failure);
    }
}
