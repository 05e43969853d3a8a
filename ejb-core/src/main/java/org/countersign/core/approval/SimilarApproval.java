package org.countersign.core.approval;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.countersign.model.port.ApprovalDesk;

/**
 * An earlier request of the same principal that is like another one.
 *
 * @param identical whether it asked for exactly the same; else for the same actions on the same resources of the target
 * @param decidedBy names of those who decided
 */
public record SimilarApproval(
        UUID id, ApprovalDesk.State state, boolean identical, List<String> decidedBy, Instant requestedAt) {
    public SimilarApproval {
        decidedBy = List.copyOf(decidedBy);
    }
}
