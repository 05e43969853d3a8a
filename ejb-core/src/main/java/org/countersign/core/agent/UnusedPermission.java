package org.countersign.core.agent;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.countersign.core.agent.PermissionUses.Use;
import org.countersign.model.policy.Glob;
import org.countersign.model.policy.Permission;
import org.countersign.model.policy.ResourcePattern;
import org.countersign.model.policy.RolePolicy;

/**
 * One action on one resource, as a role gives it and an agent does not use it. The columns of a column set are not
 * looked at one by one.
 *
 * @param action a glob; empty for a function
 * @param resource a glob, with a column set where the role has one
 */
public record UnusedPermission(String role, List<String> targets, Optional<String> action, String resource) {
    public UnusedPermission {
        targets = List.copyOf(targets);
    }

    /** What of a role these uses leave aside. */
    static List<UnusedPermission> of(RolePolicy role, List<Use> uses) {
        var unused = new ArrayList<UnusedPermission>();
        for (Permission permission : role.permissions()) {
            List<String> targets =
                    permission.targets().stream().map(Glob::toString).toList();
            List<Use> near =
                    uses.stream().filter(use -> permission.on(use.target())).toList();
            for (Glob action : permission.actions()) {
                for (ResourcePattern resource : permission.resources()) {
                    if (near.stream()
                            .noneMatch(use -> action.matches(use.deed().action())
                                    && resource.reaches(use.deed().resource()))) {
                        unused.add(new UnusedPermission(
                                role.name(), targets, Optional.of(action.toString()), resource.toString()));
                    }
                }
            }
            for (Glob function : permission.functions()) {
                if (near.stream().noneMatch(use -> function.matches(use.deed().resource()))) {
                    unused.add(new UnusedPermission(role.name(), targets, Optional.empty(), function.toString()));
                }
            }
        }
        return unused;
    }

    /** {@code orders-writer: sql:delete on public.orders (shop)}. */
    public String text() {
        return role + ": " + action.map(known -> known + " on ").orElse("the function ") + resource + " ("
                + String.join(", ", targets) + ")";
    }
}
