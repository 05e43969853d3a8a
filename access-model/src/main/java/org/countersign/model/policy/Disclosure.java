package org.countersign.model.policy;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.countersign.model.CountersignError;
import org.countersign.model.command.Access;
import org.countersign.model.command.Command;
import org.countersign.model.command.FieldName;
import org.countersign.model.command.Resource;
import org.countersign.model.masking.MaskKind;
import org.countersign.model.masking.MaskOutput;

/** The ways in which a hidden value could leave other than as a masked result column, each refused. */
final class Disclosure {
    private static final Set<String> LARGE_OBJECT_READS = Set.of(
            "pg_catalog.lo_get(oid)", "pg_catalog.lo_get(oid,bigint,integer)", "pg_catalog.loread(integer,integer)");

    private final Entitlement entitlement;
    private final Command command;
    private final Masks masks;

    Disclosure(Entitlement entitlement, Command command) {
        this.entitlement = entitlement;
        this.command = command;
        this.masks = entitlement.masks();
    }

    Optional<Verdict.Deny> refusal() {
        if (!masks.hidesAnything()) {
            return Optional.empty();
        }
        // SD005 and not 42501: the permission is there, and no permission helps as long as something is masked
        if (command.accesses().stream().map(Access::resource).anyMatch(Disclosure::untraced)) {
            return Optional.of(new Verdict.Deny(
                    List.of("cannot-be-inspected"),
                    CountersignError.CANNOT_BE_INSPECTED,
                    "It cannot be told what this " + command.kind() + " reaches, and target "
                            + entitlement.target().name() + " has values that are masked for you.",
                    "Only a role that sees every data class of the target in clear can run it."));
        }
        return refusal(
                        "masked-column-in-expression",
                        hidden(command.examined()),
                        " is masked for you: no condition, join, grouping or order may depend on it, and no expression"
                                + " that compares it or can fail because of it.",
                        "Select the column by itself, or leave it out.")
                .or(() -> refusal(
                        "masked-column-moved",
                        hidden(command.moved()),
                        " is masked for you and may not be copied to another place.",
                        "Leave the column out of what you write."))
                .or(() -> refusal(
                        "mask-written",
                        overwrittenByTheirMask(),
                        " is masked for you, and a value of this command is what the mask shows:"
                                + " it would replace the real one.",
                        "Write only the columns that changed, or the real value."))
                .or(() -> refusal(
                        "masked-column-written",
                        unlisted(command.written()),
                        " is masked for you: writing it could replace the real value by its mask.",
                        "Leave the column out, or ask for a permission that lists it by name."));
    }

    /** What may hold any value: everything, and large objects, which belong to no column. */
    private static boolean untraced(Resource resource) {
        return switch (resource) {
            case Resource.Everything everything -> true;
            case Resource.Routine routine -> LARGE_OBJECT_READS.contains(routine.name());
            case Resource.Relation relation -> false;
        };
    }

    private Optional<Verdict.Deny> refusal(String rule, Set<FieldName> fields, String message, String hint) {
        return fields.isEmpty()
                ? Optional.empty()
                : Optional.of(Entitlement.denied(
                        rule,
                        "The column " + named(fields) + message,
                        hint + " If your duty includes its values, ask an administrator for a role that sees the data"
                                + " class " + String.join(", ", hiddenClasses(fields)) + " in clear."));
    }

    private static String named(Set<FieldName> fields) {
        return fields.stream().map(FieldName::toString).sorted().collect(Collectors.joining(", "));
    }

    /** Written fields of which some value of the command is what their mask shows, whoever may write them. */
    private Set<FieldName> overwrittenByTheirMask() {
        var overwritten = new HashSet<FieldName>();
        for (FieldName field : command.written()) {
            MaskKind kind = masks.of(field);
            boolean recognised = Stream.concat(
                            command.parameters().stream().flatMap(parameter -> parameter.value().stream()),
                            command.constants().stream())
                    .anyMatch(text -> MaskOutput.recognised(kind, text));
            if (recognised) {
                overwritten.add(field);
            }
        }
        return overwritten;
    }

    /** What the fields hold that is not shown in clear. */
    private Set<String> hiddenClasses(Set<FieldName> fields) {
        var classes = new TreeSet<String>();
        for (FieldName field : fields) {
            for (String dataClass : entitlement.target().classesOf(field)) {
                if (masks.of(dataClass) != MaskKind.CLEAR) {
                    classes.add(dataClass);
                }
            }
        }
        return classes;
    }

    private Set<FieldName> hidden(Set<FieldName> fields) {
        return fields.stream().filter(masks::hides).collect(Collectors.toSet());
    }

    private Set<FieldName> unlisted(Set<FieldName> fields) {
        return fields.stream()
                .filter(masks::hides)
                .filter(field -> !entitlement.listsByName(command, field))
                .collect(Collectors.toSet());
    }
}
