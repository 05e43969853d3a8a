package org.countersign.connector.intercept;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.countersign.journal.Entry;

/** The journal as a session sees it. Safe for all threads. */
@FunctionalInterface
public interface FrameLog {
    /**
     * Appends frames behind all earlier ones.
     *
     * @return completes, on any thread, once they are on the disk; exceptionally when they never will be
     */
    CompletionStage<Void> append(UUID session, List<Entry> frames);
}
