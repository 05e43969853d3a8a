package org.countersign.core.approval;

import java.util.Optional;
import java.util.UUID;
import org.countersign.model.port.ApprovalDesk;

/**
 * What a decision about several requests did to one of them.
 *
 * @param refused why it did not count; empty when it did
 */
public record BatchOutcome(UUID id, ApprovalDesk.State state, Optional<RefusalReason> refused) {}
