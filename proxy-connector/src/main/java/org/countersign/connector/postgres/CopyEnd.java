package org.countersign.connector.postgres;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.countersign.connector.intercept.Outcome;
import org.countersign.connector.intercept.PendingCommand;
import org.countersign.connector.intercept.ResponseMasker;
import org.countersign.connector.intercept.ResponseStream;
import org.countersign.model.masking.MaskPlan;
import org.countersign.wire.postgres.BackendMessage;
import org.countersign.wire.postgres.BackendMessage.ErrorResponse;
import org.countersign.wire.postgres.BackendWriter;
import org.countersign.wire.postgres.Diagnostic;
import org.jspecify.annotations.Nullable;

/** How a COPY ends, for its client and in the recording. */
final class CopyEnd {
    private final Talk talk;
    private final PendingCommand pending;
    private final MaskPlan masks;
    private final ResponseMasker masker;
    private final ResponseStream response;
    private final boolean simple;

    /** @param simple whether the answer is to a simple Query, so that it comes after the commit */
    CopyEnd(
            Talk talk,
            PendingCommand pending,
            MaskPlan masks,
            ResponseMasker masker,
            ResponseStream response,
            boolean simple) {
        this.talk = talk;
        this.pending = pending;
        this.masks = masks;
        this.masker = masker;
        this.response = response;
        this.simple = simple;
    }

    /**
     * The target is done.
     *
     * @param end its last message; null when it ended with an error
     */
    CompletionStage<Boolean> ended(@Nullable BackendMessage end, Round round) {
        if (end == null) {
            Diagnostic error = round.error().orElseGet(() -> Diagnostic.of("ERROR", "XX000", "no answer"));
            return failed(error);
        }
        return simple && talk.target.unsynced()
                ? talk.sync().thenCompose(synced -> answered(end, synced.error()))
                : answered(end, round.error());
    }

    private CompletionStage<Boolean> answered(BackendMessage end, Optional<Diagnostic> commit) {
        if (commit.isEmpty() || !simple) {
            if (end instanceof BackendMessage.CommandComplete complete) {
                response.tag(complete.tag());
            }
            BackendWriter.write(end, response.out());
        }
        if (commit.isPresent()) {
            return failed(PostgresErrors.atCommit(commit.get(), masks.messagesScrubbed()), Outcome.FAILED);
        }
        return talk.gate.finish(pending, response, Outcome.EXECUTED).thenApply(shown -> true);
    }

    /** The target refused it; places in the text are not the client's, who wrote another one. */
    CompletionStage<Boolean> failed(Diagnostic error) {
        Diagnostic shown = Notices.scrubbed(error, masks, masker).without(Diagnostic.POSITION);
        return failed(new ErrorResponse(shown), Outcome.FAILED);
    }

    CompletionStage<Boolean> failed(ErrorResponse error, Outcome outcome) {
        talk.settingsChanged();
        BackendWriter.write(error, response.out());
        response.error(error.diagnostic().sqlState(), error.diagnostic().message());
        return talk.gate.finish(pending, response, outcome).thenApply(shown -> false);
    }

    /** The gateway refuses it; what it did on the target is undone. */
    CompletionStage<Boolean> refused(ErrorResponse error) {
        return talk.abort().thenCompose(undone -> failed(error, Outcome.REFUSED));
    }

    /** One of the two sides is gone. */
    CompletionStage<Boolean> lost(Throwable failure, Outcome outcome) {
        response.drop();
        talk.gate.finish(pending, outcome);
        return CompletableFuture.failedStage(failure);
    }
}
