package org.countersign.core.policy;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.countersign.model.policy.ApprovalRequirement;
import org.countersign.model.policy.ApprovalRequirement.Approvers;
import org.countersign.model.policy.ApprovalRequirement.Match;
import org.countersign.model.policy.ApprovalStep;
import org.countersign.model.policy.ApprovalTerms;

/** Reads the {@code approval} of a guardrail. */
final class ApprovalReader {
    private static final int MAX_QUORUM = 20;
    private static final int MAX_STEPS = 8;
    private static final Duration EXPIRES_AFTER = Duration.ofMinutes(15);
    private static final Duration EXECUTE_WITHIN = Duration.ofMinutes(5);
    private static final Approvers NOBODY = new Approvers(Set.of(), Set.of(), Set.of());
    private static final List<String> MATCHES =
            Stream.of(Match.values()).map(ApprovalReader::word).toList();
    private static final List<String> NEEDS = List.of("required", "optional");

    private ApprovalReader() {}

    static ApprovalRequirement read(Value value) {
        Fields fields =
                value.fields("steps", "approvers", "quorum", "match", "reason", "expiresAfter", "executeWithin");
        return new ApprovalRequirement(
                fields.has("steps") ? steps(fields) : List.of(step(fields)),
                fields.optional("expiresAfter", Value::duration, EXPIRES_AFTER),
                fields.optional("executeWithin", Value::duration, EXECUTE_WITHIN),
                new ApprovalTerms(needed(fields, "reason")));
    }

    private static List<ApprovalStep> steps(Fields fields) {
        for (String key : List.of("approvers", "quorum", "match")) {
            fields.optional(key).ifPresent(at -> at.problem("with steps, " + key + " is written in each step"));
        }
        return fields.required("steps", ApprovalReader::steps, List.of());
    }

    private static List<ApprovalStep> steps(Value value) {
        List<Value> items = value.items();
        if (items.isEmpty() || items.size() > MAX_STEPS) {
            value.problem("expected 1 to " + MAX_STEPS + " steps");
        }
        var seen = new HashSet<Approvers>();
        return items.stream()
                .map(item -> {
                    ApprovalStep step = step(item.fields("approvers", "quorum", "match"));
                    if (!seen.add(step.approvers())) {
                        item.problem("an earlier step has the same approvers: give it the larger quorum instead");
                    }
                    return step;
                })
                .toList();
    }

    private static ApprovalStep step(Fields fields) {
        String word = fields.optional("match", at -> at.choice(MATCHES), "any");
        Match match = word.equals(word(Match.ALL)) ? Match.ALL : Match.ANY;
        return new ApprovalStep(fields.required("approvers", at -> approvers(at, match), NOBODY), (int)
                (long) fields.optional("quorum", at -> at.integer(1, MAX_QUORUM), 1L));
    }

    private static Approvers approvers(Value value, Match match) {
        Fields fields = value.fields("realmRoles", "groups", "users");
        Set<String> realmRoles = fields.optional("realmRoles", Value::texts, Set.of());
        Set<String> groups = fields.optional("groups", Value::texts, Set.of());
        var users = new HashSet<String>();
        fields.optional("users", Value::texts, Set.<String>of())
                .forEach(user -> users.add(user.toLowerCase(Locale.ROOT)));
        if (realmRoles.isEmpty() && groups.isEmpty() && users.isEmpty()) {
            value.problem("nobody could approve: name realmRoles, groups or users");
        }
        return new Approvers(realmRoles, groups, users, match);
    }

    private static boolean needed(Fields fields, String key) {
        return fields.optional(key, at -> at.choice(NEEDS), "optional").equals("required");
    }

    private static String word(Match match) {
        return match.name().toLowerCase(Locale.ROOT);
    }
}
