package org.countersign.core.approval;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.countersign.model.policy.ApprovalRequirement.Candidate;
import org.countersign.model.policy.ApprovalStep;

/** How far a request has come on its steps. Only the first incomplete one is open. */
record Progress(List<ApprovalStep> steps, List<DecisionEntity> decisions) {
    /** Returns the number of the open step, which is the number of all steps when every one is complete. */
    int open() {
        return (int) IntStream.range(0, steps.size())
                .takeWhile(step -> given(step) >= steps.get(step).quorum())
                .count();
    }

    /** A requirement that names nobody is fulfilled by nobody. */
    boolean complete() {
        return !steps.isEmpty() && open() == steps.size();
    }

    long given(int step) {
        return decisions.stream()
                .filter(decision -> decision.kind() == DecisionKind.APPROVE && decision.step() == step)
                .map(DecisionEntity::person)
                .distinct()
                .count();
    }

    /** Returns whether somebody is an approver of any step, open or not. */
    boolean anyStepOf(Candidate who) {
        return steps.stream().anyMatch(step -> step.approvers().include(who));
    }

    /** Returns why the open step is not for somebody who is in one of the steps. */
    Optional<RefusalReason> refusal(Candidate who) {
        int open = open();
        if (open < steps.size() && steps.get(open).approvers().include(who)) {
            return Optional.empty();
        }
        return Optional.of(
                steps.stream().skip(open).anyMatch(step -> step.approvers().include(who))
                        ? RefusalReason.NOT_YOUR_STEP_YET
                        : RefusalReason.ALREADY_DECIDED);
    }

    List<ApprovalView.StepView> view() {
        int open = open();
        var views = new ArrayList<ApprovalView.StepView>();
        for (int number = 0; number < steps.size(); number++) {
            ApprovalStep step = steps.get(number);
            views.add(new ApprovalView.StepView(
                    ApproverText.of(step.approvers()),
                    step.quorum(),
                    (int) given(number),
                    number < open
                            ? ApprovalView.StepState.DONE
                            : number == open ? ApprovalView.StepState.OPEN : ApprovalView.StepState.LATER));
        }
        return views;
    }
}
