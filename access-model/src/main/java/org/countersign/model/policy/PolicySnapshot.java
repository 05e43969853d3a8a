package org.countersign.model.policy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.countersign.model.command.FieldName;
import org.countersign.model.session.Principal;
import org.countersign.model.session.SessionFacts;

/**
 * The whole policy of one version, ready to decide. Immutable: a session that holds one sees no half of a change.
 *
 * @param version counts confirmed changes; 1 is the first
 * @param targets by name
 * @param risk how risks are weighed
 * @param index of these targets, roles and guardrails
 * @param grants what some principals have beyond their roles for a time; no part of the version
 */
public record PolicySnapshot(
        long version,
        Map<String, TargetPolicy> targets,
        List<RolePolicy> roles,
        List<Guardrail> guardrails,
        Constraints constraints,
        Registry registry,
        RiskModel risk,
        PolicyIndex index,
        Exceptions exceptions,
        Grants grants) {
    public PolicySnapshot {
        targets = Map.copyOf(targets);
        roles = List.copyOf(roles);
        guardrails = List.copyOf(guardrails);
    }

    public PolicySnapshot(
            long version,
            Map<String, TargetPolicy> targets,
            List<RolePolicy> roles,
            List<Guardrail> guardrails,
            Constraints constraints,
            Registry registry,
            RiskModel risk,
            Exceptions exceptions) {
        this(
                version,
                targets,
                roles,
                guardrails,
                constraints,
                registry,
                risk,
                new PolicyIndex(targets.values(), roles, guardrails),
                exceptions,
                Grants.NONE);
    }

    /** A policy by which nobody gets more than his roles. */
    public PolicySnapshot(
            long version,
            Map<String, TargetPolicy> targets,
            List<RolePolicy> roles,
            List<Guardrail> guardrails,
            Constraints constraints,
            Registry registry,
            RiskModel risk) {
        this(version, targets, roles, guardrails, constraints, registry, risk, Exceptions.NONE);
    }

    /** A policy that weighs risks as it is without one that says how. */
    public PolicySnapshot(
            long version,
            Map<String, TargetPolicy> targets,
            List<RolePolicy> roles,
            List<Guardrail> guardrails,
            Constraints constraints,
            Registry registry) {
        this(version, targets, roles, guardrails, constraints, registry, RiskModel.DEFAULT, Exceptions.NONE);
    }

    /** A policy that names no agents and no persons. */
    public PolicySnapshot(
            long version,
            Map<String, TargetPolicy> targets,
            List<RolePolicy> roles,
            List<Guardrail> guardrails,
            List<? extends SegregationConstraint> constraints) {
        this(version, targets, roles, guardrails, constraints, Registry.EMPTY);
    }

    public PolicySnapshot(
            long version,
            Map<String, TargetPolicy> targets,
            List<RolePolicy> roles,
            List<Guardrail> guardrails,
            List<? extends SegregationConstraint> constraints,
            Registry registry) {
        this(version, targets, roles, guardrails, new Constraints(constraints, targets.values(), roles), registry);
    }

    public Optional<TargetPolicy> target(String name) {
        return Optional.ofNullable(targets.get(name));
    }

    /** Returns whether what was done on a target of this name is a constraint's matter; what is not known any more may be. */
    public boolean mayConcern(SegregationConstraint constraint, String target) {
        return target(target).map(constraint.targets()::selects).orElse(true);
    }

    /** The same policy, beside which these are given. */
    public PolicySnapshot with(Grants given) {
        return new PolicySnapshot(
                version, targets, roles, guardrails, constraints, registry, risk, index, exceptions, given);
    }

    /** The policy as it is for one command of a session at this moment. */
    PolicySnapshot at(SessionFacts session, long command, Instant now) {
        return grants == Grants.NONE ? this : with(grants.at(session, command, now));
    }

    /** Every role the principal may use, on whatever target: what he holds and what he has for a time. */
    public List<RolePolicy> rolesOf(Principal principal) {
        List<RolePolicy> held = heldBy(principal);
        List<GrantedRole> granted = grantedTo(principal);
        if (granted.isEmpty()) {
            return held;
        }
        var all = new ArrayList<>(held);
        granted.forEach(each -> all.add(each.role()));
        return all;
    }

    /** Every role the principal holds, within what he and his agents are registered for. */
    List<RolePolicy> heldBy(Principal principal) {
        return registry.limit(principal, index.heldBy(principal));
    }

    /** What the principal has for a time, within the same. A role that the policy does not have any more gives nothing. */
    List<GrantedRole> grantedTo(Principal principal) {
        return granted(principal, grants.inForce(principal));
    }

    /** What the principal had lately, the latest first. */
    List<GrantedRole> onceGrantedTo(Principal principal) {
        return granted(principal, grants.over(principal));
    }

    private List<GrantedRole> granted(Principal principal, List<Grant> some) {
        if (some.isEmpty()) {
            return List.of();
        }
        var granted = new ArrayList<GrantedRole>();
        for (Grant grant : some) {
            role(grant.role())
                    .filter(role -> mayHave(principal, role))
                    .ifPresent(role -> granted.add(new GrantedRole(grant, grant.of(role))));
        }
        return granted;
    }

    /** Returns whether nothing that he and his agents are registered for, or act through, keeps a role from him. */
    public boolean mayHave(Principal principal, RolePolicy role) {
        return !registry.limit(principal, List.of(role)).isEmpty();
    }

    public Optional<RolePolicy> role(String name) {
        return roles.stream().filter(role -> role.name().equals(name)).findFirst();
    }

    /** The static constraints that a principal violates on a target by what he holds and has for a time. */
    public List<StaticConstraint> violated(TargetPolicy target, Principal principal) {
        var names = new HashSet<String>();
        rolesOf(principal).forEach(role -> names.add(role.name()));
        return constraints.violated(target, names).stream()
                .filter(constraint -> constraint.violatedBy(roleNames(principal, constraint)))
                .toList();
    }

    /** The names of the roles that a static constraint counts: those he has for a time unless one overrides it. */
    public Set<String> roleNames(Principal principal, StaticConstraint constraint) {
        var names = new HashSet<String>();
        heldBy(principal).forEach(role -> names.add(role.name()));
        for (GrantedRole granted : grantedTo(principal)) {
            if (!granted.grant().overrides().contains(constraint.name())) {
                names.add(granted.role().name());
            }
        }
        return names;
    }

    /** Every field of the target that has a data class; empty for an unknown target. */
    public Set<FieldName> classified(String target) {
        return target(target).map(policy -> policy.classes().keySet()).orElse(Set.of());
    }
}
