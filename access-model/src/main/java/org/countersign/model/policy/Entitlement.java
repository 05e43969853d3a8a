package org.countersign.model.policy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.countersign.model.CountersignError;
import org.countersign.model.command.Access;
import org.countersign.model.command.Command;
import org.countersign.model.command.FieldName;
import org.countersign.model.command.OutputField;
import org.countersign.model.command.Resource;
import org.countersign.model.session.Principal;

/**
 * What a principal's roles give him for one command on one target.
 *
 * @param held every role he holds, on whatever target
 * @param onTarget those with a permission on this target
 * @param covering those of whose permissions one covers a part of the command; all on the target for a command that
 *     needs no permission. Their masks hold.
 * @param missing what none of them covers, in words
 */
record Entitlement(
        TargetPolicy target,
        Principal principal,
        List<RolePolicy> held,
        List<RolePolicy> onTarget,
        List<RolePolicy> covering,
        List<String> missing) {
    private static final int MAX_LISTED = 5;

    static Entitlement of(PolicySnapshot snapshot, TargetPolicy target, Principal principal, Command command) {
        List<RolePolicy> held = snapshot.rolesOf(principal);
        var onTarget = new ArrayList<RolePolicy>();
        for (RolePolicy role : held) {
            if (role.on(target.name())) {
                onTarget.add(role);
            }
        }
        var covering = new ArrayList<RolePolicy>();
        var accesses = new ArrayList<>(command.accesses());
        var functions = new ArrayList<>(command.functions());
        for (RolePolicy role : onTarget) {
            boolean contributes = false;
            for (Permission permission : role.permissions()) {
                if (permission.on(target.name())) {
                    contributes |= command.accesses().stream().anyMatch(permission::covers)
                            || command.functions().stream().anyMatch(permission::names);
                    accesses.removeIf(permission::covers);
                    functions.removeIf(permission::names);
                }
            }
            if (contributes) {
                covering.add(role);
            }
        }
        var missing = new ArrayList<String>();
        accesses.forEach(access -> missing.add(access.action() + " on " + access.resource()));
        functions.forEach(function -> missing.add("the function " + function));
        return new Entitlement(target, principal, held, onTarget, covering.isEmpty() ? onTarget : covering, missing);
    }

    /** Why the roles do not suffice; empty when they do. */
    Optional<Verdict.Deny> refusal(Constraints constraints) {
        if (!constraints.isEmpty()) {
            Set<String> names = roleNames();
            List<StaticConstraint> violated = constraints.violated(target, names);
            if (!violated.isEmpty()) {
                return Optional.of(separated(violated.getFirst(), names));
            }
        }
        if (onTarget.isEmpty()) {
            return Optional.of(denied(
                    "no-role",
                    principal.name() + " has no role on target " + target.name() + ".",
                    "Ask an administrator for a role with a permission on " + target.name() + "."));
        }
        if (!missing.isEmpty()) {
            return Optional.of(denied(
                    "no-permission",
                    principal.name() + " has no permission for " + listed(missing) + " on target " + target.name()
                            + ".",
                    "Roles held here: " + String.join(", ", roleNamesOnTarget())
                            + ". If your duty includes this, ask an administrator for a role with that permission."));
        }
        return Optional.empty();
    }

    private Verdict.Deny separated(StaticConstraint constraint, Set<String> names) {
        return new Verdict.Deny(
                List.of(constraint.name()),
                CountersignError.CONFLICT_OF_DUTIES,
                principal.name() + " holds roles that one person must not hold together: "
                        + String.join(", ", constraint.among(names)) + " (" + constraint.name() + ").",
                constraint.hint("Ask an administrator to take all but one of them away."));
    }

    /** Names of all roles held. */
    Set<String> roleNames() {
        return names(held);
    }

    List<String> coveringNames() {
        return List.copyOf(names(covering));
    }

    private Set<String> roleNamesOnTarget() {
        return names(onTarget);
    }

    Masks masks() {
        return new Masks(target, covering);
    }

    /** Returns whether every access that touches the field is covered by a column set that lists it. */
    boolean listsByName(Command command, FieldName field) {
        List<Access> touching = command.accesses().stream()
                .filter(access -> access.resource() instanceof Resource.Relation relation
                        && relation.name().equals(field.container())
                        && relation.columns().contains(field.field()))
                .toList();
        return !touching.isEmpty()
                && touching.stream()
                        .allMatch(access -> covering.stream()
                                .flatMap(role -> role.permissions().stream())
                                .anyMatch(permission ->
                                        permission.on(target.name()) && permission.coversByName(access, field)));
    }

    /** The data classes of every field the command touches. */
    Set<String> classesOf(Command command) {
        if (target.classes().isEmpty()) {
            return Set.of();
        }
        var classes = new HashSet<String>();
        for (OutputField output : command.outputs()) {
            output.sources().forEach(field -> classes.addAll(target.classesOf(field)));
        }
        command.examined().forEach(field -> classes.addAll(target.classesOf(field)));
        command.moved().forEach(field -> classes.addAll(target.classesOf(field)));
        command.written().forEach(field -> classes.addAll(target.classesOf(field)));
        return classes;
    }

    static Verdict.Deny denied(String rule, String message, String hint) {
        return new Verdict.Deny(List.of(rule), CountersignError.DENIED, message, hint);
    }

    private static Set<String> names(List<RolePolicy> roles) {
        var names = new TreeSet<String>();
        roles.forEach(role -> names.add(role.name()));
        return names;
    }

    private static String listed(List<String> parts) {
        String first = String.join(", ", parts.subList(0, Math.min(parts.size(), MAX_LISTED)));
        return parts.size() > MAX_LISTED ? first + " and " + (parts.size() - MAX_LISTED) + " more" : first;
    }
}
