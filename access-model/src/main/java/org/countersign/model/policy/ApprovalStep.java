package org.countersign.model.policy;

import org.countersign.model.policy.ApprovalRequirement.Approvers;

/**
 * One step on the way to an approval.
 *
 * @param quorum how many distinct persons, at least 1
 */
public record ApprovalStep(Approvers approvers, int quorum) {
    public ApprovalStep {
        if (quorum < 1) {
            throw new IllegalArgumentException("a step needs at least one person");
        }
    }

    boolean sameApprovers(ApprovalStep other) {
        return approvers.equals(other.approvers);
    }

    /** The stricter of two steps of the same approvers. */
    ApprovalStep and(ApprovalStep same) {
        return new ApprovalStep(approvers, Math.max(quorum, same.quorum));
    }

    boolean covers(ApprovalStep asked) {
        return sameApprovers(asked) && quorum >= asked.quorum;
    }
}
