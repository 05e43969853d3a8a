package org.countersign.core.identity;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.countersign.model.CountersignError;
import org.countersign.model.policy.PolicyDecision;
import org.countersign.model.policy.PolicySnapshot;
import org.countersign.model.policy.RolePolicy;
import org.countersign.model.policy.StaticConstraint;
import org.countersign.model.policy.TargetPolicy;
import org.countersign.model.policy.Verdict;
import org.countersign.model.port.AccessRefusedException;
import org.countersign.model.session.Principal;

/** Whether a principal may come to a target at all. What it may do there is decided for each command. */
public final class TargetAccess {
    private TargetAccess() {}

    /**
     * Returns the target.
     *
     * @param snapshot the policy in force, if the store confirms one
     * @throws AccessRefusedException 57P03 without a policy; 3D000 for a target that is not there, and in the same words
     *     for one on which the principal has no role, so that strangers learn no names; SD004 for one who holds roles
     *     that exclude each other; 42501 for an agent whose registration, or that of one it acts through, is over, or whose owner is an agent
     */
    public static TargetPolicy check(Optional<PolicySnapshot> snapshot, Principal principal, String target, Instant now)
            throws AccessRefusedException {
        if (snapshot.isEmpty()) {
            throw new AccessRefusedException(
                    CountersignError.POLICY_NOT_CONFIRMED,
                    "The gateway has no confirmed policy, so nothing new is let in.",
                    "Try again shortly; if it lasts, tell an administrator.");
        }
        PolicySnapshot policy = snapshot.get();
        Set<String> roles =
                policy.rolesOf(principal).stream().map(RolePolicy::name).collect(Collectors.toSet());
        Optional<TargetPolicy> found = policy.target(target)
                .filter(known -> policy.rolesOf(principal).stream().anyMatch(role -> role.on(known.name())));
        if (found.isEmpty()) {
            throw new AccessRefusedException(
                    CountersignError.UNKNOWN_TARGET,
                    "There is no target of this name on which " + principal.name() + " has a role.",
                    "Check the database name, or ask an administrator for a role.");
        }
        Optional<Verdict.Deny> barred = PolicyDecision.barred(policy.registry(), principal, now);
        if (barred.isPresent()) {
            throw new AccessRefusedException(
                    barred.get().error(), barred.get().message(), barred.get().hint());
        }
        List<StaticConstraint> violated = policy.violated(found.get(), principal);
        if (!violated.isEmpty()) {
            StaticConstraint constraint = violated.getFirst();
            throw new AccessRefusedException(
                    CountersignError.CONFLICT_OF_DUTIES,
                    principal.name() + " holds roles that exclude each other: "
                            + String.join(", ", constraint.among(roles)) + " (" + constraint.name() + ").",
                    constraint.hint("Ask an administrator to take all but one of them away."));
        }
        return found.get();
    }
}
