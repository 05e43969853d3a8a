package org.countersign.core.approval;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import org.countersign.core.CoreSettings;
import org.countersign.core.Cursor;
import org.countersign.core.InvalidRequestException;
import org.countersign.core.Page;
import org.countersign.core.UnknownIdException;
import org.countersign.core.identity.Caller;
import org.countersign.core.identity.Principals;
import org.countersign.core.identity.Visibility;
import org.countersign.core.policy.PolicyBoard;
import org.countersign.model.policy.TypedValues;

/** Shows held commands and takes the decisions of people. */
@Stateless
@PermitAll
public class ApprovalService {
    static final int MAX_REASON_CHARACTERS = 2_000;

    @Inject
    private Approvals approvals;

    @Inject
    private Principals principals;

    @Inject
    private PolicyBoard board;

    @Inject
    private CoreSettings settings;

    @Inject
    private Clock clock;

    @Inject
    private Event<ApprovalCommitted> committed;

    public ApprovalService() {}

    ApprovalService(
            Approvals approvals,
            Principals principals,
            PolicyBoard board,
            CoreSettings settings,
            Clock clock,
            Event<ApprovalCommitted> committed) {
        this.approvals = approvals;
        this.principals = principals;
        this.board = board;
        this.settings = settings;
        this.clock = clock;
        this.committed = committed;
    }

    /** Lists what the caller may see: auditors, approvers and admins everything, others their own and their agents'. */
    public Page<ApprovalView> list(Caller caller, ApprovalFilter filter) {
        return Page.read(
                filter.limit(),
                () -> approvals.list(caller, filter),
                approval -> view(caller, approval),
                view -> new Cursor(view.requestedAt(), view.id()));
    }

    /** Returns the approval, or empty when there is none that the caller may see. */
    public Optional<ApprovalView> find(Caller caller, UUID id) {
        return approvals
                .find(id)
                .filter(approval -> Visibility.of(caller, approval.principal()))
                .map(approval -> view(caller, approval));
    }

    /**
     * Takes one person's decision. Whoever may not even see the approval learns why he may not decide it.
     *
     * @param reason at most 2,000 characters; may be empty
     * @throws ApprovalRefusedException with the first reason that holds; nothing has changed then
     * @throws UnknownIdException when there is no such approval
     */
    public ApprovalView decide(Caller caller, UUID id, DecisionKind decision, String reason)
            throws ApprovalRefusedException {
        if (reason.length() > MAX_REASON_CHARACTERS || reason.indexOf('\0') >= 0) {
            throw new InvalidRequestException(
                    "reason", "a reason has at most " + MAX_REASON_CHARACTERS + " characters and no NUL");
        }
        ApprovalEntity approval = approvals.lock(id).orElseThrow(() -> new UnknownIdException("approval", id));
        approval.decide(caller, principals.responsibleNow(approval.principal()), decision, reason, now());
        committed.fire(ApprovalCommitted.of(approval));
        return view(caller, approval);
    }

    /** Who decides sees values that the requester typed as he sees them on the target. */
    private ApprovalView view(Caller caller, ApprovalEntity approval) {
        ApprovalView view = approval.view(
                approval.refusal(caller, principals.responsibleNow(approval.principal()), now()),
                ApprovalLinks.url(settings, approval.id()));
        return view.seenThrough(TypedValues.seenBy(caller.principal(), board.current(), view.target()));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
