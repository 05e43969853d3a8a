package org.countersign.model.policy;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Sides of which one session or task may take one: roles that may be held but not used together, or duties. What is used
 * first fixes the side.
 *
 * @param roles the sides, if they are roles; otherwise empty
 * @param duties the sides, if they are told by what is done; otherwise empty
 */
public record DynamicConstraint(
        String name,
        TargetSelector targets,
        Per per,
        Set<String> roles,
        List<Duty> duties,
        Optional<Duration> within,
        String message)
        implements SegregationConstraint {
    public DynamicConstraint {
        roles = Set.copyOf(roles);
        duties = List.copyOf(duties);
        if (roles.isEmpty() == duties.isEmpty() || Math.max(roles.size(), duties.size()) < 2) {
            throw new IllegalArgumentException("a constraint separates at least two roles or two duties");
        }
    }

    /** A side that is told by what is done. */
    public record Duty(String name, Deeds deeds) {}

    /** What may be on one side only. */
    public enum Per {
        SESSION,
        /** Every session that carries the same task id, on every node. */
        TASK;

        /** The name used in manifests. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The names of all sides. */
    public Set<String> sides() {
        return roles.isEmpty() ? duties.stream().map(Duty::name).collect(Collectors.toSet()) : roles;
    }

    /** The duties of which something is done; empty when none. */
    Set<String> dutiesIn(List<Deeds.Deed> deeds) {
        return duties.stream()
                .filter(duty -> deeds.stream().anyMatch(duty.deeds()::include))
                .map(Duty::name)
                .collect(Collectors.toSet());
    }
}
