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
import org.countersign.connector.metrics.Metric;
import org.countersign.connector.postgres.Helpers.Helper;
import org.countersign.connector.postgres.analysis.CopyOptions;
import org.countersign.model.masking.MaskPlan;
import org.countersign.wire.postgres.BackendMessage;
import org.countersign.wire.postgres.BackendMessage.CopyInResponse;
import org.countersign.wire.postgres.BackendMessage.ErrorResponse;
import org.countersign.wire.postgres.BackendWriter;
import org.countersign.wire.postgres.Diagnostic;
import org.countersign.wire.postgres.Format;
import org.countersign.wire.postgres.FrontendMessage;
import org.countersign.wire.postgres.FrontendMessage.Bind;
import org.countersign.wire.postgres.FrontendMessage.Close;
import org.countersign.wire.postgres.FrontendMessage.CopyFail;
import org.countersign.wire.postgres.FrontendMessage.Execute;
import org.countersign.wire.postgres.Subject;
import org.jspecify.annotations.Nullable;

/**
 * Runs one allowed COPY FROM STDIN. Its table is locked first, by binding the INSERT that was judged in its stead: until
 * the transaction's end nobody can put another table or a trigger in its place.
 */
final class CopyIn {
    private final Talk talk;
    private final PendingCommand pending;
    private final Portal portal;
    private final CopyPlan copy;
    private final MaskPlan masks;
    private final Meaning meaning;
    private final ResponseMasker masker;
    private final ResponseStream response;
    private final CopyEnd end;
    private final CopyInData data;
    private final @Nullable CopySpoolFeed feed;
    private boolean sent;

    /** @param spool the data, which the client was asked for already; null where it is asked once the target asks for it */
    CopyIn(
            Talk talk,
            PendingCommand pending,
            Portal portal,
            CopyPlan copy,
            MaskPlan masks,
            Meaning meaning,
            boolean simple,
            @Nullable CopySpool spool) {
        this.talk = talk;
        this.pending = pending;
        this.portal = portal;
        this.copy = copy;
        this.masks = masks;
        this.meaning = meaning;
        masker = new ResponseMasker(List.of(), masks, talk.grant.hashKey());
        response = Responses.of(talk, pending);
        end = new CopyEnd(talk, pending, masks, masker, response, simple);
        data = new CopyInData(talk, pending, masker, binary(), this::roomChanged);
        feed = spool == null ? null : new CopySpoolFeed(talk, spool, data);
    }

    private boolean binary() {
        return copy.kind().options().format() == CopyOptions.Format.BINARY;
    }

    /** @return true when the client can go on; false when it was told of an error */
    CompletionStage<Boolean> run() {
        return lock(!talk.target.unsynced(), false)
                .thenCompose(refusal -> {
                    if (refusal.isEmpty()) {
                        return execute();
                    }
                    return talk.target.passingOver()
                            ? end.failed(refusal.get(), Outcome.FAILED)
                            : end.refused(refusal.get());
                })
                .exceptionallyCompose(failure -> {
                    data.drop();
                    return end.lost(
                            failure, data.complete() ? Outcome.UNKNOWN : sent ? Outcome.FAILED : Outcome.REFUSED);
                });
    }

    /**
     * @param first whether nothing ran since the last Sync, so that the lock alone can be undone
     * @param analysed whether the statement was just analysed again
     */
    private CompletionStage<Optional<ErrorResponse>> lock(boolean first, boolean analysed) {
        String lock = Names.random();
        var requests = new ArrayList<>(talk.takeLeftovers());
        requests.addAll(talk.trees.on());
        int bindAt = requests.size();
        requests.add(new Bind(lock, copy.judged(), List.of(), List.of(), List.of()));
        requests.addAll(talk.helpers.run(Helper.PINS));
        CatalogAnswers catalog = portal.statement().catalog();
        var places = CatalogRound.ask(talk.helpers, catalog.questions(), requests);
        requests.addAll(talk.trees.off());
        requests.add(new Close(Subject.PORTAL, lock));
        var asked = new CatalogRound(Round.Work.STATEMENT, requests, places);
        return talk.target.run(asked).thenCompose(round -> {
            if (round.error().isPresent()) {
                talk.helpers.forgetQuestions();
                Diagnostic shown = Notices.scrubbed(round.error().get(), masks, masker);
                return CompletableFuture.completedStage(Optional.of(new ErrorResponse(shown)));
            }
            if (!Execution.pinned(round) || !catalog.are(asked.answers())) {
                return changed();
            }
            return switch (Reprint.of(talk, round, bindAt, portal.statement().digest())) {
                case NOTHING -> none();
                case CHANGED -> changed();
                case THE_SAME -> analysed ? none() : analyseAgain(first);
            };
        });
    }

