package org.countersign.model;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Moments in messages to people, who may sit in any time zone. */
public final class Timestamp {
    private static final DateTimeFormatter FORMAT = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private Timestamp() {}

    /** Returns the second: {@code 2026-11-22 10:15:00 UTC}. */
    public static String of(Instant moment) {
        return FORMAT.format(moment);
    }
}
