package org.countersign.core.approval;

import java.time.Instant;
import java.util.UUID;
import org.countersign.model.port.ApprovalDesk;

/**
 * Fired within the transaction that makes or changes an approval; observed once that is committed.
 *
 * @param answered whether whoever waits is told now
 */
public record ApprovalCommitted(UUID id, ApprovalDesk.Outcome outcome, boolean answered) {
    static ApprovalCommitted of(ApprovalEntity approval, Instant now) {
        return new ApprovalCommitted(approval.id(), approval.outcome(), approval.answered(now));
    }
}
