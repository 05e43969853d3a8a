package org.countersign.connector.corpus;

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
 * Who may do what with the vault. {@code masked} may do everything and sees classified values masked, so that whatever
 * is refused is refused for its meaning; {@code namer} may call some functions as well; {@code reader} may read two tables; {@code clear} may do and see everything.
 * No detector runs: the second net must not hide a hole in the first.
 */
final class VaultPolicy {
    static final Map<FieldName, Set<String>> CLASSES = Map.ofEntries(
            classified("people", "email", "email"),
            classified("people", "contact", "email"),
            classified("people", "card", "pan"),
            classified("people", "phone", "phone"),
            classified("people", "salary", "confidential"),
            classified("people", "profile", "confidential"),
            classified("people", "born", "birth"),
            classified("people", "token", "confidential"),
            classified("people", "address", "network"),
            classified("people", "tags", "confidential"),
            classified("people", "home", "address"),
            classified("people", "photo", "confidential"),
            classified("ledger", "account", "confidential"),
            classified("staff", "badge", "confidential"),
            classified("derived", "secret", "confidential"),
            classified("letters", "body", "confidential"));

    private VaultPolicy() {}

    private static Map.Entry<FieldName, Set<String>> classified(String table, String column, String dataClass) {
        return Map.entry(new FieldName("public." + table, column), Set.of(dataClass));
    }

    static PolicySnapshot of(Upstream upstream) {
        var target = TestTargets.shop(upstream, CLASSES, Set.of());
        Map<String, MaskKind> masks = Map.of("pan", MaskKind.FIRST6LAST4, "email", MaskKind.PARTIAL);
        return new PolicySnapshot(
                1,
                Map.of("shop", target),
                List.of(
                        role("masked", List.of("*"), List.of("*"), List.of(), masks),
                        role(
                                "reader",
                                List.of("sql:select", "sql:copy-out"),
                                List.of("public.people", "public.orders"),
                                List.of(),
                                masks),
                        role(
                                "namer",
                                List.of("*"),
                                List.of("*"),
                                List.of("public.greet(*", "public.tally(*", "public.coin_lt(*", "public.coin_eq(*"),
                                masks),
                        role("clear", List.of("*"), List.of("*"), List.of("*"), Map.of("*", MaskKind.CLEAR))),
                List.of(),
                List.of());
    }

    private static RolePolicy role(
            String name,
            List<String> actions,
            List<String> resources,
            List<String> functions,
            Map<String, MaskKind> masks) {
        return new RolePolicy(
                name,
                new RolePolicy.Holders(Set.of(), Set.of(), Set.of(), Set.of(name)),
                List.of(new Permission(
                        List.of(new Glob("shop")),
                        globs(actions),
                        resources.stream().map(ResourcePattern::new).toList(),
                        globs(functions))),
                masks,
                Long.MAX_VALUE);
    }

    private static List<Glob> globs(List<String> texts) {
        return texts.stream().map(Glob::new).toList();
    }
}
