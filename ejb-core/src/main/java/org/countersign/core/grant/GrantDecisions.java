package org.countersign.core.grant;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.countersign.core.approval.ApprovalCommitted;
import org.countersign.core.audit.Attempt;
import org.countersign.core.audit.Attempts;
import org.countersign.core.policy.PolicyBoard;
import org.countersign.core.segregation.ConflictLook;
import org.countersign.model.policy.PolicySnapshot;
import org.countersign.model.port.ApprovalDesk;
import org.jboss.logging.Logger;

/** What becomes of a grant when its request is decided, in the transaction of the decision. */
@ApplicationScoped
@SuppressWarnings("NullAway.Init") // set by the container
public class GrantDecisions {
    private static final Logger LOG = Logger.getLogger(GrantDecisions.class);

    @Inject
    private AccessGrants grants;

    @Inject
    private PolicyBoard board;

    @Inject
    private Grounds grounds;

    @Inject
    private ConflictLook conflicts;

    @Inject
    private Attempts attempts;

    @Inject
    private Clock clock;

    public GrantDecisions() {}

    GrantDecisions(
            AccessGrants grants,
            PolicyBoard board,
            Grounds grounds,
            ConflictLook conflicts,
            Attempts attempts,
            Clock clock) {
        this.grants = grants;
        this.board = board;
        this.grounds = grounds;
        this.conflicts = conflicts;
        this.attempts = attempts;
        this.clock = clock;
    }

    void settled(@Observes ApprovalCommitted committed) {
        ApprovalDesk.Outcome outcome = committed.outcome();
        if (outcome.state() != ApprovalDesk.State.PENDING) {
            grants.lockAskedBy(committed.id())
                    .filter(grant -> grant.state() == GrantState.PENDING)
                    .ifPresent(grant -> settle(grant, outcome));
        }
    }

    private void settle(GrantEntity grant, ApprovalDesk.Outcome outcome) {
        switch (outcome.state()) {
            case EXECUTED -> begin(grant);
            case REJECTED -> grant.refuse(GrantState.REJECTED, outcome.reason());
            case EXPIRED -> grant.refuse(GrantState.EXPIRED, outcome.reason());
            case WITHDRAWN -> grant.refuse(GrantState.WITHDRAWN, outcome.reason());
            case PENDING, APPROVED, FAILED ->
                throw new IllegalStateException("the request of a grant is never " + outcome.state());
        }
    }

    /** Who answers for whom, and the policy, may have changed since it was asked for. */
    private void begin(GrantEntity grant) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        Optional<Obstacle> obstacle = obstacle(grant, now);
        if (obstacle.isPresent()) {
            grant.refuse(GrantState.REJECTED, obstacle.get().message());
            attempts.note(
                    grant.principal(),
                    Attempt.RUN_APPROVED,
                    grant.view().name(),
                    obstacle.get().reason(),
                    obstacle.get().message());
            return;
        }
        grant.begin(now);
        LOG.infof(
                "grant begins grant=%s role=%s target=%s principal=%s",
                grant.id(), grant.role(), grant.target(), grant.principal().name());
    }

    private record Obstacle(String reason, String message) {}

    private Optional<Obstacle> obstacle(GrantEntity grant, Instant now) {
        PolicySnapshot snapshot = board.current()
                .orElseThrow(() -> new IllegalStateException("no confirmed policy, so nothing can be given"));
        if (snapshot.role(grant.role()).isEmpty()
                || snapshot.target(grant.target()).isEmpty()) {
            return Optional.of(new Obstacle("grant-ended", "its role or its target is not in the policy any more"));
        }
        return grounds.refusal(grant, snapshot, grant.principal())
                .map(deny -> new Obstacle(deny.rules().getFirst(), deny.message()))
                .or(() -> conflicts
                        .conflict(
                                snapshot.with(snapshot.grants().and(GrantFacts.foreseen(grant, now))),
                                grant.principal(),
                                snapshot.target(grant.target()).orElseThrow())
                        .map(conflict -> new Obstacle(GrantRefusal.CONFLICT_OF_DUTIES.label(), conflict)));
    }
}
