package org.countersign.core.approval;

import java.util.Locale;

/** Why a decision does not count, in the order in which the reasons are tested: the first that holds is the answer. */
public enum RefusalReason {
    MACHINE_APPROVAL("A machine cannot approve or reject."),
    SELF_APPROVAL("Whoever answers for the request cannot decide it."),
    NOT_AN_APPROVER("You are not one of the approvers of this request."),
    DELEGATOR_CONFLICTED("The approver in whose place you would decide answers for the request, so you cannot either."),
    CONFLICT_OF_DUTIES("A constraint excludes you: what you did earlier and this are not for one person."),
    EXPIRED("The request has expired."),
    ALREADY_DECIDED("The request or your step of it is already decided, or you have decided it."),
    NOT_YOUR_STEP_YET("An earlier step of this request has to be approved by others before yours."),
    SIGN_IN_AGAIN("The rule wants a recent sign-in for this decision: sign in again, then decide."),
    REASON_REQUIRED("The rule wants a reason with every decision: say why.");

    private final String message;

    RefusalReason(String message) {
        this.message = message;
    }

    /** The stable name in the API: {@code machine-approval}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** A sentence for the person who wanted to decide. */
    public String message() {
        return message;
    }
}
