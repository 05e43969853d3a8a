package org.countersign.portal.grant;

import java.time.Duration;

/** Durations as people say them. */
final class Minutes {
    private Minutes() {}

    static String words(Duration duration) {
        long hours = duration.toHours();
        int minutes = duration.toMinutesPart();
        String inHours = hours == 0 ? "" : hours == 1 ? "1 hour" : hours + " hours";
        String inMinutes = minutes == 0 ? "" : minutes == 1 ? "1 minute" : minutes + " minutes";
        if (inHours.isEmpty() && inMinutes.isEmpty()) {
            return duration.toSeconds() + " seconds";
        }
        return inHours.isEmpty() ? inMinutes : inMinutes.isEmpty() ? inHours : inHours + " " + inMinutes;
    }
}
