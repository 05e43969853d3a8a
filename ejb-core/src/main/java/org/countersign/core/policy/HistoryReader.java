package org.countersign.core.policy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.countersign.model.policy.Deeds;
import org.countersign.model.policy.Glob;
import org.countersign.model.policy.HistoryConstraint;
import org.countersign.model.policy.HistoryConstraint.Same;
import org.countersign.model.policy.TargetSelector;

/** Reads what a {@code SegregationConstraint} of the type {@code history} says. */
final class HistoryReader {
    private static final List<String> POLICY_ACTIONS = List.of("policy:propose", "policy:confirm");

    /** What somebody can have done: commands, decisions, and changes of the policy. */
    private static final List<String> DONE = Stream.of(
                    RoleReader.ACTIONS, List.of("approval:approve", "approval:reject"), POLICY_ACTIONS)
            .flatMap(List::stream)
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
                .map(at -> some(at, Value::glob))
                .orElse(did.resources());
        if (ofPolicyAlone(did) && (!elsewhere || same == Same.RESOURCE || same == Same.NAMESPACE)) {
            spec.optional("mayNot")
                    .ifPresent(
                            at -> at.problem("it forbids nothing: a change of policy is on no resource of a target; say"
                                    + " in mayNot.on which resources it is about, with same: target or any"));
        }
        Optional<Deeds> mayNotDo = mayNot.flatMap(fields -> actions(fields, "do", on));
        Optional<Deeds> mayNotApprove = mayNot.flatMap(fields -> actions(fields, "approve", on));
        return () -> new HistoryConstraint(name, targets, did, mayNotDo, mayNotApprove, same, within, message);
    }

    private static Deeds who(Value value) {
        Fields fields = value.fields("did", "on");
        Deeds did = deeds(fields, "did", "on", DONE);
        for (Glob glob : did.actions()) {
            if (DONE.stream().filter(glob::matches).allMatch(Deeds.TRACELESS::contains)) {
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

    private static boolean ofPolicyAlone(Deeds did) {
        return !did.actions().isEmpty()
                && DONE.stream()
                        .filter(action -> did.actions().stream().anyMatch(glob -> glob.matches(action)))
                        .allMatch(POLICY_ACTIONS::contains);
    }

    private static Optional<Deeds> actions(Fields fields, String key, List<Glob> on) {
        return fields.optional(key).map(at -> new Deeds(some(at, each -> action(each, RoleReader.ACTIONS)), on));
    }

    /** What commands do, on resources; without the resources on all. */
    static Deeds ofCommands(Fields fields, String actions, String resources) {
        return deeds(fields, actions, resources, RoleReader.ACTIONS);
    }

    private static Deeds deeds(Fields fields, String actions, String resources, List<String> allowed) {
        return new Deeds(
                fields.required(actions, at -> some(at, each -> action(each, allowed)), List.of()),
                fields.optional(resources, at -> some(at, Value::glob), EVERYTHING));
    }

    private static List<Glob> some(Value value, Function<Value, Glob> each) {
        List<Glob> globs = value.list(each);
        if (globs.isEmpty()) {
            value.problem("expected at least one: without any the constraint never holds");
        }
        return globs;
    }

    private static Glob action(Value value, List<String> allowed) {
        Glob glob = value.glob();
        if (!glob.toString().isEmpty() && allowed.stream().noneMatch(glob::matches)) {
            value.problem("unknown action " + glob + "; allowed: " + String.join(", ", allowed)
                    + ", and patterns of them such as sql:*");
        }
        return glob;
    }
}
