package org.countersign.core.policy;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.countersign.model.masking.MaskKind;
import org.countersign.model.policy.Budget;
import org.countersign.model.policy.Glob;
import org.countersign.model.policy.Permission;
import org.countersign.model.policy.ResourcePattern;
import org.countersign.model.policy.RolePolicy;

/** Reads {@code Role}. */
final class RoleReader implements SpecReader {
    /** Every action a permission may give; the protocol page explains each. */
    static final List<String> ACTIONS = Actions.ALL;

    static final RolePolicy.Holders NOBODY = holders(Set.of(), Set.of());

    private static final List<String> MASKS =
            Stream.of(MaskKind.values()).map(MaskKind::label).toList();
    private static final String CLASS_OR_ANY = "\\*|[a-z][a-z0-9-]{0,62}";

    @Override
    public Supplier<Manifest.Spec> read(String name, Fields metadata, Value value) {
        Fields spec = value.fields("holders", "permissions", "masking", "limits");
        RolePolicy.Holders holders = spec.required("holders", RoleReader::holders, NOBODY);
        List<Permission> permissions = spec.required("permissions", RoleReader::permissions, List.of());
        Map<String, MaskKind> masking = spec.optional("masking", RoleReader::masking, Map.of());
        Optional<Fields> limits = spec.optional("limits").map(at -> at.fields("rowsPerCommand", "budgets"));
        long rows = limits.flatMap(fields -> fields.optional("rowsPerCommand"))
                .map(limit -> limit.integer(1, Integer.MAX_VALUE))
                .orElse(Long.MAX_VALUE);
        List<Budget> budgets = limits.flatMap(fields -> fields.optional("budgets"))
                .map(at -> BudgetReader.read(name, at))
                .orElse(List.of());
        return () -> new Manifest.Spec.OfRole(new RolePolicy(name, holders, permissions, masking, rows, budgets));
    }

    static RolePolicy.Holders holders(Value value) {
        Fields fields = value.fields("realmRoles", "groups", "clients", "users");
        var users = new HashSet<String>();
        fields.optional("users", Value::texts, Set.<String>of())
                .forEach(user -> users.add(user.toLowerCase(Locale.ROOT)));
        return new RolePolicy.Holders(
                fields.optional("realmRoles", Value::texts, Set.of()),
                fields.optional("groups", Value::texts, Set.of()),
                fields.optional("clients", Value::texts, Set.of()),
                users);
    }

    private static RolePolicy.Holders holders(Set<String> clients, Set<String> users) {
        return new RolePolicy.Holders(Set.of(), Set.of(), clients, users);
    }

    private static List<Permission> permissions(Value value) {
        List<Permission> permissions = value.list(RoleReader::permission);
        if (permissions.isEmpty()) {
            value.problem("expected at least one permission");
        }
        return permissions;
    }

    private static Permission permission(Value value) {
        Fields fields = value.fields("targets", "actions", "resources", "functions");
        return new Permission(
                fields.required("targets", at -> at.list(RoleReader::target), List.of()),
                fields.required("actions", at -> at.list(RoleReader::action), List.of()),
                fields.required("resources", at -> at.list(RoleReader::resource), List.of()),
                fields.optional("functions", at -> at.list(Value::glob), List.of()));
    }

    /** A name without a star means one target, which then has to exist. */
    static Glob target(Value value) {
        Glob glob = value.glob();
        if (glob.literal()) {
            value.reading().reference(value.node(), value.path(), ManifestKind.TARGET, glob.toString());
        }
        return glob;
    }

    private static Glob action(Value value) {
        Glob glob = value.glob();
        if (!glob.toString().isEmpty() && ACTIONS.stream().noneMatch(glob::matches)) {
            value.problem("unknown action " + glob + "; allowed: " + String.join(", ", ACTIONS)
                    + ", and patterns of them such as sql:*");
        }
        return glob;
    }

    private static ResourcePattern resource(Value value) {
        try {
            return new ResourcePattern(value.glob().toString());
        } catch (IllegalArgumentException e) {
            value.problem(String.valueOf(e.getMessage()));
            return new ResourcePattern("none");
        }
    }

    private static Map<String, MaskKind> masking(Value value) {
        var masking = new HashMap<String, MaskKind>();
        value.entries().forEach((dataClass, mask) -> {
            if (!dataClass.matches(CLASS_OR_ANY)) {
                mask.problem("the data class " + dataClass + " is neither * nor lower-case letters, digits and dashes");
            }
            MaskKind.of(mask.choice(MASKS)).ifPresent(kind -> masking.put(dataClass, kind));
        });
        return masking;
    }
}
