package org.countersign.model.policy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** The segregation constraints of a policy, found by what they are about and not one after the other. Immutable. */
public final class Constraints {
    public static final Constraints NONE = new Constraints(List.of(), List.of());

    private final List<SegregationConstraint> all;
    private final Map<String, List<StaticConstraint>> staticByRole = new HashMap<>();
    private final Map<String, List<DynamicConstraint>> dynamicByTarget = new HashMap<>();
    private final Map<String, List<HistoryConstraint>> historyByTarget = new HashMap<>();

    /** @param targets every target of the policy */
    public Constraints(Iterable<? extends SegregationConstraint> constraints, Iterable<TargetPolicy> targets) {
        var copied = new ArrayList<SegregationConstraint>();
        for (SegregationConstraint constraint : constraints) {
            copied.add(constraint);
            switch (constraint) {
                case StaticConstraint rule ->
                    rule.roles()
                            .forEach(role -> staticByRole
                                    .computeIfAbsent(role, first -> new ArrayList<>())
                                    .add(rule));
                case DynamicConstraint rule -> index(rule, targets, dynamicByTarget);
                case HistoryConstraint rule -> index(rule, targets, historyByTarget);
            }
        }
        all = List.copyOf(copied);
    }

    private static <C extends SegregationConstraint> void index(
            C constraint, Iterable<TargetPolicy> targets, Map<String, List<C>> byTarget) {
        for (TargetPolicy target : targets) {
            if (constraint.targets().selects(target)) {
                byTarget.computeIfAbsent(target.name(), first -> new ArrayList<>())
                        .add(constraint);
            }
        }
    }

    public List<SegregationConstraint> all() {
        return all;
    }

    public boolean isEmpty() {
        return all.isEmpty();
    }

    /** The static constraints that holding all of these roles violates on the target. */
    public List<StaticConstraint> violated(TargetPolicy target, Set<String> held) {
        if (staticByRole.isEmpty() || held.size() < 2) {
            return List.of();
        }
        var violated = new ArrayList<StaticConstraint>(0);
        for (String role : held) {
            for (StaticConstraint constraint : staticByRole.getOrDefault(role, List.of())) {
                if (constraint.violatedBy(held)
                        && constraint.targets().selects(target)
                        && !violated.contains(constraint)) {
                    violated.add(constraint);
                }
            }
        }
        return violated;
    }

    public List<DynamicConstraint> dynamicOn(String target) {
        return dynamicByTarget.getOrDefault(target, List.of());
    }

    public List<HistoryConstraint> historyOn(String target) {
        return historyByTarget.getOrDefault(target, List.of());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Constraints constraints && all.equals(constraints.all);
    }

    @Override
    public int hashCode() {
        return Objects.hash(all);
    }

    @Override
    public String toString() {
        return all.toString();
    }
}
