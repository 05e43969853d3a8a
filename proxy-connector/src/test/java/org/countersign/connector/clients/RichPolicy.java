package org.countersign.connector.clients;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.countersign.connector.TestTargets;
import org.countersign.model.command.FieldName;
import org.countersign.model.masking.MaskKind;
import org.countersign.model.policy.Glob;
import org.countersign.model.policy.Permission;
import org.countersign.model.policy.PolicySnapshot;
import org.countersign.model.policy.ResourcePattern;
import org.countersign.model.policy.RolePolicy;
import org.countersign.model.port.SessionGrant.Upstream;

/**
 * Who may do what with the rich schema: {@link #CLEAR} may do and see everything, {@link #MASKED} may do everything and sees
 * classified values masked.
 */
final class RichPolicy {
    static final String CLEAR = ComparedTarget.USER;
    static final String MASKED = "mallory";
    static final String TARGET = "shop";

    /** In the database with the rich schema; one that is still empty cannot have classified columns. */
    static final Map<FieldName, Set<String>> CLASSES = Map.of(
            new FieldName("sales.customers", "card"), Set.of("pan"),
            new FieldName("sales.customers", "email"), Set.of("email"));

    private RichPolicy() {}

    static PolicySnapshot of(Upstream upstream, Map<FieldName, Set<String>> classes) {
        var target = TestTargets.shop(upstream, classes, Set.of());
        return new PolicySnapshot(
                1,
                Map.of(TARGET, target),
                List.of(
                        role(CLEAR, Map.of("*", MaskKind.CLEAR)),
                        role(MASKED, Map.of("pan", MaskKind.FIRST6LAST4, "email", MaskKind.PARTIAL))),
                List.of(),
                List.of());
    }

    private static RolePolicy role(String name, Map<String, MaskKind> masks) {
        var all = List.of(new Glob("*"));
        return new RolePolicy(
                name,
                new RolePolicy.Holders(Set.of(), Set.of(), Set.of(), Set.of(name)),
                List.of(new Permission(all, all, List.of(new ResourcePattern("*")), all)),
                masks,
                Long.MAX_VALUE);
    }
}
