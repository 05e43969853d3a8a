package org.countersign.model.port;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.countersign.model.command.Command;
import org.countersign.model.session.SessionFacts;

/** Where held commands wait for other people. Every method may block and use the store: call it on a work thread. */
public interface ApprovalDesk {
    /**
     * Records the hold. A deferred command finds its earlier request again by principal and digest instead of making
     * a second one.
     *
     * @param waiter told once when the request is no longer pending, on any thread, on whichever node it was decided;
     *     never told of a receipt that is not {@link State#PENDING}
     */
    Receipt request(HeldCommand held, Waiter waiter);

    /**
     * Evaluates the policy once more and consumes the approval: at most one caller ever gets {@code Allow} for it.
     *
     * @return {@code Allow}, or the {@code Deny} that says why it may not run any more
     */
    CommandDesk.Ruling redeem(UUID approval, HeldCommand held);

    /**
     * Compares a command that the policy lets run with what was done before, in other sessions and on other nodes too,
     * and notes it among the acts before it runs.
     *
     * @param commandsSoFar commands of this session before this one
     * @param ruling that {@link CommandDesk.Ruling#needsStore needs the store}
     * @return the ruling, or one with the {@code Deny} that says which constraint and which earlier act are in the way
     */
    CommandDesk.Ruling settle(SessionFacts session, Command command, long commandsSoFar, CommandDesk.Ruling ruling);

    /**
     * The client left, cancelled or the session ended: a pending request is withdrawn, a decided one stays. Returns even
     * when the store is away: it is told then as soon as it can be.
     */
    void withdraw(UUID approval, String reason);

    /**
     * Says how the command ended that an approval was redeemed for, or was to be. Returns even when the store is away:
     * it is told then as soon as it can be.
     */
    void finished(UUID approval, End end);

    /** What became of an approved command. */
    enum End {
        EXECUTED,
        NOT_EXECUTED,
        /** It was sent and its end was not seen. */
        UNKNOWN
    }

    /** States of an approval, as the outside sees them in lower case. */
    enum State {
        PENDING,
        APPROVED,
        REJECTED,
        EXPIRED,
        WITHDRAWN,
        EXECUTED,
        FAILED
    }

    /** @param url the portal page of the approval */
    record Receipt(UUID approval, String url, State state, Instant expiresAt) {}

    /**
     * @param by names of the persons who decided
     * @param reason the last decision's reason; may be empty
     */
    record Outcome(State state, List<String> by, String reason) {}

    @FunctionalInterface
    interface Waiter {
        void settled(Outcome outcome);
    }
}
