package org.countersign.core.effect;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.countersign.core.effect.EffectView.Rights;
import org.countersign.model.policy.Permission;
import org.countersign.model.policy.PolicySnapshot;
import org.countersign.model.policy.RolePolicy;
import org.countersign.model.session.Principal;

/** Which permissions, as roles have them written, each principal has in one policy and not in another. */
final class RightsDiff {
    private RightsDiff() {}

    /** Returns those who gain or lose something, by name. */
    static List<Rights> between(PolicySnapshot before, PolicySnapshot after, Collection<Principal> principals) {
        var changed = new LinkedHashMap<String, Rights>();
        principals.stream().sorted(Comparator.comparing(Principal::name)).forEach(principal -> {
            Set<String> had = permissions(before, principal);
            Set<String> has = permissions(after, principal);
            List<String> gains = without(has, had);
            List<String> loses = without(had, has);
            if (!gains.isEmpty() || !loses.isEmpty()) {
                changed.put(
                        principal.issuer() + " " + principal.subject() + " " + principal.name(),
                        new Rights(principal.name(), principal.agent(), gains, loses));
            }
        });
        return List.copyOf(changed.values());
    }

    private static List<String> without(Set<String> these, Set<String> those) {
        var rest = new ArrayList<>(these);
        rest.removeAll(those);
        return rest;
    }

    private static Set<String> permissions(PolicySnapshot policy, Principal principal) {
        var words = new TreeSet<String>();
        for (RolePolicy role : policy.rolesOf(principal)) {
            for (Permission permission : role.permissions()) {
                permission.targets().forEach(target -> {
                    permission
                            .actions()
                            .forEach(action -> permission
                                    .resources()
                                    .forEach(resource -> words.add(action + " on " + resource + " of " + target)));
                    permission.functions().forEach(function -> words.add("calls of " + function + " of " + target));
                });
            }
            role.masking()
                    .forEach((data, mask) -> words.add(data + " shown as "
                            + mask.name().toLowerCase(java.util.Locale.ROOT) + " to holders of " + role.name()));
        }
        return words;
    }
}
