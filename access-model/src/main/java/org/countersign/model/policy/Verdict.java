package org.countersign.model.policy;

import java.util.List;
import java.util.stream.Stream;
import org.countersign.model.CountersignError;
import org.countersign.model.masking.MaskPlan;

/** What becomes of a command. */
public sealed interface Verdict {
    /** The guardrails and permissions that led to it, for the auditor. */
    List<String> rules();

    /**
     * Returns the stricter of two verdicts about one thing: a denial before a hold before leave to run. Two holds become
     * one that satisfies both; of two of a kind otherwise the first, whose masks hold.
     */
    default Verdict stricter(Verdict other) {
        return switch (this) {
            case Deny deny -> deny;
            case Hold hold ->
                switch (other) {
                    case Deny deny -> deny;
                    case Hold second -> hold.and(second);
                    case Allow allow -> hold;
                };
            case Allow allow -> other instanceof Allow ? allow : other;
        };
    }

    /** It runs, and its response is shown under the masks. */
    record Allow(List<String> rules, MaskPlan masks) implements Verdict {
        public Allow {
            rules = List.copyOf(rules);
        }
    }

    /**
     * It does not run.
     *
     * @param message for the person at the prompt
     * @param hint what to do about it; may be empty
     */
    record Deny(List<String> rules, CountersignError error, String message, String hint) implements Verdict {
        public Deny {
            rules = List.copyOf(rules);
        }
    }

    /**
     * It waits until other people approved exactly this.
     *
     * @param message the guardrails' messages for the person at the prompt
     */
    record Hold(List<String> rules, ApprovalRequirement requirement, String message) implements Verdict {
        public Hold {
            rules = List.copyOf(rules);
        }

        private Hold and(Hold other) {
            return new Hold(
                    Stream.concat(rules.stream(), other.rules.stream())
                            .distinct()
                            .toList(),
                    requirement.and(other.requirement),
                    message.contains(other.message) ? message : message + " " + other.message);
        }
    }
}
