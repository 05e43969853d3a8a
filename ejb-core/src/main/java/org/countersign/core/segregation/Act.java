package org.countersign.core.segregation;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.countersign.model.policy.Deeds.Deed;
import org.countersign.model.session.Principal;

/**
 * Something that was done and that later constraints may ask about.
 *
 * @param origin the session, approval or change it was done in
 * @param target empty for what concerns the gateway itself
 * @param deeds without mere reads
 * @param command its number in the session; 0 for a decision
 */
public record Act(
        Origin kind,
        UUID origin,
        Principal principal,
        String target,
        List<Deed> deeds,
        long command,
        Optional<UUID> approval,
        Instant at) {
    public Act {
        deeds = List.copyOf(deeds);
    }

    /** In what it was done. */
    public enum Origin {
        SESSION,
        APPROVAL,
        CHANGE
    }
}
