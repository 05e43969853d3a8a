package org.countersign.connector.intercept;

import java.util.UUID;
import java.util.concurrent.CompletionStage;

/** The journal as a session sees it. Safe for all threads. */
@FunctionalInterface
public interface FrameLog {
    /**
     * Appends a frame behind all earlier ones.
     *
     * @return completes, on any thread, once the frame is on the disk; exceptionally when it never will be
     */
    CompletionStage<Void> append(UUID session, byte type, byte[] payload);
}
