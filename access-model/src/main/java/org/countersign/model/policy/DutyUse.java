package org.countersign.model.policy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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
        return none(snapshot, session, command)
                ? List.of()
                : of(snapshot, session, command, snapshot.rolesOf(session.principal()));
    }

    /** As {@link #of(PolicySnapshot, SessionFacts, Command)}, for a command that was allowed, in less time. */
    public static List<DutyUse> of(
            PolicySnapshot snapshot, SessionFacts session, Command command, Verdict.Allow allow) {
        return none(snapshot, session, command) ? List.of() : of(snapshot, session, command, roles(snapshot, allow));
    }

    private static List<RolePolicy> roles(PolicySnapshot snapshot, Verdict.Allow allow) {
        List<RolePolicy> named = snapshot.constraints().roles(allow.rules());
        List<Grant> grants = snapshot.grants().named(allow.rules());
        if (grants.isEmpty()) {
            return named;
        }
        var all = new ArrayList<>(named);
        grants.forEach(grant -> snapshot.role(grant.role()).map(grant::of).ifPresent(all::add));
        return all;
    }

    private static boolean none(PolicySnapshot snapshot, SessionFacts session, Command command) {
        return snapshot.constraints().dynamicOn(session.target()).isEmpty()
                || (command.accesses().isEmpty() && command.functions().isEmpty());
    }

    /** @param roles at least those of the principal's that cover a part of the command */
    private static List<DutyUse> of(
            PolicySnapshot snapshot, SessionFacts session, Command command, List<RolePolicy> roles) {
        List<DynamicConstraint> constraints = snapshot.constraints().dynamicOn(session.target());
        Set<String> separated = snapshot.constraints().separatedOn(session.target());
        var free = new ArrayList<RolePolicy>();
        var sided = new ArrayList<RolePolicy>();
        for (RolePolicy role : roles) {
            if (role.on(session.target())) {
                (separated.contains(role.name()) ? sided : free).add(role);
            }
        }
        Parts open = sided.isEmpty() ? Parts.NONE : new Parts(session.target(), command).without(free);
        List<Deeds.Deed> deeds = Deeds.of(command);
        var uses = new ArrayList<DutyUse>();
        for (DynamicConstraint constraint : constraints) {
            (constraint.roles().isEmpty() ? performed(constraint, deeds) : needed(constraint, sided, open))
                    .ifPresent(sides -> uses.add(new DutyUse(constraint, sides)));
        }
        return uses;
    }

    private static Optional<Set<String>> performed(DynamicConstraint constraint, List<Deeds.Deed> deeds) {
        Set<String> duties = constraint.dutiesIn(deeds);
        return duties.isEmpty() ? Optional.empty() : Optional.of(duties.size() == 1 ? duties : Set.of());
    }

    /**
     * @param sided the roles that are sides of any constraint
     * @param open what no other role covers
     */
    private static Optional<Set<String>> needed(DynamicConstraint constraint, List<RolePolicy> sided, Parts open) {
        if (open.none()) {
            return Optional.empty();
        }
        var contributing = new ArrayList<RolePolicy>();
        var elsewhere = new ArrayList<RolePolicy>();
        for (RolePolicy role : sided) {
            if (!constraint.roles().contains(role.name())) {
                elsewhere.add(role);
            } else if (open.touchedBy(role)) {
                contributing.add(role);
            }
        }
        if (contributing.isEmpty()) {
            return Optional.empty();
        }
        Parts between = open.without(elsewhere);
        var sides = new HashSet<String>();
        for (RolePolicy role : contributing) {
            if (between.without(List.of(role)).none()) {
                sides.add(role.name());
            }
        }
        return Optional.of(sides);
    }

    /** Parts of a command that a permission has to cover. */
    private record Parts(String target, List<Access> accesses, List<String> functions) {
        private static final Parts NONE = new Parts("", List.of(), List.of());

        Parts(String target, Command command) {
            this(target, command.accesses(), command.functions());
        }

        boolean none() {
            return accesses.isEmpty() && functions.isEmpty();
        }

        Parts without(List<RolePolicy> roles) {
            if (roles.isEmpty() || none()) {
                return this;
            }
            var leftAccesses = new ArrayList<>(accesses);
            var leftFunctions = new ArrayList<>(functions);
            for (RolePolicy role : roles) {
                for (Permission permission : role.permissions()) {
                    if (permission.on(target)) {
                        leftAccesses.removeIf(permission::covers);
                        leftFunctions.removeIf(permission::names);
                    }
                }
            }
            return new Parts(target, leftAccesses, leftFunctions);
        }

        boolean touchedBy(RolePolicy role) {
            Parts left = without(List.of(role));
            return left.accesses.size() < accesses.size() || left.functions.size() < functions.size();
        }
    }
}
