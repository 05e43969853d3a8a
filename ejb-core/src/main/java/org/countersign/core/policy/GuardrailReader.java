package org.countersign.core.policy;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.countersign.model.policy.ApprovalRequirement;
import org.countersign.model.policy.Condition;
import org.countersign.model.policy.Guardrail;
import org.countersign.model.policy.TargetSelector;

/** Reads {@code Guardrail}. */
final class GuardrailReader implements SpecReader {
    private static final List<String> EFFECTS = Stream.of(Guardrail.Effect.values())
            .map(effect -> effect.name().toLowerCase(Locale.ROOT))
            .toList();
    private static final int MAX_PRIORITY = 1_000;
    private static final int MAX_QUORUM = 20;
    private static final Duration EXPIRES_AFTER = Duration.ofMinutes(15);
    private static final Duration EXECUTE_WITHIN = Duration.ofMinutes(5);

    private final ConditionCompiler conditions;

    GuardrailReader(ConditionCompiler conditions) {
        this.conditions = conditions;
    }

    @Override
    public Supplier<Manifest.Spec> read(String name, Fields metadata, Value value) {
        Fields spec = value.fields("targets", "when", "effect", "priority", "message", "approval");
        TargetSelector targets = spec.optional("targets", SelectorReader::read, TargetSelector.everyTarget());
        Condition always = situation -> true;
        Condition condition = spec.optional("when", conditions::compile, always);
        String effect = spec.required("effect", at -> at.choice(EFFECTS), "");
        int priority = (int) (long) spec.optional("priority", at -> at.integer(-MAX_PRIORITY, MAX_PRIORITY), 0L);
        String message = spec.optional("message", Value::text, "");
        Optional<ApprovalRequirement> approval = spec.optional("approval").map(GuardrailReader::approval);
        if (effect.equals("approve") && !spec.has("approval")) {
            value.problem("the key approval is missing: effect approve says who approves");
        }
        spec.optional("approval")
                .filter(at -> EFFECTS.contains(effect) && !effect.equals("approve"))
                .ifPresent(at -> at.problem("approval goes with effect approve only"));
        return () -> new Manifest.Spec.OfGuardrail(new Guardrail(
                name,
                targets,
                condition,
                Guardrail.Effect.valueOf(effect.toUpperCase(Locale.ROOT)),
                priority,
                message,
                approval));
    }

    private static ApprovalRequirement approval(Value value) {
        Fields fields = value.fields("approvers", "quorum", "expiresAfter", "executeWithin");
        var nobody = new ApprovalRequirement.Approvers(Set.of(), Set.of(), Set.of());
        return new ApprovalRequirement(
                List.of(fields.required("approvers", GuardrailReader::approvers, nobody)),
                (int) (long) fields.optional("quorum", at -> at.integer(1, MAX_QUORUM), 1L),
                fields.optional("expiresAfter", Value::duration, EXPIRES_AFTER),
                fields.optional("executeWithin", Value::duration, EXECUTE_WITHIN));
    }

    private static ApprovalRequirement.Approvers approvers(Value value) {
        Fields fields = value.fields("realmRoles", "groups", "users");
        Set<String> realmRoles = fields.optional("realmRoles", Value::texts, Set.of());
        Set<String> groups = fields.optional("groups", Value::texts, Set.of());
        var users = new HashSet<String>();
        fields.optional("users", Value::texts, Set.<String>of())
                .forEach(user -> users.add(user.toLowerCase(Locale.ROOT)));
        if (realmRoles.isEmpty() && groups.isEmpty() && users.isEmpty()) {
            value.problem("nobody could approve: name realmRoles, groups or users");
        }
        return new ApprovalRequirement.Approvers(realmRoles, groups, users);
    }
}
