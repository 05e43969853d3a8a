package org.countersign.connector.intercept;

import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A command between its receipt and its end, with what is counted about it. Confined to its event loop. */
public final class PendingCommand {
    private final UUID id = UUID.randomUUID();
    private final long sequence;
    private final String text;
    private final long startedNanos = System.nanoTime();
    private final CompletionStage<Void> recorded;
    private @Nullable UUID approval;
    private boolean ended;
    private long rows;
    private long bytes;
    private long masked;

    PendingCommand(long sequence, String text, RecordedAs received) {
        this.sequence = sequence;
        this.text = text;
        this.recorded = received.record(this);
    }

    /** Writes the receipt of a command into the recording. */
    @FunctionalInterface
    interface RecordedAs {
        CompletionStage<Void> record(PendingCommand command);
    }

    public UUID id() {
        return id;
    }

    public long sequence() {
        return sequence;
    }

    public String text() {
        return text;
    }

    /** Completes when the receipt is durable: before that nothing of the command leaves for the target. */
    public CompletionStage<Void> recorded() {
        return recorded;
    }

    public Optional<UUID> approval() {
        return Optional.ofNullable(approval);
    }

    void approvedBy(UUID redeemed) {
        approval = redeemed;
    }

    /** Counts one row that the client is about to see. */
    public void row(int rowBytes, int maskedValues) {
        rows++;
        bytes += rowBytes;
        masked += maskedValues;
    }

    public long rows() {
        return rows;
    }

    public long bytes() {
        return bytes;
    }

    public long masked() {
        return masked;
    }

    long micros() {
        return (System.nanoTime() - startedNanos) / 1000;
    }

    /** Returns whether this is the first call. */
    boolean end() {
        boolean firstCall = !ended;
        ended = true;
        return firstCall;
    }
}
