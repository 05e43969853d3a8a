package org.countersign.portal.session;

import java.time.Duration;
import java.util.Locale;

/** Durations as people say them. */
final class Durations {
    private static final long MICROS_PER_MILLI = 1000;
    private static final long MICROS_PER_SECOND = 1_000_000;

    private Durations() {}

    /** {@code 2 h 5 min}, {@code 3 min 10 s}, {@code 12 s}. */
    static String of(Duration duration) {
        if (duration.toHours() > 0) {
            return duration.toHours() + " h " + duration.toMinutesPart() + " min";
        }
        if (duration.toMinutes() > 0) {
            return duration.toMinutes() + " min " + duration.toSecondsPart() + " s";
        }
        return Math.max(0, duration.toSeconds()) + " s";
    }

    /** {@code 830 µs}, {@code 12.4 ms}, {@code 3.20 s}. */
    static String ofMicros(long micros) {
        if (micros < MICROS_PER_MILLI) {
            return micros + " µs";
        }
        if (micros < MICROS_PER_SECOND) {
            return String.format(Locale.ROOT, "%.1f ms", micros / (double) MICROS_PER_MILLI);
        }
        return String.format(Locale.ROOT, "%.2f s", micros / (double) MICROS_PER_SECOND);
    }
}
