package org.countersign.core.approval;

import jakarta.annotation.PreDestroy;
import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Once a second, expires what is overdue, notes what takes too long, looks whether somebody on another node decided what a client on this one waits
 * for, and tells the store what it could not be told before. A store that is away is asked again a second later; the
 * clients wait on.
 */
@Singleton
@Startup
@PermitAll
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class ApprovalPulse {
    private static final Logger LOG = Logger.getLogger(ApprovalPulse.class);

    @Inject
    private Waiters waiters;

    @Inject
    private Settlements settlements;

    @Inject
    private Approvals approvals;

    @Inject
    private HeldCommands held;

    @Inject
    private Clock clock;

    private boolean storeAway;

    @Schedule(hour = "*", minute = "*", second = "*", persistent = false)
    void beat() {
        try {
            Instant now = clock.instant();
            approvals.overdue(now).forEach(held::expire);
            approvals.escalating(now).forEach(held::escalate);
            Set<UUID> waiting = waiters.ids();
            if (!waiting.isEmpty()) {
                approvals.settled(waiting).stream()
                        .filter(approval -> approval.answered(now))
                        .forEach(approval -> waiters.settled(approval.id(), approval.outcome()));
            }
            settlements.settleAll();
            storeAway = false;
        } catch (RuntimeException e) {
            if (!storeAway) {
                LOG.warn("approvals not looked after", e);
            }
            storeAway = true;
        }
    }

    /** Nobody may approve what nobody will run. */
    @PreDestroy
    void stop() {
        for (UUID approval : waiters.ids()) {
            try {
                held.withdraw(approval, "gateway stopped");
            } catch (RuntimeException e) {
                LOG.warnf("pending approval not withdrawn approval=%s", approval);
            }
        }
    }
}
