package org.countersign.model.policy;

import java.util.Optional;

/**
 * A rule with a condition.
 *
 * @param priority an {@link Effect#ALLOW} lifts an {@link Effect#APPROVE} of a lower one
 * @param message for the person at the prompt; may be empty
 * @param requirement who has to countersign; present exactly for {@link Effect#APPROVE}
 */
public record Guardrail(
        String name,
        TargetSelector targets,
        Condition condition,
        Effect effect,
        int priority,
        String message,
        Optional<ApprovalRequirement> requirement) {
    public Guardrail {
        if (requirement.isPresent() != (effect == Effect.APPROVE)) {
            throw new IllegalArgumentException("exactly an approve guardrail says who approves");
        }
    }

    /** What a matching guardrail does. */
    public enum Effect {
        DENY,
        APPROVE,
        ALLOW
    }
}
