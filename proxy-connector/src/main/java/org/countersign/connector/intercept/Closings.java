package org.countersign.connector.intercept;

import java.util.List;
import java.util.Optional;
import org.countersign.model.CountersignError;
import org.countersign.model.policy.Verdict;
import org.countersign.model.port.ApprovalDesk;
import org.countersign.model.port.HeldCommand;

/** The ways in which the gate stays closed, each in words for the person at the prompt. */
final class Closings {
    private Closings() {}

    static Passage.Closed denied(Verdict.Deny deny) {
        return new Passage.Closed(
                "deny", deny.error(), deny.rules(), deny.message(), deny.hint(), Optional.empty(), Optional.empty());
    }

    /** It needs people, and what it belongs to runs already. */
    static Verdict.Deny tooLate(Verdict.Hold hold) {
        return new Verdict.Deny(
                hold.rules(),
                CountersignError.APPROVAL_NEEDED,
                "Approval needed, and what this statement does became known only after others that were sent with it had run: "
                        + hold.message(),
                "Nothing of the open transaction stays. Send this statement alone.");
    }

    /** Commands of other sessions were faster. */
    static Verdict.Deny overdrawn() {
        return new Verdict.Deny(
                List.of(),
                CountersignError.LIMIT_EXCEEDED,
                "Another session has just used up a budget that this command draws on.",
                "Send it again to learn which.");
    }

    static Passage.Closed notAsked() {
        return new Passage.Closed(
                "deny",
                CountersignError.POLICY_NOT_CONFIRMED,
                List.of(),
                "The gateway could not ask for approval, so the command did not run.",
                "Try again; if it stays so, tell an administrator.",
                Optional.empty(),
                Optional.empty());
    }

    static Passage.Closed deferred(HeldCommand held, ApprovalDesk.Receipt receipt) {
        return held(
                CountersignError.APPROVAL_NEEDED,
                held,
                receipt,
                "Approval needed: " + held.hold().message(),
                "Send exactly this command again once approval " + receipt.approval() + " was given: " + receipt.url());
    }

    /** The policy asks for more than the approval gave. */
    static Passage.Closed again(HeldCommand held, ApprovalDesk.Receipt receipt, Verdict.Hold hold) {
        return held(CountersignError.APPROVAL_NEEDED, held, receipt, hold.message(), "Send it again.");
    }

    static Passage.Closed changed(HeldCommand held, ApprovalDesk.Receipt receipt) {
        return held(
                CountersignError.EXPIRED,
                held,
                receipt,
                "What the command would do has changed since it was judged, so its approval cannot be used.",
                "Send the command again to ask once more.");
    }

    /** In PostgreSQL's words: drivers look for them. */
    static Passage.Closed canceled(HeldCommand held, ApprovalDesk.Receipt receipt) {
        return held(
                CountersignError.CANCELED,
                held,
                receipt,
                "canceling statement due to user request",
                "Its request for approval was withdrawn.");
    }

    static Passage.Closed over(HeldCommand held, ApprovalDesk.Receipt receipt, ApprovalDesk.Outcome settled) {
        return switch (settled.state()) {
            case REJECTED ->
                held(
                        CountersignError.REJECTED,
                        held,
                        receipt,
                        rejection(settled),
                        "Talk to the approver before you ask again.");
            case EXPIRED ->
                held(
                        CountersignError.EXPIRED,
                        held,
                        receipt,
                        "Nobody approved the command in time.",
                        "Send it again to ask once more.");
            case PENDING, APPROVED, WITHDRAWN, EXECUTED, FAILED ->
                held(
                        CountersignError.EXPIRED,
                        held,
                        receipt,
                        "The approval can no longer be used.",
                        "Send the command again to ask once more.");
        };
    }

    private static String rejection(ApprovalDesk.Outcome settled) {
        String by = settled.by().isEmpty() ? "" : " by " + String.join(", ", settled.by());
        return "The approval was rejected" + by + (settled.reason().isBlank() ? "." : ": " + settled.reason());
    }

    private static Passage.Closed held(
            CountersignError error, HeldCommand held, ApprovalDesk.Receipt receipt, String message, String hint) {
        return new Passage.Closed(
                "hold",
                error,
                held.hold().rules(),
                message,
                hint,
                Optional.of(receipt.approval()),
                Optional.of(receipt.url()));
    }
}
