package org.countersign.core.policy;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A change of policy.
 *
 * @param id all zeros for {@code unchanged}, which is not kept
 * @param state {@code proposed}, {@code confirmed}, {@code superseded} by a change of the same objects, or
 *     {@code unchanged} when what was proposed is in force already
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

    static ChangeView unchanged(String author, Instant at, String source) {
        return new ChangeView(
                new UUID(0, 0),
                "unchanged",
                author,
                at,
                source,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of());
    }
}
