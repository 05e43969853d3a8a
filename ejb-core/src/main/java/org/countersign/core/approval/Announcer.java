package org.countersign.core.approval;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import org.countersign.model.port.ApprovalDesk.State;

/** Tells this node what has become of an approval, never before it is committed, and what has not. */
@ApplicationScoped
public class Announcer {
    @Inject
    private Waiters waiters;

    @Inject
    private Settlements settlements;

    @Inject
    private HeldCommands held;

    @Inject
    private Event<ApprovalChanged> changed;

    void announce(@Observes(during = TransactionPhase.AFTER_SUCCESS) ApprovalCommitted committed) {
        waiters.settled(committed.id(), committed.outcome());
        changed.fireAsync(
                new ApprovalChanged(committed.id(), committed.outcome().state()));
    }

    /** Who asked was told that it failed, but a commit may happen whose answer is lost: nobody may wait in vain for him. */
    void takeBack(@Observes(during = TransactionPhase.AFTER_FAILURE) ApprovalCommitted doubtful) {
        if (doubtful.outcome().state() == State.PENDING) {
            settlements.later(doubtful.id(), () -> held.withdraw(doubtful.id(), "the gateway lost its store"));
        }
    }
}
