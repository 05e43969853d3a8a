package org.countersign.model.policy;

import java.time.Duration;
import java.util.List;

/**
 * Who may ask for a role, or for a part of it, for a time.
 *
 * @param name of the manifest
 * @param role the name of the role
 * @param requesters who may ask
 * @param targets on which of the role's targets
 * @param longest how long a grant lasts at most
 * @param singleOnly whether a grant is always for one command
 * @param ticketRequired whether whoever asks has to name a ticket
 * @param approval what it takes; its time to execute has no meaning
 */
public record Eligibility(
        String name,
        String role,
        RolePolicy.Holders requesters,
        List<Glob> targets,
        Duration longest,
        boolean singleOnly,
        boolean ticketRequired,
        ApprovalRequirement approval) {
    public Eligibility {
        targets = List.copyOf(targets);
    }

    public boolean on(String target) {
        return targets.stream().anyMatch(glob -> glob.matches(target));
    }
}
