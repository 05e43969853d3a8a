package org.countersign.model.policy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.countersign.model.command.Access;
import org.countersign.model.command.Command;
import org.countersign.model.session.SessionFacts;

/**
 * What a command means for a dynamic constraint.
 *
 * @param sides those it may count for; empty when it takes more than one by itself. A command that needs no side is no
 *     use at all.
 */
public record DutyUse(DynamicConstraint constraint, Set<String> sides) {
    public DutyUse {
        sides = Set.copyOf(sides);
    }

    /** The uses a command makes of the constraints on its target, in their order. Pure. */
    public static List<DutyUse> of(PolicySnapshot snapshot, SessionFacts session, Command command) {
        List<DynamicConstraint> constraints = snapshot.constraints().dynamicOn(session.target());
        if (constraints.isEmpty()
                || (command.accesses().isEmpty() && command.functions().isEmpty())) {
            return List.of();
        }
        List<RolePolicy> held = snapshot.rolesOf(session.principal()).stream()
                .filter(role -> role.on(session.target()))
                .toList();
        Set<String> separated = constraints.stream()
                .flatMap(constraint -> constraint.roles().stream())
                .collect(Collectors.toSet());
        var open = new Parts(session.target(), command)
                .without(held.stream().filter(role -> !separated.contains(role.name())));
        List<Deeds.Deed> deeds = Deeds.of(command);
        var uses = new ArrayList<DutyUse>();
        for (DynamicConstraint constraint : constraints) {
            (constraint.roles().isEmpty() ? performed(constraint, deeds) : needed(constraint, held, open))
                    .ifPresent(sides -> uses.add(new DutyUse(constraint, sides)));
        }
        return uses;
    }

    private static Optional<Set<String>> performed(DynamicConstraint constraint, List<Deeds.Deed> deeds) {
        Set<String> duties = constraint.dutiesIn(deeds);
        return duties.isEmpty() ? Optional.empty() : Optional.of(duties.size() == 1 ? duties : Set.of());
    }

    /** @param open what no role covers that is on no side of any constraint */
    private static Optional<Set<String>> needed(DynamicConstraint constraint, List<RolePolicy> held, Parts open) {
        List<RolePolicy> contributing = held.stream()
                .filter(role -> constraint.roles().contains(role.name()) && open.touchedBy(role))
                .toList();
        if (contributing.isEmpty()) {
            return Optional.empty();
        }
        Parts between =
                open.without(held.stream().filter(role -> !constraint.roles().contains(role.name())));
        var sides = new HashSet<String>();
        for (RolePolicy role : contributing) {
            if (between.without(Stream.of(role)).none()) {
                sides.add(role.name());
            }
        }
        return Optional.of(sides);
    }

    /** Parts of a command that a permission has to cover. */
    private record Parts(String target, List<Access> accesses, List<String> functions) {
        Parts(String target, Command command) {
            this(target, command.accesses(), command.functions());
        }

        boolean none() {
            return accesses.isEmpty() && functions.isEmpty();
        }

        Parts without(Stream<RolePolicy> roles) {
            var leftAccesses = new ArrayList<>(accesses);
            var leftFunctions = new ArrayList<>(functions);
            roles.flatMap(role -> role.permissions().stream())
                    .filter(permission -> permission.on(target))
                    .forEach(permission -> {
                        leftAccesses.removeIf(permission::covers);
                        leftFunctions.removeIf(permission::names);
                    });
            return new Parts(target, List.copyOf(leftAccesses), List.copyOf(leftFunctions));
        }

        boolean touchedBy(RolePolicy role) {
            Parts left = without(Stream.of(role));
            return left.accesses.size() < accesses.size() || left.functions.size() < functions.size();
        }
    }
}
