package org.countersign.core.approval;

import java.util.Optional;

/**
 * Somebody who was here before and is an approver of a request, as his latest token says.
 *
 * @param why the reason why a decision of his would not count now; empty when it would
 * @param whyText that reason in words, with the constraint and the earlier act it is about
 */
public record CandidateView(String name, Optional<RefusalReason> why, String whyText) {
    /** Returns whether he can decide now, if need be after signing in again. */
    public boolean mayDecide() {
        return why.isEmpty() || why.get() == RefusalReason.SIGN_IN_AGAIN;
    }
}
