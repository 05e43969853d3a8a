package org.countersign.core.grant;

import java.util.Optional;
import java.util.Set;
import org.countersign.model.policy.Grant;

/**
 * Which grants to list.
 *
 * @param states none: all of them
 * @param limit 1 to 200
 * @param after the {@code next} of the page before
 */
public record GrantFilter(
        Grant.Kind kind,
        Set<GrantState> states,
        Optional<String> principal,
        Optional<String> target,
        int limit,
        Optional<String> after) {
    public GrantFilter {
        states = Set.copyOf(states);
    }
}
