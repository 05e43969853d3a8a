package org.countersign.model.policy;

import java.time.Duration;
import java.util.Optional;
import org.countersign.model.policy.ApprovalRequirement.Approvers;
import org.countersign.model.policy.ApprovalRequirement.Candidate;

/**
 * One step on the way to an approval.
 *
 * @param quorum how many distinct persons, at least 1
 * @param escalation who may decide as well when it takes long
 */
public record ApprovalStep(Approvers approvers, int quorum, Optional<Escalation> escalation) {
    public ApprovalStep {
        if (quorum < 1) {
            throw new IllegalArgumentException("a step needs at least one person");
        }
    }

    public ApprovalStep(Approvers approvers, int quorum) {
        this(approvers, quorum, Optional.empty());
    }

    /** @param after counted from the request */
    public record Escalation(Duration after, Approvers to) {
        public Escalation {
            if (!after.isPositive()) {
                throw new IllegalArgumentException("an escalation comes some time after the request");
            }
        }
    }

    /** @param age of the request */
    public boolean include(Candidate who, Duration age) {
        return approvers.include(who)
                || escalation
                        .filter(later -> age.compareTo(later.after()) >= 0)
                        .filter(later -> later.to().include(who))
                        .isPresent();
    }

    boolean sameApprovers(ApprovalStep other) {
        return approvers.equals(other.approvers);
    }

    /** The stricter of two steps of the same approvers: where they do not escalate alike, nobody is added. */
    ApprovalStep and(ApprovalStep same) {
        return new ApprovalStep(
                approvers,
                Math.max(quorum, same.quorum),
                escalation.equals(same.escalation) ? escalation : Optional.empty());
    }

    boolean covers(ApprovalStep asked) {
        return sameApprovers(asked)
                && quorum >= asked.quorum
                && (escalation.isEmpty() || escalation.equals(asked.escalation));
    }
}
