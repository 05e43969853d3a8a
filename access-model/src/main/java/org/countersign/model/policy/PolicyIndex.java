package org.countersign.model.policy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.countersign.model.session.Principal;
import org.jspecify.annotations.Nullable;

/**
 * Finds the guardrails of a target and the roles of a principal without asking each one, so that a decision costs what
 * concerns it and not what there is. Immutable.
 */
public final class PolicyIndex {
    private final List<RolePolicy> roles;
    private final List<Guardrail> guardrails;
    private final Map<String, List<Guardrail>> guardrailsByTarget = new HashMap<>();
    private final Map<String, int[]> byClient = new HashMap<>();
    private final Map<String, int[]> byUser = new HashMap<>();
    private final Map<String, int[]> byRealmRole = new HashMap<>();
    private final Map<String, int[]> byGroup = new HashMap<>();

    PolicyIndex(Iterable<TargetPolicy> targets, List<RolePolicy> roles, List<Guardrail> guardrails) {
        this.roles = List.copyOf(roles);
        this.guardrails = List.copyOf(guardrails);
        for (TargetPolicy target : targets) {
            guardrailsByTarget.put(target.name(), selecting(target));
        }
        for (int position = 0; position < this.roles.size(); position++) {
            RolePolicy.Holders holders = this.roles.get(position).holders();
            add(byClient, holders.clients(), position);
            add(byUser, holders.users(), position);
            add(byRealmRole, holders.realmRoles(), position);
            add(byGroup, holders.groups(), position);
        }
    }

    private List<Guardrail> selecting(TargetPolicy target) {
        return guardrails.stream()
                .filter(guardrail -> guardrail.targets().selects(target))
                .toList();
    }

    private static void add(Map<String, int[]> positions, Set<String> names, int position) {
        for (String name : names) {
            int[] before = positions.getOrDefault(name, new int[0]);
            int[] more = Arrays.copyOf(before, before.length + 1);
            more[before.length] = position;
            positions.put(name, more);
        }
    }

    /** The guardrails that select a target of this policy, in their order. */
    List<Guardrail> guardrailsOn(TargetPolicy target) {
        List<Guardrail> selecting = guardrailsByTarget.get(target.name());
        return selecting == null ? selecting(target) : selecting;
    }

    /** The roles that a principal holds, in their order. */
    List<RolePolicy> heldBy(Principal principal) {
        var found = new BitSet();
        mark(found, (principal.agent() ? byClient : byUser).get(principal.name()));
        if (!byRealmRole.isEmpty()) {
            principal.realmRoles().forEach(name -> mark(found, byRealmRole.get(name)));
        }
        if (!byGroup.isEmpty()) {
            principal.groups().forEach(name -> mark(found, byGroup.get(name)));
        }
        var held = new ArrayList<RolePolicy>(found.cardinality());
        for (int position = found.nextSetBit(0); position >= 0; position = found.nextSetBit(position + 1)) {
            held.add(roles.get(position));
        }
        return held;
    }

    private static void mark(BitSet found, int @Nullable [] positions) {
        if (positions != null) {
            for (int position : positions) {
                found.set(position);
            }
        }
    }
}
