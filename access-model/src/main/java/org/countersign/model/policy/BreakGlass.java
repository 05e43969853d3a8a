package org.countersign.model.policy;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.countersign.model.policy.ApprovalRequirement.Approvers;

/**
 * What named persons may take without asking in an emergency, and who looks at it afterwards.
 *
 * @param name of the manifest
 * @param persons who may; never a program
 * @param role the name of the role they have then
 * @param targets on which of the role's targets
 * @param longest how long at most
 * @param reviewers who reviews every use
 * @param reviewWithin how long after the end the review is due
 * @param overrides names of static constraints that do not count the role meanwhile
 */
public record BreakGlass(
        String name,
        RolePolicy.Holders persons,
        String role,
        List<Glob> targets,
        Duration longest,
        Approvers reviewers,
        Duration reviewWithin,
        Set<String> overrides) {
    public BreakGlass {
        targets = List.copyOf(targets);
        overrides = Set.copyOf(overrides);
    }

    public boolean on(String target) {
        return targets.stream().anyMatch(glob -> glob.matches(target));
    }
}
