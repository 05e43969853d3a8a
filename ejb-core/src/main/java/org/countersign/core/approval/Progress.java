package org.countersign.core.approval;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.countersign.model.policy.ApprovalRequirement.Candidate;
import org.countersign.model.policy.ApprovalStep;

/**
 * How far a request has come on its steps. Only the first incomplete one is open.
 *
 * @param age of the request: some steps take further persons after a time
 */
record Progress(List<ApprovalStep> steps, List<DecisionEntity> decisions, Duration age) {
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
        return steps.stream().anyMatch(step -> step.include(who, age));
    }

    boolean openFor(Candidate who) {
        int open = open();
        return open < steps.size() && steps.get(open).include(who, age);
    }

    boolean laterFor(Candidate who) {
        return steps.stream().skip(open() + 1L).anyMatch(step -> step.include(who, age));
    }

    List<ApprovalView.StepView> view() {
        int open = open();
        var views = new ArrayList<ApprovalView.StepView>();
        for (int number = 0; number < steps.size(); number++) {
            ApprovalStep step = steps.get(number);
            views.add(new ApprovalView.StepView(
                    ApproverText.of(step),
                    step.quorum(),
                    (int) given(number),
                    number < open
                            ? ApprovalView.StepState.DONE
                            : number == open ? ApprovalView.StepState.OPEN : ApprovalView.StepState.LATER));
        }
        return views;
    }
}
