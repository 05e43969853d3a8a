package org.countersign.core.approval;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A delegation of decisions.
 *
 * @param from who delegated
 * @param to who decides in his place
 * @param active whether it is in force now
 * @param notes for whoever delegates, about whom he chose; empty in a list
 */
public record DelegationView(
        UUID id,
        String from,
        String to,
        String reason,
        Instant createdAt,
        Instant until,
        Optional<Instant> revokedAt,
        Optional<String> revokedBy,
        boolean active,
        List<String> notes) {
    public DelegationView {
        notes = List.copyOf(notes);
    }

    /** Without notes. */
    public DelegationView(
            UUID id,
            String from,
            String to,
            String reason,
            Instant createdAt,
            Instant until,
            Optional<Instant> revokedAt,
            Optional<String> revokedBy,
            boolean active) {
        this(id, from, to, reason, createdAt, until, revokedAt, revokedBy, active, List.of());
    }

    DelegationView with(List<String> some) {
        return new DelegationView(id, from, to, reason, createdAt, until, revokedAt, revokedBy, active, some);
    }
}
