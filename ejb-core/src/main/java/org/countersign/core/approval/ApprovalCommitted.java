package org.countersign.core.approval;

import java.util.UUID;
import org.countersign.model.port.ApprovalDesk;

/** Fired within the transaction that makes or changes an approval; observed once that is committed. */
record ApprovalCommitted(UUID id, ApprovalDesk.Outcome outcome) {
    static ApprovalCommitted of(ApprovalEntity approval) {
        return new ApprovalCommitted(approval.id(), approval.outcome());
    }
}
