package org.countersign.core.audit;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Times as people read them: {@code 2026-11-22 10:15:30Z}. */
final class Seconds {
    private Seconds() {}

    static String of(Instant at) {
        return at.truncatedTo(ChronoUnit.SECONDS).toString().replace('T', ' ');
    }
}
