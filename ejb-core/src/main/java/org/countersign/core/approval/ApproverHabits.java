package org.countersign.core.approval;

import java.util.Optional;

/**
 * How somebody decides, in some time: whoever approves everything within seconds looks at nothing.
 *
 * @param busiestHour the most decisions within one hour by the clock
 * @param medianSeconds from first opening a request to deciding it; empty where none of them was opened
 */
public record ApproverHabits(
        String approver, long decisions, long rejected, long busiestHour, Optional<Long> medianSeconds) {
    public boolean neverRejected() {
        return rejected == 0;
    }
}
