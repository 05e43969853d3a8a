package org.countersign.core.policy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.countersign.model.policy.Deeds;
import org.countersign.model.policy.Glob;
import org.countersign.model.policy.HistoryConstraint;
import org.countersign.model.policy.HistoryConstraint.Same;
import org.countersign.model.policy.TargetSelector;

/** Reads what a {@code SegregationConstraint} of the type {@code history} says. */
final class HistoryReader {
    /** Every action that leaves a trace in the histories: those of commands that are no mere reads, and decisions. */
    static final List<String> ACTIONS = Stream.concat(
                    RoleReader.ACTIONS.stream(),
                    Stream.of("approval:approve", "approval:reject", "policy:propose", "policy:confirm"))
            .toList();

    private static final List<Glob> EVERYTHING = List.of(new Glob("*"));

    private HistoryReader() {}

    static Supplier<HistoryConstraint> read(
            String name, TargetSelector targets, Optional<Duration> within, String message, Fields spec) {
        Deeds did = spec.required("who", HistoryReader::who, new Deeds(List.of(), List.of()));
        Optional<Fields> mayNot = spec.required("mayNot", HistoryReader::mayNot, Optional.empty());
        boolean elsewhere = mayNot.filter(fields -> fields.has("on")).isPresent();
        Same otherwise = elsewhere ? Same.TARGET : Same.RESOURCE;
        Same same = spec.optional("same", at -> ConstraintReader.choice(at, Same.values()), otherwise);
        List<Glob> on = mayNot.flatMap(fields -> fields.optional("on"))
                .map(at -> at.list(Value::glob))
                .orElse(did.resources());
        Optional<Deeds> mayNotDo = mayNot.flatMap(fields -> actions(fields, "do", on));
        Optional<Deeds> mayNotApprove = mayNot.flatMap(fields -> actions(fields, "approve", on));
        return () -> new HistoryConstraint(name, targets, did, mayNotDo, mayNotApprove, same, within, message);
    }

    private static Deeds who(Value value) {
        Fields fields = value.fields("did", "on");
        Deeds did = deeds(fields, "did", "on");
        for (Glob glob : did.actions()) {
            if (ACTIONS.stream().filter(glob::matches).allMatch(Deeds.TRACELESS::contains)) {
                value.problem("the histories do not hold " + glob + ": a mere read leaves no trace there");
            }
        }
        return did;
    }

    private static Optional<Fields> mayNot(Value value) {
        Fields fields = value.fields("do", "approve", "on");
        if (!fields.has("do") && !fields.has("approve")) {
            value.problem("expected do, approve or both: it forbids nothing");
        }
        return Optional.of(fields);
    }

    private static Optional<Deeds> actions(Fields fields, String key, List<Glob> on) {
        return fields.optional(key).map(at -> new Deeds(at.list(HistoryReader::action), on));
    }

    /** Actions on resources; without the resources on all. */
    static Deeds deeds(Fields fields, String actions, String resources) {
        return new Deeds(
                fields.required(actions, at -> at.list(HistoryReader::action), List.of()),
                fields.optional(resources, at -> at.list(Value::glob), EVERYTHING));
    }

    private static Glob action(Value value) {
        Glob glob = value.glob();
        if (!glob.toString().isEmpty() && ACTIONS.stream().noneMatch(glob::matches)) {
            value.problem("unknown action " + glob + "; allowed: " + String.join(", ", ACTIONS)
                    + ", and patterns of them such as sql:*");
        }
        return glob;
    }
}
