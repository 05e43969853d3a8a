package org.countersign.core.segregation;

import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.countersign.model.policy.StaticConstraint;
import org.countersign.model.policy.StaticConstraint.Scope;

/**
 * The roles of one principal, as one of all those that a human being answers for.
 *
 * @param lastSeen when it last signed in with them; for one that never did, now
 */
record Holding(String principal, Set<String> roles, Instant lastSeen) {
    Holding {
        roles = Set.copyOf(roles);
    }

    /**
     * Which of a constraint's roles these hold together, each with who holds it; empty when that is allowed.
     *
     * @param all of one human being
     */
    static Optional<Map<String, Set<String>>> violation(
            StaticConstraint constraint, Collection<Holding> all, Instant now) {
        var holders = new TreeMap<String, Set<String>>();
        for (Holding holding : all) {
            Set<String> separated = constraint.among(holding.roles);
            boolean counts = constraint.scope() == Scope.PERSON
                    ? constraint.counts(holding.lastSeen, now)
                    : separated.size() > 1;
            if (counts) {
                separated.forEach(role ->
                        holders.computeIfAbsent(role, first -> new TreeSet<>()).add(holding.principal));
            }
        }
        return holders.size() > 1 ? Optional.of(holders) : Optional.empty();
    }

    /** {@code checker (as bob), maker (as maker-agent)}. */
    static String inWords(Map<String, Set<String>> violation) {
        return violation.entrySet().stream()
                .map(role -> role.getKey() + " (as " + String.join(", ", role.getValue()) + ")")
                .collect(Collectors.joining(", "));
    }
}
