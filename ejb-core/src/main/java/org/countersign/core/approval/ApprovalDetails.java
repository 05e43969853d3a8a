package org.countersign.core.approval;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.countersign.core.identity.Caller;
import org.countersign.core.identity.Visibility;
import org.countersign.model.port.ApprovalDesk.State;

/** Shows what goes with a request: people, history, and what else waits. */
@Stateless
@PermitAll
@SuppressWarnings("NullAway.Init") // set by the container
public class ApprovalDetails {
    @Inject
    private ApprovalService service;

    @Inject
    private Approvals approvals;

    @Inject
    private Deciders deciders;

    @Inject
    private Behind behind;

    @Inject
    private KnownApprovers known;

    @Inject
    private Clock clock;

    public ApprovalDetails() {}

    ApprovalDetails(
            ApprovalService service,
            Approvals approvals,
            Deciders deciders,
            Behind behind,
            KnownApprovers known,
            Clock clock) {
        this.service = service;
        this.approvals = approvals;
        this.deciders = deciders;
        this.behind = behind;
        this.known = known;
        this.clock = clock;
    }

    /** Returns them for whoever may see the request; empty for everybody else. */
    public Optional<ApprovalDetail> find(Caller caller, UUID id) {
        return service.similar(caller, id)
                .flatMap(similar -> approvals.find(id).map(approval -> detail(caller, approval, similar)));
    }

    private ApprovalDetail detail(Caller caller, ApprovalEntity approval, List<SimilarApproval> similar) {
        Instant now = clock.instant();
        boolean pending = approval.state() == State.PENDING && !approval.overdue(now);
        return new ApprovalDetail(
                behind.of(approval),
                pending && Visibility.everything(caller)
                        ? known.of(approval, deciders.around(approval.principal(), approval.target()), now)
                        : List.of(),
                similar,
                pending ? approvals.identical(approval) : 0,
                approval.open(now) && Visibility.own(caller, approval.principal()));
    }
}
