package org.countersign.core.audit;

import java.time.Instant;
import java.util.List;
import org.countersign.core.grant.GrantView;

/**
 * Everything a printed report says.
 *
 * @param by who asked for it
 */
record Report(
        Period period,
        Instant at,
        String by,
        String keyId,
        EvidenceSummary summary,
        List<EvidenceRow> commands,
        List<AttemptView> attempts,
        List<PolicyChangeRow> changes,
        List<ConstraintRow> constraints,
        List<GrantView> exceptions) {
    Report {
        commands = List.copyOf(commands);
        attempts = List.copyOf(attempts);
        changes = List.copyOf(changes);
        constraints = List.copyOf(constraints);
        exceptions = List.copyOf(exceptions);
    }
}
