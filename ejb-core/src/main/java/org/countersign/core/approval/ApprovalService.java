package org.countersign.core.approval;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import java.util.Optional;
import java.util.UUID;
import org.countersign.core.Page;
import org.countersign.core.identity.Caller;

/** Shows held commands and takes the decisions of people. */
@Stateless
@PermitAll
public class ApprovalService {
    /** Lists what the caller may see: auditors, approvers and admins everything, others their own and their agents'. */
    public Page<ApprovalView> list(Caller caller, ApprovalFilter filter) {
        throw new UnsupportedOperationException();
    }

    /** Returns the approval, or empty when there is none that the caller may see. */
    public Optional<ApprovalView> find(Caller caller, UUID id) {
        throw new UnsupportedOperationException();
    }

    /**
     * Takes one person's decision. Whoever may not even see the approval learns why he may not decide it.
     *
     * @param reason at most 2,000 characters; may be empty
     * @throws ApprovalRefusedException with the first reason that holds; nothing has changed then
     * @throws org.countersign.core.UnknownIdException when there is no such approval
     */
    public ApprovalView decide(Caller caller, UUID id, DecisionKind decision, String reason)
            throws ApprovalRefusedException {
        throw new UnsupportedOperationException();
    }
}
