package org.countersign.model.policy;

import java.util.Optional;

/**
 * What an approval asks for besides persons and time.
 *
 * @param requestReason whether whoever asks has to say why
 * @param decisionReason whether whoever decides has to say why
 * @param executionTimes when the approved command may run
 * @param stepUp how whoever decides has to be signed in
 */
public record ApprovalTerms(
        boolean requestReason, boolean decisionReason, ExecutionTimes executionTimes, Optional<StepUp> stepUp) {
    public static final ApprovalTerms NONE = new ApprovalTerms(false, false, ExecutionTimes.ALWAYS, Optional.empty());

    ApprovalTerms and(ApprovalTerms other) {
        return new ApprovalTerms(
                requestReason || other.requestReason,
                decisionReason || other.decisionReason,
                executionTimes.and(other.executionTimes),
                stepUp.isPresent() && other.stepUp.isPresent()
                        ? Optional.of(stepUp.get().and(other.stepUp.get()))
                        : stepUp.or(other::stepUp));
    }

    boolean covers(ApprovalTerms asked) {
        return (requestReason || !asked.requestReason)
                && (decisionReason || !asked.decisionReason)
                && executionTimes.covers(asked.executionTimes)
                && asked.stepUp.stream()
                        .allMatch(wanted ->
                                stepUp.filter(met -> met.covers(wanted)).isPresent());
    }
}
