package org.countersign.core.policy;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A change of policy.
 *
 * @param id all zeros for {@code unchanged}, which is not kept
 * @param state {@code proposed}, {@code confirmed}, {@code superseded} by a change of the same objects,
 *     {@code rejected}, {@code withdrawn}, {@code expired}, or
 *     {@code unchanged} when what was proposed is in force already
 * @param author the proposing person's name; {@code bootstrap} for the first filling of an empty store
 * @param source where the author read it from; may be empty
 * @param version the policy version it made; empty until it is confirmed
 * @param reason why the author wants it; empty for what was proposed before reasons were asked for
 * @param expiresAt until when a proposed change may be confirmed
 * @param reverts the version whose inverse it is
 * @param closing how it ended unconfirmed: rejected, withdrawn or expired
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
        String reason,
        Optional<String> ticket,
        Optional<Instant> expiresAt,
        Optional<Long> reverts,
        Optional<Closing> closing,
        List<DiffEntry> diff) {
    public ChangeView {
        diff = List.copyOf(diff);
    }

    /**
     * The end of a change that nobody confirmed.
     *
     * @param by empty when its time ran out
     */
    public record Closing(Optional<String> by, Instant at, String reason) {}

    /** The same as far as it concerns one object. */
    ChangeView about(String kind, String name) {
        return new ChangeView(
                id,
                state,
                author,
                at,
                source,
                confirmedBy,
                confirmedAt,
                version,
                reason,
                ticket,
                expiresAt,
                reverts,
                closing,
                diff.stream()
                        .filter(entry ->
                                entry.kind().equals(kind) && entry.name().equals(name))
                        .toList());
    }

    static ChangeView unchanged(String author, Instant at, String source, Motive motive) {
        return new ChangeView(
                new UUID(0, 0),
                "unchanged",
                author,
                at,
                source,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                motive.reason(),
                motive.ticket(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of());
    }
}
