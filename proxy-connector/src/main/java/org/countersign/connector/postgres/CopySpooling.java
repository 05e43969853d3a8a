package org.countersign.connector.postgres;

import java.io.ByteArrayOutputStream;
import java.util.Collections;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.countersign.connector.intercept.PendingCommand;
import org.countersign.connector.metrics.Metric;
import org.countersign.connector.metrics.Metrics;
import org.countersign.connector.postgres.analysis.CopyOptions;
import org.countersign.model.CountersignError;
import org.countersign.wire.postgres.BackendMessage.CopyInResponse;
import org.countersign.wire.postgres.BackendMessage.ErrorResponse;
import org.countersign.wire.postgres.Diagnostic;
import org.countersign.wire.postgres.Format;
import org.countersign.wire.postgres.FrontendMessage;
import org.countersign.wire.postgres.FrontendMessage.CopyData;
import org.countersign.wire.postgres.FrontendMessage.CopyDone;
import org.countersign.wire.postgres.FrontendMessage.CopyFail;

/**
 * Asks the client for the data of a COPY FROM STDIN before people are asked about it, and keeps it for them. Nothing of it
 * reaches the target. Confined to the session's event loop; the disk is written on work threads.
 */
final class CopySpooling implements CopyDoor.Taker {
    /** How many times the most of one copy all copies together may take. */
    private static final int AT_ONCE = 16;

    private static final int WRITTEN_BYTES = 64 << 10;
    private final Talk talk;
    private final PendingCommand pending;
    private final CopyPlan copy;
    private final CopySpool spool;
    private final long limit;
    private final CompletableFuture<CopySpool> kept = new CompletableFuture<>();
    private ByteArrayOutputStream waiting = new ByteArrayOutputStream();
    private long received;
    private long counted;
    private boolean writing;
    private boolean ended;
    private boolean over;

    /** The data will not come, or cannot be kept. */
    static final class GivenUpException extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient ErrorResponse error;

        GivenUpException(ErrorResponse error) {
            super("the data of a copy is not kept", null, false, false);
            this.error = error;
        }

        ErrorResponse error() {
            return error;
        }
    }

    CopySpooling(Talk talk, PendingCommand pending, CopyPlan copy) {
        this.talk = talk;
        this.pending = pending;
        this.copy = copy;
        spool = new CopySpool(new CopyRowCount(copy.kind().options()));
        limit = talk.session.surroundings().limits().copySpoolBytes();
    }

    /** All of the data, or a {@link GivenUpException}. It is dropped when the command ends. */
    CompletionStage<CopySpool> run() {
        pending.whenEnded(this::drop);
        return pending.recorded().thenCompose(durable -> {
            Format format = copy.kind().options().format() == CopyOptions.Format.BINARY ? Format.BINARY : Format.TEXT;
            talk.cancellation.whenAsked(() -> giveUp(PostgresErrors.canceled()));
            if (talk.cancellation.asked()) {
                giveUp(PostgresErrors.canceled());
                return kept;
            }
            talk.client
                    .write(new CopyInResponse(
                            format, Collections.nCopies(copy.columns().size(), format)))
                    .flush();
            talk.copy.open(this);
            return kept.whenComplete((done, failure) -> talk.cancellation.whenAsked(() -> {}));
        });
    }

    @Override
    public void take(FrontendMessage message) {
        switch (message) {
            case CopyData data -> take(data.data());
            case CopyDone done -> {
                ended = true;
                talk.copy.close();
                write();
            }
            case CopyFail fail ->
                giveUp(new ErrorResponse(Diagnostic.of("ERROR", "57014", "COPY from stdin failed: " + fail.reason())));
            default -> throw new IllegalArgumentException("no part of a copy");
        }
    }

    private void take(byte[] data) {
        if (over) {
            return;
        }
        received += data.length;
        Metrics metrics = talk.session.surroundings().metrics();
        if (received > limit || metrics.value(Metric.COPY_SPOOL_BYTES) + data.length > AT_ONCE * limit) {
            metrics.count(Metric.COPY_SPOOLS_TOO_LARGE);
            String what = received > limit
                    ? "The data of a COPY that needs an approval has more than " + limit + " bytes, which is the limit."
                    : "The gateway keeps the data of too many copies that need approvals.";
            giveUp(talk.errors.refused(
                    CountersignError.CANNOT_BE_INSPECTED,
                    what,
                    "Copy fewer rows at a time, or use INSERT.",
                    pending.id()));
            return;
        }
        metrics.add(Metric.COPY_SPOOL_BYTES, data.length);
        counted += data.length;
        waiting.writeBytes(data);
        write();
    }

    @Override
    public boolean hasRoom() {
        return waiting.size() <= talk.session.surroundings().limits().unreleasedBytes();
    }

    private void write() {
        if (writing || kept.isDone() || waiting.size() < WRITTEN_BYTES && !ended) {
            return;
        }
        byte[] part = waiting.toByteArray();
        waiting = new ByteArrayOutputStream();
        writing = true;
        talk.session
                .work(() -> {
                    spool.append(part);
                    return true;
                })
                .whenComplete((done, failure) -> {
                    writing = false;
                    if (failure != null) {
                        giveUp(talk.errors.refused(
                                CountersignError.CANNOT_BE_INSPECTED,
                                "The gateway could not keep the data of this COPY for an approval.",
                                "Try again, or use INSERT; if it stays so, tell an administrator.",
                                pending.id()));
                    } else if (ended && waiting.size() == 0) {
                        kept.complete(spool);
                    } else {
                        write();
                        talk.copy.roomChanged();
                    }
                });
    }

    private void giveUp(ErrorResponse error) {
        if (over || kept.isDone()) {
            return;
        }
        over = true;
        talk.copy.close();
        talk.session.loop().execute(() -> kept.completeExceptionally(new GivenUpException(error)));
    }

    private void drop() {
        over = true;
        talk.session.surroundings().metrics().add(Metric.COPY_SPOOL_BYTES, -counted);
        counted = 0;
        spool.close();
    }
}
