package org.countersign.model.port;

import org.countersign.model.CountersignError;

/** A live session in the hands of the core. All methods may be called on any thread and never block. */
public interface SessionControl {
    /** Ends the session; its client receives the error. */
    void terminate(CountersignError error, String message);

    /**
     * Cancels a command on the target if it still runs there; a later one is left alone.
     *
     * @param number of the command in the session, from 1
     */
    void cancel(long number);

    Counters counters();

    /** Running totals since the session opened. */
    record Counters(long commands, long denied, long held) {}
}
