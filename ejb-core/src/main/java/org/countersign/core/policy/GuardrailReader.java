package org.countersign.core.policy;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
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
        Optional<ApprovalRequirement> approval = spec.optional("approval").map(ApprovalReader::read);
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
}
