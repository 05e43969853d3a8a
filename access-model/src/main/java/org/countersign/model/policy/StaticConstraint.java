package org.countersign.model.policy;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Roles that nobody may hold together. Whoever does is refused on the selected targets until one is taken away.
 *
 * @param scope whose roles are put together
 * @param within how long a principal's roles count after it was last seen, for {@link Scope#PERSON}
 */
public record StaticConstraint(
        String name, TargetSelector targets, Set<String> roles, Scope scope, Optional<Duration> within, String message)
        implements SegregationConstraint {
    public StaticConstraint {
        roles = Set.copyOf(roles);
        if (roles.size() < 2) {
            throw new IllegalArgumentException("a constraint separates at least two roles");
        }
    }

    /** For every person, without an end. */
    public StaticConstraint(String name, TargetSelector targets, Set<String> roles) {
        this(name, targets, roles, Scope.PERSON, Optional.empty(), "");
    }

    /** Whose roles are put together. */
    public enum Scope {
        /** A human being's: his own under all his accounts and those of every agent he owns or that acts for him. */
        PERSON,
        /** One principal's. */
        PRINCIPAL;

        /** The name used in manifests. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Returns whether somebody who holds these roles holds too many. */
    public boolean violatedBy(Set<String> held) {
        return roles.stream().filter(held::contains).count() > 1;
    }

    /** Those of the roles that are among these, sorted. */
    public Set<String> among(Set<String> held) {
        var both = new TreeSet<>(roles);
        both.retainAll(held);
        return both;
    }
}
