package org.countersign.connector.intercept;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.countersign.journal.Entry;
import org.countersign.journal.Haste;
import org.countersign.journal.Journal;

/** The journal as a session sees it. Safe for all threads. */
@FunctionalInterface
public interface FrameLog {
    /**
     * Appends frames behind all earlier ones.
     *
     * @return completes, on any thread, once they are on the disk; exceptionally when they never will be
     */
    CompletionStage<Void> append(UUID session, List<Entry> frames);

    /** Appends, and tells the result on the executor. */
    default CompletionStage<Void> append(UUID session, List<Entry> frames, Executor on, Haste haste) {
        var told = new CompletableFuture<Void>();
        append(session, frames)
                .whenCompleteAsync(
                        (nothing, failure) -> {
                            if (failure == null) {
                                told.complete(null);
                            } else {
                                told.completeExceptionally(failure);
                            }
                        },
                        on);
        return told;
    }

    static FrameLog of(Journal journal) {
        return new FrameLog() {
            @Override
            public CompletionStage<Void> append(UUID session, List<Entry> frames) {
                return journal.append(session, frames);
            }

            @Override
            public CompletionStage<Void> append(UUID session, List<Entry> frames, Executor on, Haste haste) {
                return journal.append(session, frames, on, haste);
            }
        };
    }
}