    /** The target read the INSERT anew: something it depends on was touched, a trigger perhaps. */
    private CompletionStage<Optional<ErrorResponse>> analyseAgain(boolean first) {
        if (talk.inTransaction()) {
            return meaning.unchanged(portal.statement()).thenCompose(same -> same ? none() : changed());
        }
        if (!first) {
            return changed();
        }
        return talk.abort()
                .thenCompose(undone -> meaning.unchanged(portal.statement()))
                .thenCompose(same -> same ? lock(true, true) : changed());
    }

    private CompletionStage<Optional<ErrorResponse>> changed() {
        portal.prepared().judgedAgain(false, talk.now());
        return CompletableFuture.completedStage(
                Optional.of(talk.errors.notInspected(CommandRun.CHANGED, pending.id())));
    }

    private static CompletionStage<Optional<ErrorResponse>> none() {
        return CompletableFuture.completedStage(Optional.empty());
    }

    private CompletionStage<Boolean> execute() {
        var requests = new ArrayList<FrontendMessage>();
        requests.add(portal.onTarget());
        portal.opened();
        int executeAt = requests.size();
        requests.add(new Execute(portal.name(), 0));
        sent = true;
        pending.leaves();
        return talk.target.run(new Copied(requests, executeAt)).thenCompose(round -> {
            data.drop();
            return ended((Copied) round);
        });
    }

    /** Waits for the target to ask for data, and for its end. */
    private final class Copied extends Round {
        private final int executeAt;
        private boolean changed;
        private @Nullable BackendMessage last;

        Copied(List<FrontendMessage> requests, int executeAt) {
            super(Work.STATEMENT, requests);
            this.executeAt = executeAt;
        }

        @Override
        void copied(int request, BackendMessage message) {
            if (!(message instanceof CopyInResponse begin) || request != executeAt) {
                super.copied(request, message);
                return;
            }
            Format format = binary() ? Format.BINARY : Format.TEXT;
            if (begin.format() != format
                    || begin.columns().size() != copy.columns().size()) {
                changed = true;
                talk.target.copy(new CopyFail("the gateway expected other columns"));
                return;
            }
            if (feed == null) {
                BackendWriter.write(begin, response.out());
            }
            response.columns(copy.columns().stream()
                    .map(column -> PostgresForm.column(column, format))
                    .toList());
            response.cut();
            if (feed == null) {
                talk.copy.open(data);
            } else {
                feed.begin();
            }
        }

        @Override
        void roomChanged() {
            CopyIn.this.roomChanged();
        }

        @Override
        void remarked(int request, Diagnostic notice) {
            if (request == executeAt && !talk.session.ended()) {
                talk.notices.shown(notice, masks, masker).ifPresent(shown -> {
                    BackendWriter.write(new BackendMessage.NoticeResponse(shown), response.out());
                    response.notice(shown.message());
                });
            }
        }

        @Override
        void message(int request, BackendMessage message) {
            if (request == executeAt) {
                last = message;
            }
        }
    }

    private void roomChanged() {
        if (feed == null) {
            talk.copy.roomChanged();
        } else {
            feed.go();
        }
    }

    private CompletionStage<Boolean> ended(Copied round) {
        if (round.changed) {
            return end.refused(talk.errors.notInspected(CommandRun.CHANGED, pending.id()));
        }
        if (round.last instanceof BackendMessage.CommandComplete complete) {
            long rows = CommandTag.rows(complete.tag());
            pending.change(rows);
            pending.copied(rows, 0, 0);
        }
        if (pending.overdrawn().isPresent()) {
            talk.session.surroundings().metrics().count(Metric.RESULTS_TOO_LONG);
            return end.refused(talk.errors.overdrawn(pending.overdrawn().get(), pending.id()));
        }
        return end.ended(round.last, round);
    }
}
