package org.countersign.core.approval;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A delegation of decisions.
 *
 * @param from who delegated
 * @param to who decides in his place
 * @param active whether it is in force now
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
        boolean active) {}
