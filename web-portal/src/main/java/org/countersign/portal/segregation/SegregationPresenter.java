package org.countersign.portal.segregation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.countersign.core.InvalidRequestException;
import org.countersign.core.NotAllowedException;
import org.countersign.core.identity.Caller;
import org.countersign.core.policy.ManifestException;
import org.countersign.core.segregation.ConflictReport;
import org.countersign.core.segregation.ConstraintService;
import org.countersign.core.segregation.ConstraintView;

/** Shows what is kept apart, and tries drafts of constraints. */
public final class SegregationPresenter {
    /** How many roles a matrix has at most, and how many constraints a page without a search. */
    static final int FEW = 16;

    private final ConstraintService constraints;
    private final Supplier<Caller> caller;

    public SegregationPresenter(ConstraintService constraints, Supplier<Caller> caller) {
        this.constraints = constraints;
        this.caller = caller;
    }

    /** What there is to see. */
    public sealed interface Listing {}

    public record Open(List<ConstraintView> constraints) implements Listing {
        /** Every role that is kept apart from another, sorted. */
        public List<String> roles() {
            return constraints.stream()
                    .flatMap(constraint -> constraint.roles().stream())
                    .distinct()
                    .sorted()
                    .toList();
        }

        /** Whether there is more than anybody reads at a glance. */
        public boolean crowded() {
            return constraints.size() > FEW || roles().size() > FEW;
        }

        /** The constraints of whose name, or of the name of one of whose roles, this is a part, in any case. */
        public Open about(String part) {
            String wanted = part.strip().toLowerCase(Locale.ROOT);
            return new Open(constraints.stream()
                    .filter(constraint -> Stream.concat(Stream.of(constraint.name()), constraint.roles().stream())
                            .anyMatch(name -> name.toLowerCase(Locale.ROOT).contains(wanted)))
                    .toList());
        }

        /** From what each role is kept apart, and by which constraints. */
        public SortedMap<String, SortedMap<String, List<ConstraintView>>> separations() {
            var all = new TreeMap<String, SortedMap<String, List<ConstraintView>>>();
            for (ConstraintView constraint : constraints) {
                for (String one : constraint.roles()) {
                    for (String other : constraint.roles()) {
                        if (!one.equals(other)) {
                            all.computeIfAbsent(one, first -> new TreeMap<>())
                                    .computeIfAbsent(other, first -> new ArrayList<>())
                                    .add(constraint);
                        }
                    }
                }
            }
            return all;
        }

        /** The constraints that separate two roles. */
        public List<ConstraintView> between(String one, String other) {
            return one.equals(other)
                    ? List.of()
                    : constraints.stream()
                            .filter(constraint -> constraint.roles().contains(one)
                                    && constraint.roles().contains(other))
                            .toList();
        }
    }

    /** @param reason written for the reader */
    public record Closed(String reason) implements Listing {}

    /** What came of a draft. */
    public sealed interface Trial {}

    public record Tried(List<ConflictReport> reports) implements Trial {}

    /** @param reason written for the author */
    public record Unreadable(String reason) implements Trial {}

    public Listing list() {
        try {
            return new Open(constraints.list(caller.get()));
        } catch (NotAllowedException e) {
            return new Closed(String.valueOf(e.getMessage()));
        }
    }

    public Trial tried(String yaml) {
        try {
            return new Tried(constraints.report(caller.get(), yaml));
        } catch (ManifestException | InvalidRequestException | NotAllowedException e) {
            return new Unreadable(String.valueOf(e.getMessage()));
        }
    }

    /** How far a constraint reaches, for people. */
    public static String reach(ConstraintView constraint) {
        String reach = switch (constraint.type()) {
            case "static" ->
                constraint.reach().equals("person")
                        ? "not held together by one person and his agents"
                        : "not held together by one principal";
            case "dynamic" -> "not used together in one " + constraint.reach();
            default ->
                constraint.reach().equals("any")
                        ? "wherever it was done"
                        : "when it was done on the same " + constraint.reach();
        };
        return constraint
                .within()
                .map(within -> reach + ", for " + time(within))
                .orElse(reach);
    }

    private static String time(Duration within) {
        return within.toDays() > 0 && within.toSecondsPart() == 0 && within.toHoursPart() == 0
                ? within.toDays() + (within.toDays() == 1 ? " day" : " days")
                : within.toString().substring(2).toLowerCase(Locale.ROOT);
    }

    /** On which targets a constraint holds, for people. */
    public static String targets(ConstraintView constraint) {
        String names = String.join(", ", constraint.targetNames());
        String labels = constraint.targetLabels().entrySet().stream()
                .map(label -> label.getKey() + "=" + label.getValue())
                .sorted()
                .reduce((one, other) -> one + ", " + other)
                .orElse("");
        if (names.isEmpty() && labels.isEmpty()) {
            return "every target";
        }
        return names + (names.isEmpty() || labels.isEmpty() ? "" : " with ") + labels;
    }
}
