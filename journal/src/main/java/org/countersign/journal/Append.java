package org.countersign.journal;

import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/** A frame on its way to the disk. */
record Append(UUID session, byte type, byte[] payload, CompletableFuture<Void> durable) {
    /** What it takes on the disk, and about what it takes in memory. */
    int bytes() {
        return FrameLayout.OVERHEAD_BYTES + payload.length;
    }
}
