package org.countersign.core.recording;

import java.time.Instant;
import java.util.UUID;
import java.util.function.Consumer;
import org.countersign.journal.Frame;

/** Where the frames of recordings are read. */
@FunctionalInterface
interface Recordings {
    /**
     * Gives the session's frames in their order; none for a session without recording.
     *
     * @param from where to begin to look for them
     * @param to where to stop
     */
    void frames(UUID session, Instant from, Instant to, Consumer<Frame> reader);
}
