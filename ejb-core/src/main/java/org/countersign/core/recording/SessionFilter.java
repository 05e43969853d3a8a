package org.countersign.core.recording;

import java.time.Instant;
import java.util.Optional;

/**
 * Which sessions a list shows.
 *
 * @param principal the principal's exact name
 * @param verdict {@code allow}, {@code deny} or {@code hold}: sessions with at least one such command
 * @param from the earliest start, included
 * @param to the latest start, excluded
 * @param limit 1 to 200
 * @param after the {@code next} of the page before
 */
public record SessionFilter(
        Optional<String> principal,
        Optional<String> target,
        Optional<String> verdict,
        Optional<Instant> from,
        Optional<Instant> to,
        int limit,
        Optional<String> after) {

    /** All sessions a caller may see, newest first. */
    public static SessionFilter newest(int limit) {
        return new SessionFilter(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                limit,
                Optional.empty());
    }
}
