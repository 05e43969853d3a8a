package org.countersign.model.policy;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.countersign.model.masking.MaskKind;
import org.countersign.model.session.Principal;

/**
 * A duty boundary.
 *
 * @param masking by data class; {@code *} for every class that is not listed, without it {@code redact}
 * @param rowsPerCommand most rows one command may return; {@link Long#MAX_VALUE} for no limit
 * @param budgets of each of its holders
 */
public record RolePolicy(
        String name,
        Holders holders,
        List<Permission> permissions,
        Map<String, MaskKind> masking,
        long rowsPerCommand,
        List<Budget> budgets) {
    private static final String OTHERWISE = "*";

    public RolePolicy {
        permissions = List.copyOf(permissions);
        masking = Map.copyOf(masking);
        budgets = List.copyOf(budgets);
        if (rowsPerCommand < 1) {
            throw new IllegalArgumentException("a role may return at least one row");
        }
    }

    /** A role without budgets. */
    public RolePolicy(
            String name,
            Holders holders,
            List<Permission> permissions,
            Map<String, MaskKind> masking,
            long rowsPerCommand) {
        this(name, holders, permissions, masking, rowsPerCommand, List.of());
    }

    /** Who holds a role: a client is an agent, a user a person; realm roles and groups say both. */
    public record Holders(Set<String> realmRoles, Set<String> groups, Set<String> clients, Set<String> users) {
        static final Holders NOBODY = new Holders(Set.of(), Set.of(), Set.of(), Set.of());

        public Holders {
            realmRoles = Set.copyOf(realmRoles);
            groups = Set.copyOf(groups);
            clients = Set.copyOf(clients);
            users = Set.copyOf(users);
        }

        public boolean include(Principal principal) {
            return (principal.agent() ? clients : users).contains(principal.name())
                    || !Collections.disjoint(principal.realmRoles(), realmRoles)
                    || !Collections.disjoint(principal.groups(), groups);
        }
    }

    public boolean on(String target) {
        for (Permission permission : permissions) {
            if (permission.on(target)) {
                return true;
            }
        }
        return false;
    }

    /** How holders see values of a data class. */
    public MaskKind mask(String dataClass) {
        MaskKind listed = masking.get(dataClass);
        return listed != null ? listed : masking.getOrDefault(OTHERWISE, MaskKind.REDACT);
    }
}
