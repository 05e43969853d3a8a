package org.countersign.model.policy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.countersign.model.command.FieldName;
import org.countersign.model.session.Principal;

/**
 * The whole policy of one version, ready to decide. Immutable: a session that holds one sees no half of a change.
 *
 * @param version counts confirmed changes; 1 is the first
 * @param targets by name
 * @param risk how risks are weighed
 * @param index of these targets, roles and guardrails
 */
public record PolicySnapshot(
        long version,
        Map<String, TargetPolicy> targets,
        List<RolePolicy> roles,
        List<Guardrail> guardrails,
        Constraints constraints,
        Registry registry,
        RiskModel risk,
        PolicyIndex index) {
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
            RiskModel risk) {
        this(
                version,
                targets,
                roles,
                guardrails,
                constraints,
                registry,
                risk,
                new PolicyIndex(targets.values(), roles, guardrails));
    }

    /** A policy that weighs risks as it is without one that says how. */
    public PolicySnapshot(
            long version,
            Map<String, TargetPolicy> targets,
            List<RolePolicy> roles,
            List<Guardrail> guardrails,
            Constraints constraints,
            Registry registry) {
        this(version, targets, roles, guardrails, constraints, registry, RiskModel.DEFAULT);
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

    /** Every role the principal may use, on whatever target: what he holds, within what he and his agents are registered for. */
    public List<RolePolicy> rolesOf(Principal principal) {
        return registry.limit(principal, index.heldBy(principal), roles);
    }

    /** Every field of the target that has a data class; empty for an unknown target. */
    public Set<FieldName> classified(String target) {
        return target(target).map(policy -> policy.classes().keySet()).orElse(Set.of());
    }
}
