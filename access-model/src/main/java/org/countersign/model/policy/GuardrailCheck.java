package org.countersign.model.policy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.countersign.model.CountersignError;

/** The guardrails that apply to one command, those that an exception lifts left out. */
record GuardrailCheck(List<Guardrail> denying, List<Guardrail> approving) {
    private static final Comparator<Guardrail> ORDER =
            Comparator.comparingInt(Guardrail::priority).reversed().thenComparing(Guardrail::name);

    private static final GuardrailCheck NONE = new GuardrailCheck(List.of(), List.of());

    static GuardrailCheck of(List<Guardrail> all, TargetPolicy target, Condition.Situation situation) {
        var matching = new ArrayList<Guardrail>();
        for (Guardrail guardrail : all) {
            if (guardrail.targets().selects(target) && applies(guardrail, situation)) {
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
                        .toList());
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
        if (approving.isEmpty()) {
            return allow.get();
        }
        ApprovalRequirement asked = approving.stream()
                .map(guardrail -> guardrail.requirement().orElseThrow())
                .reduce(ApprovalRequirement::and)
                .orElseThrow();
        if (met.isEmpty()) {
            return new Verdict.Hold(names(approving), asked, said(approving, "It needs approval."));
        }
        if (met.get().covers(asked)) {
            return allow.get();
        }
        return new Verdict.Deny(
                names(approving),
                CountersignError.APPROVAL_NEEDED,
                "The policy changed since the approval was asked for: it now needs other or more people.",
                "Send the command again to ask for a new approval.");
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
