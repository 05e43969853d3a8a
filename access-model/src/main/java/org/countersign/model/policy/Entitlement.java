package org.countersign.model.policy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.countersign.model.CountersignError;
import org.countersign.model.Timestamp;
import org.countersign.model.command.Access;
import org.countersign.model.command.Command;
import org.countersign.model.command.FieldName;
import org.countersign.model.command.OutputField;
import org.countersign.model.command.Resource;
import org.countersign.model.session.Principal;

/**
 * What a principal's roles and grants give him for one command on one target.
 *
 * @param snapshot with the grants as they are for this command
 * @param held every role he holds, on whatever target
 * @param onTarget those with a permission on this target
 * @param covering those of whose permissions one covers a part of the command; all on the target for a command that
 *     needs no permission. Their masks hold.
 * @param granted the grants that the command needs: for what no role held covers, or for values that none shows
 * @param masks how the command's values are seen
 * @param missing what none of them covers
 */
record Entitlement(
        PolicySnapshot snapshot,
        TargetPolicy target,
        Principal principal,
        List<RolePolicy> held,
        List<RolePolicy> onTarget,
        List<RolePolicy> covering,
        List<GrantedRole> granted,
        Masks masks,
        Missing missing) {
    private static final int MAX_LISTED = 5;

    /** What is not covered of a command. */
    record Missing(List<Access> accesses, List<String> functions) {
        boolean none() {
            return accesses.isEmpty() && functions.isEmpty();
        }

        /** What a role of one kind or the other takes away from this. */
        Missing without(Predicate<Access> covers, Predicate<String> names) {
            return new Missing(
                    accesses.stream().filter(covers.negate()).toList(),
                    functions.stream().filter(names.negate()).toList());
        }

        List<String> inWords() {
            var words = new ArrayList<String>();
            accesses.forEach(access -> words.add(access.action() + " on " + access.resource()));
            functions.forEach(function -> words.add("the function " + function));
            return words;
        }
    }

    static Entitlement of(PolicySnapshot snapshot, TargetPolicy target, Principal principal, Command command) {
        List<RolePolicy> held = snapshot.heldBy(principal);
        List<RolePolicy> onTarget =
                held.stream().filter(role -> role.on(target.name())).toList();
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
        var missing = new Missing(accesses, functions);
        List<GrantedRole> granted = snapshot.grantedTo(principal).stream()
                .filter(each -> each.role().on(target.name()))
                .toList();
        if (granted.isEmpty()) {
            List<RolePolicy> seeing = covering.isEmpty() ? onTarget : covering;
            return new Entitlement(
                    snapshot, target, principal, held, onTarget, seeing, List.of(), new Masks(target, seeing), missing);
        }
        return new GrantNeed(snapshot, target, command, covering, missing)
                .of(granted)
                .entitlement(principal, held, onTarget);
    }

    /** Why the roles do not suffice; empty when they do. */
    Optional<Verdict.Deny> refusal(Constraints constraints) {
        if (!constraints.isEmpty()) {
            List<StaticConstraint> violated = snapshot.violated(target, principal);
            if (!violated.isEmpty()) {
                return Optional.of(separated(violated.getFirst(), roleNames()));
            }
        }
        if (onTarget.isEmpty() && granted.isEmpty() && grantedOnTarget().isEmpty()) {
            return Optional.of(since(denied(
                    "no-role",
                    principal.name() + " has no role on target " + target.name() + ".",
                    "Ask an administrator for a role with a permission on " + target.name() + ".")));
        }
        if (!missing.none()) {
            return Optional.of(since(denied(
                    "no-permission",
                    principal.name() + " has no permission for " + listed(missing.inWords()) + " on target "
                            + target.name() + ".",
                    "Roles held here: " + String.join(", ", roleNamesOnTarget())
                            + ". If your duty includes this, ask an administrator for a role with that permission.")));
        }
        return Optional.empty();
    }

    /** Says so when a grant would have covered some of what is missing and is over. */
    private Verdict.Deny since(Verdict.Deny deny) {
        return snapshot.onceGrantedTo(principal).stream()
                .filter(once -> missing.accesses().stream().anyMatch(access -> once.covers(access, target.name()))
                        || missing.functions().stream().anyMatch(function -> once.names(function, target.name()))
                        || (missing.none() && once.role().on(target.name())))
                .findFirst()
                .map(once -> over(once.grant(), deny))
                .orElse(deny);
    }

    private static Verdict.Deny over(Grant grant, Verdict.Deny deny) {
        Grant.End end = grant.end().orElseThrow();
        return new Verdict.Deny(
                List.of("grant-ended", grant.rule()),
                deny.error(),
                "The grant " + grant.id() + " of the role " + grant.role() + " " + end.how() + " at "
                        + Timestamp.of(end.at()) + ". " + deny.message(),
                "Ask for a new grant if you still need it.");
    }

    private List<GrantedRole> grantedOnTarget() {
        return snapshot.grantedTo(principal).stream()
                .filter(each -> each.role().on(target.name()))
                .toList();
    }

    private Verdict.Deny separated(StaticConstraint constraint, Set<String> names) {
        return new Verdict.Deny(
                List.of(constraint.name()),
                CountersignError.CONFLICT_OF_DUTIES,
                principal.name() + " holds roles that one person must not hold together: "
                        + String.join(", ", constraint.among(names)) + " (" + constraint.name() + ").",
                constraint.hint("Ask an administrator to take all but one of them away."));
    }

    /** Names of all roles held, or had for a time. */
    Set<String> roleNames() {
        Set<String> names = names(held);
        snapshot.grantedTo(principal).forEach(each -> names.add(each.role().name()));
        return names;
    }

    /** What lets the command run: roles by their names, grants by their rules. */
    List<String> coveringNames() {
        var names = new ArrayList<>(names(covering));
        granted.forEach(each -> names.add(each.grant().rule()));
        return names;
    }

    private Set<String> roleNamesOnTarget() {
        Set<String> names = names(onTarget);
        grantedOnTarget()
                .forEach(each ->
                        names.add(each.role().name() + " (" + each.grant().rule() + ")"));
        return names;
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
                        .allMatch(access -> Stream.concat(
                                        covering.stream(), granted.stream().map(GrantedRole::role))
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
