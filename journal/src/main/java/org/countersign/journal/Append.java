package org.countersign.journal;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Frames of one session on their way to the disk together. */
final class Append {
    private final UUID session;
    private final List<Entry> entries;
    private final int bytes;
    private final Executor on;
    private final Haste haste;
    private final CompletableFuture<Void> durable = new CompletableFuture<>();

    /** The neighbour in the queue, which alone uses this. */
    @Nullable
    Append next;

    /** @param on where {@link #durable} completes */
    Append(UUID session, List<Entry> entries, Executor on, Haste haste) {
        this.session = session;
        this.on = on;
        this.haste = haste;
        this.entries = entries;
        int sum = 0;
        for (Entry entry : entries) {
            sum = Math.addExact(sum, entry.frameBytes());
        }
        bytes = sum;
    }

    UUID session() {
        return session;
    }

    List<Entry> entries() {
        return entries;
    }

    /** What it takes on the disk, and about what it takes in memory. */
    int bytes() {
        return bytes;
    }

    Executor on() {
        return on;
    }

    Haste haste() {
        return haste;
    }

    CompletableFuture<Void> durable() {
        return durable;
    }

    /** Whether the session ends with it. */
    boolean last() {
        for (Entry entry : entries) {
            if (entry.type() == FrameLayout.LAST) {
                return true;
            }
        }
        return false;
    }
}
