package org.countersign.core.approval;

import java.util.UUID;
import org.countersign.model.port.ApprovalDesk;

/** Fired asynchronously on this node after an approval was created or left a state, once that is committed. */
public record ApprovalChanged(UUID id, ApprovalDesk.State state) {}
