package org.countersign.core.grant;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Inject;
import org.countersign.core.approval.ApprovalChanged;
import org.countersign.core.policy.PolicyPulse;
import org.countersign.model.port.ApprovalDesk;

/** Puts a grant on the board of this node as soon as its request is approved; other nodes see it at their next pulse. */
@ApplicationScoped
@SuppressWarnings("NullAway.Init") // set by the container
public class GrantNews {
    @Inject
    private AccessGrants grants;

    @Inject
    private PolicyPulse pulse;

    void publish(@ObservesAsync ApprovalChanged change) {
        if (change.state() == ApprovalDesk.State.EXECUTED && grants.askedBy(change.id())) {
            pulse.refresh();
        }
    }
}
