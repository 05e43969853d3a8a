package org.countersign.model.policy;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Who has to countersign, and in what time.
 *
 * @param approvers one entry per guardrail: an approver must belong to every entry
 * @param quorum how many distinct persons, at least 1
 * @param expiresAfter how long the request waits for its decisions
 * @param executeWithin how long after the last decision the command may run
 */
public record ApprovalRequirement(
        List<Approvers> approvers, int quorum, Duration expiresAfter, Duration executeWithin) {
    public ApprovalRequirement {
        approvers = List.copyOf(approvers);
        if (quorum < 1 || !expiresAfter.isPositive() || !executeWithin.isPositive()) {
            throw new IllegalArgumentException("an approval needs at least one person and some time");
        }
    }

    /** Persons who hold any of the realm roles, are in any of the groups or are named. */
    public record Approvers(Set<String> realmRoles, Set<String> groups, Set<String> users) {
        public Approvers {
            realmRoles = Set.copyOf(realmRoles);
            groups = Set.copyOf(groups);
            users = Set.copyOf(users);
        }

        public boolean include(String user, Set<String> hisRealmRoles, Set<String> hisGroups) {
            return users.contains(user)
                    || hisRealmRoles.stream().anyMatch(realmRoles::contains)
                    || hisGroups.stream().anyMatch(groups::contains);
        }
    }

    /** The strictest union: every group of approvers must agree, the larger quorum, the shorter times. */
    public ApprovalRequirement and(ApprovalRequirement other) {
        var all = new HashSet<>(approvers);
        all.addAll(other.approvers);
        return new ApprovalRequirement(
                List.copyOf(all),
                Math.max(quorum, other.quorum),
                shorter(expiresAfter, other.expiresAfter),
                shorter(executeWithin, other.executeWithin));
    }

    private static Duration shorter(Duration one, Duration two) {
        return one.compareTo(two) <= 0 ? one : two;
    }
}
