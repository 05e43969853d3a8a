package org.countersign.model.policy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.countersign.model.CountersignError;

/** The guardrails that apply to one command, those that an exception lifts left out. */
record GuardrailCheck(List<Guardrail> denying, List<Guardrail> approving, Optional<Verdict.Hold> besides) {
    private static final Comparator<Guardrail> ORDER =
            Comparator.comparingInt(Guardrail::priority).reversed().thenComparing(Guardrail::name);

    private static final GuardrailCheck NONE = new GuardrailCheck(List.of(), List.of(), Optional.empty());

    /** @param onTarget the guardrails of the target */
    static GuardrailCheck of(List<Guardrail> onTarget, Condition.Situation situation) {
        var matching = new ArrayList<Guardrail>();
        for (Guardrail guardrail : onTarget) {
            if (applies(guardrail, situation)) {
                matching.add(guardrail);
            }
        }
        if (matching.isEmpty()) {
            return NONE;
        }
        matching.sort(ORDER);
        List<Guardrail> exceptions = with(matching, Guardrail.Effect.ALLOW);
        return new GuardrailCheck(
                with(matching, Guardrail.Effect.DENY),
                with(matching, Guardrail.Effect.APPROVE).stream()
                        .filter(guardrail ->
                                exceptions.stream().noneMatch(exception -> exception.priority() > guardrail.priority()))
                        .toList(),
                Optional.empty());
    }

    /** Together with what else has to be approved. */
    GuardrailCheck and(Optional<Verdict.Hold> hold) {
        return hold.isEmpty() ? this : new GuardrailCheck(denying, approving, hold);
    }

    Verdict verdict(Optional<ApprovalRequirement> met, Supplier<Verdict.Allow> allow) {
        if (!denying.isEmpty()) {
            return new Verdict.Deny(
                    names(denying),
                    CountersignError.DENIED,
                    said(denying, "A rule of this target forbids it."),
                    "No permission helps against a guardrail. If your duty includes this, ask an administrator about "
                            + String.join(", ", names(denying)) + ".");
        }
        Optional<Verdict.Hold> needed = needed();
        if (needed.isEmpty()) {
            return allow.get();
        }
        if (met.isEmpty()) {
            return needed.get();
        }
        if (met.get().covers(needed.get().requirement())) {
            return allow.get();
        }
        return new Verdict.Deny(
                needed.get().rules(),
                CountersignError.APPROVAL_NEEDED,
                "What was approved is not enough any more: it now needs other or more people.",
                "Send the command again to ask for a new approval.");
    }

    /** What has to be approved by guardrails and besides. */
    private Optional<Verdict.Hold> needed() {
        Optional<Verdict.Hold> asked = approving.stream()
                .map(guardrail -> guardrail.requirement().orElseThrow())
                .reduce(ApprovalRequirement::and)
                .map(all -> new Verdict.Hold(names(approving), all, said(approving, "It needs approval.")));
        if (asked.isEmpty() || besides.isEmpty()) {
            return asked.or(() -> besides);
        }
        return asked.get().stricter(besides.get()) instanceof Verdict.Hold both ? Optional.of(both) : asked;
    }

    /** A condition without an answer counts against the command. */
    private static boolean applies(Guardrail guardrail, Condition.Situation situation) {
        try {
            return guardrail.condition().matches(situation);
        } catch (Condition.ConditionFailedException | RuntimeException | StackOverflowError e) {
            return guardrail.effect() != Guardrail.Effect.ALLOW;
        }
    }

    private static List<Guardrail> with(List<Guardrail> guardrails, Guardrail.Effect effect) {
        return guardrails.stream()
                .filter(guardrail -> guardrail.effect() == effect)
                .toList();
    }

    private static List<String> names(List<Guardrail> guardrails) {
        return guardrails.stream().map(Guardrail::name).toList();
    }

    private static String said(List<Guardrail> guardrails, String otherwise) {
        String said = guardrails.stream()
                .map(Guardrail::message)
                .filter(message -> !message.isBlank())
                .distinct()
                .collect(Collectors.joining(" "));
        return said.isEmpty() ? otherwise : said;
    }
}
