package org.countersign.core.approval;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;

/** Tells this node what has become of an approval, never before it is committed. */
@ApplicationScoped
public class Announcer {
    @Inject
    private Waiters waiters;

    @Inject
    private Event<ApprovalChanged> changed;

    void announce(@Observes(during = TransactionPhase.AFTER_SUCCESS) ApprovalCommitted committed) {
        if (committed.answered()) {
            waiters.settled(committed.id(), committed.outcome());
        }
        changed.fireAsync(
                new ApprovalChanged(committed.id(), committed.outcome().state()));
    }
}
