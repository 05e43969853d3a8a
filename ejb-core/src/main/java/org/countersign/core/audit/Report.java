package org.countersign.core.audit;

import java.time.Instant;
import java.util.List;
import org.countersign.core.grant.GrantView;

/**
 * What a printed report says out of the store.
 *
 * @param by who asked for it
 * @param origin which gateway made it
 */
public record Report(
        Period period,
        Instant at,
        String by,
        Origin origin,
        EvidenceSummary summary,
        List<EvidenceRow> commands,
        List<AttemptView> attempts,
        List<PolicyChangeRow> changes,
        List<ConstraintRow> constraints,
        List<GrantView> exceptions) {
    public Report {
        commands = List.copyOf(commands);
        attempts = List.copyOf(attempts);
        changes = List.copyOf(changes);
        constraints = List.copyOf(constraints);
        exceptions = List.copyOf(exceptions);
    }

    /**
     * @param node whose recordings are in it
     * @param portal where people find what it names, without a slash at the end
     * @param keyId of the key that signs it
     */
    public record Origin(String node, String portal, String keyId) {}
}
