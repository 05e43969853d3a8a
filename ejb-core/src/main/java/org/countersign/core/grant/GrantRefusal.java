package org.countersign.core.grant;

import java.util.Locale;

/** Why somebody gets nothing, or may not say anything about it. */
public enum GrantRefusal {
    MACHINE_APPROVAL,
    SELF_APPROVAL,
    NOT_AN_APPROVER,
    /** No manifest lets him ask for it. */
    NOT_ELIGIBLE,
    CONFLICT_OF_DUTIES,
    /** Nobody has looked yet at what he did the last time. */
    REVIEW_PENDING,
    /** It is over already, or not yet. */
    CONFLICT;

    /** The stable name: {@code review-pending}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
