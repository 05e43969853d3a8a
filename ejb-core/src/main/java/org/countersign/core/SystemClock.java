package org.countersign.core;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Singleton;
import java.time.Clock;
import org.countersign.core.store.StoreClock;

/** The one source of the time of day in the core. */
@ApplicationScoped
public class SystemClock {
    @Produces
    @Singleton
    @Typed(StoreClock.class)
    StoreClock storeClock() {
        return new StoreClock();
    }

    @Produces
    Clock clock(StoreClock clock) {
        return clock;
    }
}
