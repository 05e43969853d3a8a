package org.countersign.core.policy;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.countersign.model.policy.DynamicConstraint;
import org.countersign.model.policy.SegregationConstraint;
import org.countersign.model.policy.StaticConstraint;
import org.countersign.model.policy.TargetSelector;

/** Reads {@code SegregationConstraint}. */
final class ConstraintReader implements SpecReader {
    private static final String STATIC = "static";
    private static final String DYNAMIC = "dynamic";
    private static final String HISTORY = "history";
    private static final List<String> TYPES = List.of(STATIC, DYNAMIC, HISTORY);
    private static final Duration LONGEST = Duration.ofDays(3_650);

    /** The keys that not every type has. */
    private static final Map<String, Set<String>> TYPES_OF = Map.of(
            "roles", Set.of(STATIC, DYNAMIC),
            "scope", Set.of(STATIC),
            "duties", Set.of(DYNAMIC),
            "per", Set.of(DYNAMIC),
            "who", Set.of(HISTORY),
            "mayNot", Set.of(HISTORY),
            "same", Set.of(HISTORY));

    /** What every type has. */
    private record Common(String name, TargetSelector targets, Optional<Duration> within, String message) {}

    @Override
    public Supplier<Manifest.Spec> read(String name, Fields metadata, Value value) {
        Fields spec = value.fields(
                "type", "roles", "scope", "duties", "per", "who", "mayNot", "same", "within", "targets", "message");
        String type = spec.required("type", at -> at.choice(TYPES), "");
        var common = new Common(
                name,
                spec.optional("targets", SelectorReader::read, TargetSelector.everyTarget()),
                spec.optional("within").map(at -> at.duration(LONGEST)),
                spec.optional("message", Value::text, ""));
        if (TYPES.contains(type)) {
            TYPES_OF.forEach((key, types) -> spec.optional(key)
                    .filter(at -> !types.contains(type))
                    .ifPresent(at -> at.problem(key + " does not go with type " + type)));
        }
        return switch (type) {
            case STATIC -> made(readStatic(common, spec));
            case DYNAMIC -> made(readDynamic(common, spec, value));
            case HISTORY -> made(HistoryReader.read(common.name, common.targets, common.within, common.message, spec));
            default ->
                () -> {
                    throw new IllegalStateException("read with problems");
                };
        };
    }

    private static Supplier<Manifest.Spec> made(Supplier<? extends SegregationConstraint> constraint) {
        return () -> new Manifest.Spec.OfConstraint(constraint.get());
    }

    private static Supplier<StaticConstraint> readStatic(Common common, Fields spec) {
        Set<String> roles = spec.required("roles", ConstraintReader::roles, Set.of());
        var scope = spec.optional(
                "scope", at -> choice(at, StaticConstraint.Scope.values()), StaticConstraint.Scope.PERSON);
        return () -> new StaticConstraint(common.name, common.targets, roles, scope, common.within, common.message);
    }

    private static Supplier<DynamicConstraint> readDynamic(Common common, Fields spec, Value value) {
        if (spec.has("roles") == spec.has("duties")) {
            value.problem("expected either roles or duties");
        }
        Set<String> roles = spec.optional("roles", ConstraintReader::roles, Set.of());
        List<DynamicConstraint.Duty> duties = spec.optional("duties", ConstraintReader::duties, List.of());
        var per = spec.optional("per", at -> choice(at, DynamicConstraint.Per.values()), DynamicConstraint.Per.SESSION);
        return () ->
                new DynamicConstraint(common.name, common.targets, per, roles, duties, common.within, common.message);
    }

    /** One of an enum's names in lower case. */
    static <E extends Enum<E>> E choice(Value value, E[] values) {
        List<String> labels = Stream.of(values)
                .map(each -> each.name().toLowerCase(Locale.ROOT))
                .toList();
        int chosen = labels.indexOf(value.choice(labels));
        return values[Math.max(chosen, 0)];
    }

    private static List<DynamicConstraint.Duty> duties(Value value) {
        List<DynamicConstraint.Duty> duties = value.list(ConstraintReader::duty);
        if (duties.stream().map(DynamicConstraint.Duty::name).distinct().count() < 2) {
            value.problem("expected at least two duties of different names");
        }
        return duties;
    }

    private static DynamicConstraint.Duty duty(Value value) {
        Fields fields = value.fields("name", "actions", "resources");
        return new DynamicConstraint.Duty(
                fields.required("name", Value::text, ""), HistoryReader.ofCommands(fields, "actions", "resources"));
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
