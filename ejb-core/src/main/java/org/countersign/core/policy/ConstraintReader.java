package org.countersign.core.policy;

import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.countersign.model.policy.StaticConstraint;
import org.countersign.model.policy.TargetSelector;

/** Reads {@code SegregationConstraint}. */
final class ConstraintReader implements SpecReader {
    private static final List<String> TYPES = List.of("static");

    @Override
    public Supplier<Manifest.Spec> read(String name, Fields metadata, Value value) {
        Fields spec = value.fields("type", "roles", "targets");
        spec.required("type", at -> at.choice(TYPES), "");
        Set<String> roles = spec.required("roles", ConstraintReader::roles, Set.of());
        TargetSelector targets = spec.optional("targets", SelectorReader::read, TargetSelector.everyTarget());
        return () -> new Manifest.Spec.OfConstraint(new StaticConstraint(name, targets, roles));
    }

    private static Set<String> roles(Value value) {
        Set<String> roles = value.texts();
        if (roles.size() < 2) {
            value.problem("expected at least two different roles");
        }
        value.items()
                .forEach(item -> item.reading().reference(item.node(), item.path(), ManifestKind.ROLE, item.text()));
        return roles;
    }
}
