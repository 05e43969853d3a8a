package org.countersign.connector.intercept;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import org.countersign.model.command.Parameter;
import org.countersign.model.port.Allowance;
import org.countersign.model.port.Allowance.Overdrawn;
import org.jspecify.annotations.Nullable;

/** A command between its receipt and its end, with what is counted about it. Confined to its event loop. */
public final class PendingCommand {
    private final UUID id = fresh();
    private final long sequence;
    private final String text;
    private final long startedNanos = System.nanoTime();
    private final Receipt receipt;
    private final Typed typed;
    private List<Parameter> parameters;
    private @Nullable CompletionStage<Void> recorded;
    private @Nullable UUID approval;
    private Optional<String> reason = Optional.empty();
    private boolean left;
    private boolean ended;
    private int parts = 1;
    private long rows;
    private long bytes;
    private long masked;
    private Allowance allowance = Allowance.UNLIMITED;
    private @Nullable Overdrawn overdrawn;
    private Runnable ending = () -> {};

    PendingCommand(long sequence, String text, List<Parameter> parameters, Receipt receipt, Typed typed) {
        this.sequence = sequence;
        this.text = text;
        this.parameters = List.copyOf(parameters);
        this.receipt = receipt;
        this.typed = typed;
    }

    /** A random UUID that names a command and guards nothing, so that it need not be beyond guessing. */
    private static UUID fresh() {
        var random = ThreadLocalRandom.current();
        return new UUID(
                random.nextLong() & ~0xf000L | 0x4000L, random.nextLong() & 0x3fff_ffff_ffff_ffffL | Long.MIN_VALUE);
    }

    /** Writes the receipt of a command into the recording. */
    @FunctionalInterface
    interface Receipt {
        CompletionStage<Void> write(PendingCommand command);
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

    public List<Parameter> parameters() {
        return parameters;
    }

    /** The text as recordings have it. */
    String shownText() {
        return typed.shown(text);
    }

    /** Words of its sender about it as recordings have them. */
    String shown(String words) {
        return typed.shown(words);
    }

    /** The values as recordings have them. */
    List<Parameter> shownParameters() {
        return typed.shown(parameters);
    }

    /** Adds the values to a command that came without them; its receipt is written once more, with them. */
    public void bind(List<Parameter> values) {
        if (!values.equals(parameters)) {
            parameters = List.copyOf(values);
            recorded = null;
        }
    }

    /**
     * Writes the receipt unless that was done; completes when it is durable. Before that nothing of the command leaves
     * for the target, unless a verdict was reached without it and carries the receipt along.
     */
    public CompletionStage<Void> recorded() {
        CompletionStage<Void> written = recorded;
        if (written == null) {
            written = receipt.write(this);
            recorded = written;
        }
        return written;
    }

    /** Whether the receipt is still to be written: it goes with the frame that comes next. */
    boolean receiptDue() {
        return recorded == null;
    }

    /** @param with completes when everything of the command up to now is durable */
    void written(CompletionStage<Void> with) {
        recorded = with;
    }

    /** Why it was sent, by a comment of its own. */
    public Optional<String> reason() {
        return reason;
    }

    public void because(Optional<String> why) {
        reason = why;
    }

    public Optional<UUID> approval() {
        return Optional.ofNullable(approval);
    }

    void approvedBy(UUID redeemed) {
        approval = redeemed;
    }

    /** It is being sent to the target: from now on it may have happened. */
    public void leaves() {
        left = true;
    }

    boolean left() {
        return left;
    }

    /** Takes what it draws on now, instead of what it took before; false when that is not left. */
    boolean begins(Allowance now) {
        allowance.giveBack();
        allowance = Allowance.UNLIMITED;
        return goesOn(now);
    }

    /** Takes what a later part of it draws on; false when that is not left. */
    boolean goesOn(Allowance now) {
        if (!now.begin()) {
            return false;
        }
        allowance = now;
        return true;
    }

    /** Takes what a row draws on that the client is about to see; false when it may not see it. */
    public boolean draw(long rowBytes) {
        overdrawn = allowance.draw(1, rowBytes).orElse(null);
        return overdrawn == null;
    }

    /** Takes what data draws on that the client is about to copy in; false when it may not. */
    public boolean drawData(long dataBytes) {
        overdrawn = allowance.draw(0, dataBytes).orElse(null);
        return overdrawn == null;
    }

    /** Takes rows that it changed, beside those that the client was shown; false when that has to be undone. */
    public boolean change(long changedRows) {
        overdrawn = allowance.change(changedRows).orElse(null);
        return overdrawn == null;
    }

    /** What ended it before it was complete. */
    public Optional<Overdrawn> overdrawn() {
        return Optional.ofNullable(overdrawn);
    }

    /** Whether its result may have to be cut. */
    public boolean limited() {
        return allowance.mayCut();
    }

    /** How many rows it may return. */
    public long rowsLeft() {
        return allowance.rowsLeft();
    }

    /** Counts one row that the client is about to see. */
    public void row(int rowBytes, int maskedValues) {
        rows++;
        bytes += rowBytes;
        masked += maskedValues;
    }

    /** Counts what a client copied in. */
    public void copied(long copiedRows, long copiedBytes, int maskedValues) {
        rows += copiedRows;
        bytes += copiedBytes;
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

    /** It is carried out in this many parts: it ends with the last, or with the first that fails. */
    public void inParts(int number) {
        parts = number;
    }

    /** What is kept for it is needed no longer then. */
    public void whenEnded(Runnable action) {
        ending = action;
    }

    /** Returns whether it ends with this call; a part was done otherwise, or it had ended before. */
    boolean end(Outcome outcome) {
        if (ended) {
            return false;
        }
        parts--;
        ended = parts <= 0 || outcome != Outcome.EXECUTED;
        if (ended) {
            if (!left) {
                allowance.giveBack(); // nothing of it ran
                allowance = Allowance.UNLIMITED;
            }
            ending.run();
        }
        return ended;
    }
}
