package org.countersign.core.audit;

import java.util.Locale;

/** What somebody wanted to do. */
public enum Attempt {
    DECIDE_APPROVAL,
    RUN_APPROVED,
    OPEN_SESSION,
    PROPOSE_CHANGE,
    CONFIRM_CHANGE,
    REJECT_CHANGE,
    WITHDRAW_CHANGE,
    REVERT_CHANGE,
    REQUEST_GRANT,
    END_GRANT,
    START_BREAK_GLASS,
    REVIEW_BREAK_GLASS,
    LIFT_SUSPENSION;

    /** The name in the API: {@code decide-approval}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
