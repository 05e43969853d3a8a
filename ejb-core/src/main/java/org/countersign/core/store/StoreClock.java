package org.countersign.core.store;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The time of day as the store has it, the same on every node. Between two answers of the store the monotonic clock counts
 * on, so a clock of this machine that somebody moves neither revives what has expired nor opens a window early. Before the
 * first answer it is this machine's time; nothing is decided then. For all threads.
 */
public final class StoreClock extends Clock {
    /** Answers differ by as much as they take; a smaller step than this is noise. */
    static final Duration NOISE = Duration.ofMillis(100);

    private final LongSupplier nanoTime;
    private final InstantSource machine;
    private final AtomicReference<@Nullable Anchor> anchor = new AtomicReference<>();

    public StoreClock() {
        this(System::nanoTime, Clock.systemUTC());
    }

    StoreClock(LongSupplier nanoTime, InstantSource machine) {
        this.nanoTime = nanoTime;
        this.machine = machine;
    }

    private record Anchor(Instant time, long nanos) {
        Instant at(long now) {
            return time.plusNanos(now - nanos);
        }
    }

    /** Returns the reading to hand to {@link #answered} with what the store is asked next. */
    long asking() {
        return nanoTime.getAsLong();
    }

    /**
     * Takes over what the store answered.
     *
     * @param asked {@link #asking} from before the store was asked
     * @return by how much this machine's clock is ahead of the store's
     */
    Duration answered(long asked, Instant storeTime) {
        long now = nanoTime.getAsLong();
        var next = new Anchor(storeTime, asked + (now - asked) / 2);
        anchor.updateAndGet(last -> last != null
                        && Duration.between(last.at(now), next.at(now)).abs().compareTo(NOISE) < 0
                ? last
                : next);
        return Duration.between(next.at(now), machine.instant());
    }

    @Override
    public Instant instant() {
        Anchor last = anchor.get();
        return last == null ? machine.instant() : last.at(nanoTime.getAsLong());
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return zone.equals(getZone()) ? this : Clock.fixed(instant(), zone);
    }
}
