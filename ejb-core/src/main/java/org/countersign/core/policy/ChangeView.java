package org.countersign.core.policy;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A change of policy.
 *
 * @param state {@code proposed}, {@code confirmed} or {@code superseded}
 * @param author the proposing person's name; {@code bootstrap} for the first filling of an empty store
 * @param source where the author read it from; may be empty
 * @param version the policy version it made; empty until it is confirmed
 */
public record ChangeView(
        UUID id,
        String state,
        String author,
        Instant at,
        String source,
        Optional<String> confirmedBy,
        Optional<Instant> confirmedAt,
        Optional<Long> version,
        List<DiffEntry> diff) {
    public ChangeView {
        diff = List.copyOf(diff);
    }
}
