package org.countersign.connector.intercept;

import java.util.concurrent.atomic.AtomicLong;
import org.countersign.model.port.SessionControl;

/** Running totals of a session. Safe for all threads. */
public final class Tally {
    private final AtomicLong commands = new AtomicLong();
    private final AtomicLong denied = new AtomicLong();
    private final AtomicLong held = new AtomicLong();

    /** Counts a command and returns its number, from 1. */
    long command() {
        return commands.incrementAndGet();
    }

    void denied() {
        denied.incrementAndGet();
    }

    void held() {
        held.incrementAndGet();
    }

    public SessionControl.Counters counters() {
        return new SessionControl.Counters(commands.get(), denied.get(), held.get());
    }
}
