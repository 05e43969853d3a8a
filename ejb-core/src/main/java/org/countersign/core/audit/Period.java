package org.countersign.core.audit;

import java.time.Instant;
import java.util.Optional;
import org.countersign.core.InvalidRequestException;

/** A time from an instant on and before another one; an absent end is open. */
public record Period(Optional<Instant> from, Optional<Instant> to) {
    /** The first instant and the last one that every store can compare. */
    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");

    private static final Instant LATEST = Instant.parse("9999-12-31T00:00:00Z");

    public Period {
        if (from.isPresent() && to.isPresent() && !from.get().isBefore(to.get())) {
            throw new InvalidRequestException("to", "the period ends before it begins");
        }
    }

    Instant start() {
        return from.orElse(EARLIEST);
    }

    Instant end() {
        return to.orElse(LATEST);
    }
}
