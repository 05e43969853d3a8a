package org.countersign.model.policy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.countersign.model.command.Command;

/** The segregation constraints of a policy, found by what they are about and not one after the other. Immutable. */
public final class Constraints {
    public static final Constraints NONE = new Constraints(List.of(), List.of(), List.of());

    private final List<SegregationConstraint> all;
    private final Map<String, Map<String, List<StaticConstraint>>> staticByTargetAndRole = new HashMap<>();
    private final Map<String, List<DynamicConstraint>> dynamicByTarget = new HashMap<>();
    private final Map<String, List<HistoryConstraint>> historyByTarget = new HashMap<>();
    private final Map<String, Set<String>> separated = new HashMap<>();
    private final Map<String, RolePolicy> roles = new HashMap<>();

    /**
     * @param targets every target of the policy
     * @param roles every role
     */
    public Constraints(
            Iterable<? extends SegregationConstraint> constraints,
            Iterable<TargetPolicy> targets,
            Iterable<RolePolicy> roles) {
        roles.forEach(role -> this.roles.put(role.name(), role));
        var copied = new ArrayList<SegregationConstraint>();
        for (SegregationConstraint constraint : constraints) {
            copied.add(constraint);
            switch (constraint) {
                case StaticConstraint rule -> index(rule, targets);
                case DynamicConstraint rule -> {
                    index(rule, targets, dynamicByTarget);
                    dynamicByTarget.forEach((target, rules) -> {
                        if (rules.contains(rule)) {
                            separated
                                    .computeIfAbsent(target, first -> new HashSet<>())
                                    .addAll(rule.roles());
                        }
                    });
                }
                case HistoryConstraint rule -> index(rule, targets, historyByTarget);
            }
        }
        all = List.copyOf(copied);
    }

    private void index(StaticConstraint constraint, Iterable<TargetPolicy> targets) {
        for (TargetPolicy target : targets) {
            if (constraint.targets().selects(target)) {
                var byRole = staticByTargetAndRole.computeIfAbsent(target.name(), first -> new HashMap<>());
                constraint
                        .roles()
                        .forEach(role -> byRole.computeIfAbsent(role, first -> new ArrayList<>())
                                .add(constraint));
            }
        }
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
        Map<String, List<StaticConstraint>> byRole = staticByTargetAndRole.getOrDefault(target.name(), Map.of());
        if (byRole.isEmpty() || held.size() < 2) {
            return List.of();
        }
        var violated = new ArrayList<StaticConstraint>(0);
        for (String role : held) {
            for (StaticConstraint constraint : byRole.getOrDefault(role, List.of())) {
                if (constraint.violatedBy(held) && !violated.contains(constraint)) {
                    violated.add(constraint);
                }
            }
        }
        return violated;
    }

    /** The roles that are a side of some dynamic constraint on the target. */
    Set<String> separatedOn(String target) {
        return separated.getOrDefault(target, Set.of());
    }

    /** The roles of these names, as far as there are any. */
    List<RolePolicy> roles(List<String> names) {
        var found = new ArrayList<RolePolicy>();
        for (String name : names) {
            RolePolicy role = roles.get(name);
            if (role != null) {
                found.add(role);
            }
        }
        return found;
    }

    /**
     * Returns whether some constraint asks about a command what only the store knows, or would miss it there.
     *
     * @param uses what the command means for the dynamic constraints
     */
    public boolean askThePast(String target, Command command, List<DutyUse> uses) {
        for (DutyUse use : uses) {
            if (use.constraint().per() == DynamicConstraint.Per.TASK) {
                return true;
            }
        }
        List<HistoryConstraint> histories = historyOn(target);
        if (histories.isEmpty()) {
            return false;
        }
        List<Deeds.Deed> deeds = Deeds.of(command);
        for (HistoryConstraint history : histories) {
            if (history.concerns(deeds)) {
                return true;
            }
        }
        return false;
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
        return all.hashCode();
    }

    @Override
    public String toString() {
        return all.toString();
    }
}
