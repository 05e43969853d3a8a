package org.countersign.core.policy;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.countersign.model.command.FieldName;

/** Reads {@code Classification}. */
final class ClassificationReader implements SpecReader {
    private static final List<String> DETECTORS = List.of("pan", "email", "iban", "secret");
    private static final String CLASS = "[a-z][a-z0-9-]{0,62}";
    private static final String NAME_PART = "(\"(?:[^\"]|\"\")+\"|[^\".]+)";
    private static final Pattern FIELD = Pattern.compile("(" + NAME_PART + "\\." + NAME_PART + ")\\." + NAME_PART);

    @Override
    public Supplier<Manifest.Spec> read(String name, Fields metadata, Value value) {
        Fields spec = value.fields("target", "columns", "documents", "detectors");
        String target = spec.required("target", ClassificationReader::target, "");
        var classes = new HashMap<FieldName, Set<String>>();
        var documents = new HashSet<FieldName>();
        spec.optional("columns")
                .ifPresent(columns -> columns.entries()
                        .forEach((column, at) ->
                                field(column, at).ifPresent(field -> add(classes, field, Set.of(dataClass(at))))));
        spec.optional("documents")
                .ifPresent(columns -> columns.entries()
                        .forEach((column, at) -> field(column, at).ifPresent(field -> {
                            add(classes, field, pathClasses(at));
                            documents.add(field);
                        })));
        Set<String> detectors = spec.optional(
                "detectors", at -> new HashSet<>(at.list(item -> item.choice(DETECTORS))), new HashSet<>());
        return () -> new Manifest.Spec.OfClassification(target, classes, documents, detectors);
    }

    private static String target(Value value) {
        String target = value.text();
        value.reading().reference(value.node(), value.path(), ManifestKind.TARGET, target);
        return target;
    }

    private static Optional<FieldName> field(String column, Value at) {
        var parts = FIELD.matcher(column);
        if (!parts.matches()) {
            at.problem("the column " + column + " is not written schema.relation.column");
            return Optional.empty();
        }
        return Optional.of(new FieldName(parts.group(1), parts.group(4)));
    }

    private static void add(Map<FieldName, Set<String>> classes, FieldName field, Set<String> added) {
        classes.computeIfAbsent(field, unseen -> new HashSet<>()).addAll(added);
    }

    private static Set<String> pathClasses(Value value) {
        var classes = new HashSet<String>();
        value.entries().forEach((path, at) -> {
            if (!path.startsWith("$")) {
                at.problem("the document path " + path + " does not start with $");
            }
            classes.add(dataClass(at));
        });
        if (classes.isEmpty()) {
            value.problem("expected at least one document path");
        }
        return classes;
    }

    private static String dataClass(Value value) {
        return value.matching(CLASS, "a data class of lower-case letters, digits and dashes, such as pan");
    }
}
