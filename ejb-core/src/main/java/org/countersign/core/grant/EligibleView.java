package org.countersign.core.grant;

import java.time.Duration;
import java.util.List;

/**
 * What somebody may ask for, or take.
 *
 * @param name of the manifest
 * @param targets names of those that are configured
 * @param permitted what the role permits there, a line for each permission
 * @param decidedBy who approves or reviews, in words
 * @param blocked why not now; empty when nothing is in the way
 */
public record EligibleView(
        String name,
        String role,
        List<String> targets,
        List<Permitted> permitted,
        Duration longest,
        boolean singleOnly,
        boolean ticketRequired,
        String decidedBy,
        String blocked) {
    public EligibleView {
        targets = List.copyOf(targets);
        permitted = List.copyOf(permitted);
    }

    /** What one permission of a role gives. */
    public record Permitted(List<String> actions, List<String> resources, List<String> functions) {
        public Permitted {
            actions = List.copyOf(actions);
            resources = List.copyOf(resources);
            functions = List.copyOf(functions);
        }
    }
}
