package org.countersign.core.segregation;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.countersign.model.policy.Deeds;
import org.countersign.model.policy.DynamicConstraint;
import org.countersign.model.policy.Glob;
import org.countersign.model.policy.HistoryConstraint;
import org.countersign.model.policy.SegregationConstraint;
import org.countersign.model.policy.StaticConstraint;

/**
 * A constraint as people read it.
 *
 * @param type {@code static}, {@code dynamic} or {@code history}
 * @param reach {@code person}, {@code principal}, {@code session}, {@code task} or how near acts have to be
 * @param sides the roles or duties it keeps apart; of a history what was done and what may not be done
 * @param roles the roles among the sides
 * @param targetNames empty: any name
 */
public record ConstraintView(
        String name,
        String type,
        String reach,
        List<String> sides,
        List<String> roles,
        List<String> targetNames,
        Map<String, String> targetLabels,
        Optional<Duration> within,
        String message) {

    static ConstraintView of(SegregationConstraint constraint) {
        return switch (constraint) {
            case StaticConstraint rule -> {
                List<String> roles = rule.roles().stream().sorted().toList();
                yield view(rule, "static", rule.scope().label(), roles, roles);
            }
            case DynamicConstraint rule ->
                view(
                        rule,
                        "dynamic",
                        rule.per().label(),
                        rule.sides().stream().sorted().toList(),
                        rule.roles().stream().sorted().toList());
            case HistoryConstraint rule -> view(rule, "history", rule.same().label(), histories(rule), List.of());
        };
    }

    private static List<String> histories(HistoryConstraint rule) {
        String did = "did " + words(rule.did());
        return Stream.of(
                        Optional.of(did),
                        rule.mayNotDo().map(deeds -> "may not do " + words(deeds)),
                        rule.mayNotApprove().map(deeds -> "may not approve " + words(deeds)))
                .flatMap(Optional::stream)
                .toList();
    }

    private static String words(Deeds deeds) {
        return joined(deeds.actions()) + " on " + joined(deeds.resources());
    }

    private static String joined(List<Glob> globs) {
        return globs.stream().map(Glob::toString).collect(Collectors.joining(", "));
    }

    private static ConstraintView view(
            SegregationConstraint constraint, String type, String reach, List<String> sides, List<String> roles) {
        return new ConstraintView(
                constraint.name(),
                type,
                reach,
                sides,
                roles,
                constraint.targets().names().stream().map(Glob::toString).toList(),
                constraint.targets().labels(),
                constraint.within(),
                constraint.message());
    }
}
