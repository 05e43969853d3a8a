package org.countersign.model.port;

import org.countersign.model.CountersignError;

/** A live session in the hands of the core. Both methods may be called on any thread and never block. */
public interface SessionControl {
    /** Ends the session; its client receives the error. */
    void terminate(CountersignError error, String message);

    Counters counters();

    /** Running totals since the session opened. */
    record Counters(long commands, long denied, long held) {}
}
