package org.countersign.model.policy;

import java.util.Set;

/**
 * Roles that no principal may hold together. Whoever does is refused on the selected targets until one is taken away.
 */
public record StaticConstraint(String name, TargetSelector targets, Set<String> roles) {
    public StaticConstraint {
        roles = Set.copyOf(roles);
        if (roles.size() < 2) {
            throw new IllegalArgumentException("a constraint separates at least two roles");
        }
    }

    /** Returns whether somebody who holds these roles holds too many. */
    public boolean violatedBy(Set<String> held) {
        return roles.stream().filter(held::contains).count() > 1;
    }
}
