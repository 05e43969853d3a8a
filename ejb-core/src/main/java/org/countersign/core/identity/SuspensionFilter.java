package org.countersign.core.identity;

import java.time.Instant;
import java.util.Optional;

/**
 * Which suspensions a list shows.
 *
 * @param principal the name, in any case
 * @param from the earliest time of the suspension, included
 * @param to the latest time of the suspension, excluded
 * @param limit 1 to 200
 * @param after the {@code next} of the page before
 */
public record SuspensionFilter(
        Optional<State> state,
        Optional<String> principal,
        Optional<Instant> from,
        Optional<Instant> to,
        int limit,
        Optional<String> after) {

    /** Whether it is in force. */
    public enum State {
        ACTIVE,
        LIFTED
    }
}
