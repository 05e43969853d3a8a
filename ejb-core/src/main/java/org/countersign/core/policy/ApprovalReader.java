package org.countersign.core.policy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.countersign.model.policy.ApprovalRequirement;
import org.countersign.model.policy.ApprovalRequirement.Approvers;
import org.countersign.model.policy.ApprovalRequirement.Match;
import org.countersign.model.policy.ApprovalStep;
import org.countersign.model.policy.ApprovalStep.Escalation;
import org.countersign.model.policy.ApprovalTerms;
import org.countersign.model.policy.ExecutionTimes;
import org.countersign.model.policy.StepUp;
import org.countersign.model.policy.WeeklyWindow;

/** Reads the {@code approval} of a guardrail. */
final class ApprovalReader {
    private static final int MAX_QUORUM = 20;
    private static final int MAX_STEPS = 8;
    private static final Duration EXPIRES_AFTER = Duration.ofMinutes(15);
    private static final Duration EXECUTE_WITHIN = Duration.ofMinutes(5);
    static final Approvers NOBODY = new Approvers(Set.of(), Set.of(), Set.of());
    private static final List<String> MATCHES =
            Stream.of(Match.values()).map(ApprovalReader::word).toList();
    private static final List<String> NEEDS = List.of("required", "optional");

    private ApprovalReader() {}

    static ApprovalRequirement read(Value value) {
        Fields fields = value.fields(
                "steps",
                "approvers",
                "quorum",
                "match",
                "escalate",
                "justification",
                "reason",
                "stepUp",
                "expiresAfter",
                "executeWithin",
                "executeDuring");
        Optional<Escalation> escalation = fields.optional("escalate").map(ApprovalReader::escalation);
        return new ApprovalRequirement(
                fields.has("steps") ? steps(fields, escalation) : List.of(step(fields, escalation)),
                fields.optional("expiresAfter", Value::duration, EXPIRES_AFTER),
                fields.optional("executeWithin", Value::duration, EXECUTE_WITHIN),
                new ApprovalTerms(
                        needed(fields, "justification"),
                        needed(fields, "reason"),
                        fields.optional("executeDuring", ApprovalReader::times, ExecutionTimes.ALWAYS),
                        fields.optional("stepUp").map(ApprovalReader::stepUp)));
    }

    private static List<ApprovalStep> steps(Fields fields, Optional<Escalation> escalation) {
        for (String key : List.of("approvers", "quorum", "match")) {
            fields.optional(key).ifPresent(at -> at.problem("with steps, " + key + " is written in each step"));
        }
        return fields.required("steps", at -> steps(at, escalation), List.of());
    }

    private static List<ApprovalStep> steps(Value value, Optional<Escalation> escalation) {
        List<Value> items = value.items();
        if (items.isEmpty() || items.size() > MAX_STEPS) {
            value.problem("expected 1 to " + MAX_STEPS + " steps");
        }
        var seen = new HashSet<Approvers>();
        return items.stream()
                .map(item -> {
                    ApprovalStep step = step(item.fields("approvers", "quorum", "match"), escalation);
                    if (!seen.add(step.approvers())) {
                        item.problem("an earlier step has the same approvers: give it the larger quorum instead");
                    }
                    return step;
                })
                .toList();
    }

    private static ApprovalStep step(Fields fields, Optional<Escalation> escalation) {
        String word = fields.optional("match", at -> at.choice(MATCHES), "any");
        Match match = word.equals(word(Match.ALL)) ? Match.ALL : Match.ANY;
        return new ApprovalStep(
                fields.required("approvers", at -> approvers(at, match), NOBODY),
                (int) (long) fields.optional("quorum", at -> at.integer(1, MAX_QUORUM), 1L),
                escalation);
    }

    static Approvers anyOf(Value value) {
        return approvers(value, Match.ANY);
    }

    private static Approvers approvers(Value value, Match match) {
        Fields fields = value.fields("realmRoles", "groups", "users", "ownerOfTarget", "managerOfRequester");
        Set<String> users = fields.optional("users", Value::texts, Set.<String>of()).stream()
                .map(user -> user.toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
        var approvers = new Approvers(
                fields.optional("realmRoles", Value::texts, Set.of()),
                fields.optional("groups", Value::texts, Set.of()),
                users,
                fields.optional("ownerOfTarget", ApprovalReader::yes, false),
                fields.optional("managerOfRequester", ApprovalReader::yes, false),
                match);
        if (approvers.nobody()) {
            value.problem(
                    "nobody could approve: name realmRoles, groups or users, ownerOfTarget or managerOfRequester");
        }
        return approvers;
    }

    private static boolean yes(Value value) {
        return value.choice(List.of("true", "false")).equals("true");
    }

    private static Escalation escalation(Value value) {
        Fields fields = value.fields("after", "to");
        return new Escalation(
                fields.required("after", Value::duration, EXPIRES_AFTER),
                fields.required("to", at -> approvers(at, Match.ANY), NOBODY));
    }

    /** Weekly windows. */
    static ExecutionTimes times(Value value) {
        var windows = new ArrayList<WeeklyWindow>();
        for (Value item : value.items()) {
            try {
                windows.add(WeeklyWindow.parse(item.text()));
            } catch (IllegalArgumentException e) {
                item.problem(String.valueOf(e.getMessage()));
            }
        }
        if (value.items().isEmpty()) {
            value.problem("it could never run: expected at least one window");
        }
        return windows.isEmpty() ? ExecutionTimes.ALWAYS : new ExecutionTimes(List.of(windows));
    }

    private static StepUp stepUp(Value value) {
        Fields fields = value.fields("within", "acr");
        return new StepUp(
                fields.required("within", Value::duration, EXPIRES_AFTER),
                fields.optional("acr").map(Value::texts));
    }

    private static boolean needed(Fields fields, String key) {
        return fields.optional(key, at -> at.choice(NEEDS), "optional").equals("required");
    }

    private static String word(Match match) {
        return match.name().toLowerCase(Locale.ROOT);
    }
}
