package org.countersign.core.identity;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * That somebody was suspended.
 *
 * @param principal in lower case
 * @param subject empty when nobody of this name had ever opened a session
 * @param liftedBy empty while it is in force
 */
public record SuspensionView(
        UUID id,
        String principal,
        Optional<String> subject,
        String reason,
        String suspendedBy,
        Instant suspendedAt,
        Optional<String> liftedBy,
        Optional<Instant> liftedAt) {
    /** The same, for whoever may not know why. */
    public SuspensionView withoutReason() {
        return new SuspensionView(id, principal, subject, "", suspendedBy, suspendedAt, liftedBy, liftedAt);
    }
}
