package org.countersign.core.approval;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** Withdraws what nobody waits for any more, because the gateway of its sessions went away. */
@Stateless
@PermitAll
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class AbandonedRequests {
    @Inject
    private Approvals approvals;

    @Inject
    private HeldCommands held;

    public void withdraw(Collection<UUID> sessions) {
        if (!sessions.isEmpty()) {
            List<UUID> pending = approvals.pendingOf(sessions);
            pending.forEach(approval -> held.withdraw(approval, "gateway stopped"));
        }
    }
}
