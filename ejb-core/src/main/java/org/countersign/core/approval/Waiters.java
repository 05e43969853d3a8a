package org.countersign.core.approval;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.countersign.model.port.ApprovalDesk.Outcome;
import org.countersign.model.port.ApprovalDesk.State;
import org.countersign.model.port.ApprovalDesk.Waiter;
import org.jboss.logging.Logger;

/** The clients on this node that wait for a decision. Each is told once. Safe for all threads. */
@ApplicationScoped
public class Waiters {
    private static final Logger LOG = Logger.getLogger(Waiters.class);

    private final Map<UUID, Waiter> waiting = new ConcurrentHashMap<>();

    void add(UUID approval, Waiter waiter) {
        waiting.put(approval, waiter);
    }

    /** Nobody is to be told any more: the client has left. */
    void remove(UUID approval) {
        waiting.remove(approval);
    }

    Set<UUID> ids() {
        return Set.copyOf(waiting.keySet());
    }

    /** Tells whoever waits for this approval; a state that is still pending says nothing. */
    void settled(UUID approval, Outcome outcome) {
        if (outcome.state() == State.PENDING) {
            return;
        }
        Waiter waiter = waiting.remove(approval);
        if (waiter != null) {
            try {
                waiter.settled(outcome);
            } catch (RuntimeException e) {
                LOG.errorf(e, "waiter failed approval=%s", approval);
            }
        }
    }
}
