package org.countersign.core.recording;

import java.time.Instant;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.countersign.journal.Frame;

/** Where the latest frames of all recordings are read. */
@FunctionalInterface
interface RecentFrames {
    /**
     * Gives the frames part by part, the newest part first and each in its order.
     *
     * @param enough is asked before each part
     */
    void latest(Instant from, BooleanSupplier enough, Consumer<Frame> reader);
}
