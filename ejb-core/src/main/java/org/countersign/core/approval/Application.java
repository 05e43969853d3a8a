package org.countersign.core.approval;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.countersign.model.policy.ApprovalRequirement;
import org.countersign.model.session.Principal;

/**
 * Asks people for something else than a command: for a grant.
 *
 * @param grant the id of what is asked for
 * @param text exactly what is asked for, in words
 * @param rules by which it may be asked for
 * @param justification why, in the requester's words
 */
public record Application(
        UUID grant,
        Principal principal,
        String target,
        Map<String, String> targetLabels,
        String text,
        List<String> actions,
        List<String> resources,
        List<String> rules,
        String message,
        ApprovalRequirement requirement,
        long policyVersion,
        String justification) {
    /** The kind of what is approved, beside those of statements. */
    public static final String KIND = "just-in-time grant";

    public Application {
        targetLabels = Map.copyOf(targetLabels);
        actions = List.copyOf(actions);
        resources = List.copyOf(resources);
        rules = List.copyOf(rules);
    }
}
