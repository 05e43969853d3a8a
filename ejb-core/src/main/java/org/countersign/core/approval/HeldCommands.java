package org.countersign.core.approval;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.countersign.core.CoreSettings;
import org.countersign.core.audit.Attempt;
import org.countersign.core.audit.Attempts;
import org.countersign.core.grant.GrantUses;
import org.countersign.core.identity.Suspensions;
import org.countersign.core.policy.PolicyBoard;
import org.countersign.core.segregation.CommandJudge;
import org.countersign.core.segregation.PastCheck;
import org.countersign.core.segregation.ResponsiblePersons;
import org.countersign.model.CountersignError;
import org.countersign.model.Timestamp;
import org.countersign.model.policy.PolicySnapshot;
import org.countersign.model.policy.Verdict;
import org.countersign.model.port.ApprovalDesk;
import org.countersign.model.port.ApprovalDesk.Receipt;
import org.countersign.model.port.ApprovalDesk.State;
import org.countersign.model.port.CommandDesk.Ruling;
import org.countersign.model.port.HeldCommand;

/**
 * The requester's side of approvals. What a method did is committed when it returns, whatever transaction its caller
 * has: an approval that was consumed stays consumed.
 */
@Stateless
@PermitAll
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class HeldCommands {
    /** What is no fault of time: somebody wanted to run what he may not. */
    private static final Set<CountersignError> REFUSED =
            EnumSet.of(CountersignError.DENIED, CountersignError.CONFLICT_OF_DUTIES);

    private static final String ASK_AGAIN = "Send the command again to ask for a new approval.";

    @Inject
    private Approvals approvals;

    @Inject
    private ResponsiblePersons responsible;

    @Inject
    private Suspensions suspensions;

    @Inject
    private PolicyBoard board;

    @Inject
    private CommandJudge judge;

    @Inject
    private PastCheck check;

    @Inject
    private Attempts attempts;

    @Inject
    private GrantUses uses;

    @Inject
    private CoreSettings settings;

    @Inject
    private Clock clock;

    @Inject
    private Event<ApprovalCommitted> committed;

    public HeldCommands() {}

    HeldCommands(
            Approvals approvals,
            ResponsiblePersons responsible,
            Suspensions suspensions,
            PolicyBoard board,
            CommandJudge judge,
            PastCheck check,
            Attempts attempts,
            GrantUses uses,
            CoreSettings settings,
            Clock clock,
            Event<ApprovalCommitted> committed) {
        this.approvals = approvals;
        this.responsible = responsible;
        this.suspensions = suspensions;
        this.board = board;
        this.judge = judge;
        this.check = check;
        this.attempts = attempts;
        this.uses = uses;
        this.settings = settings;
        this.clock = clock;
        this.committed = committed;
    }

    /**
     * Records the hold, or finds the deferred request that was made for the same command before.
     *
     * @param id of the request if a new one is made
     */
    public Receipt request(UUID id, HeldCommand held) {
        Instant now = now();
        if (held.deferred()) {
            Optional<ApprovalEntity> earlier = approvals.lockDeferred(held);
            if (earlier.isPresent()) {
                if (!earlier.get().expire(now)) {
                    return receipt(earlier.get());
                }
                // the store allows one open request: the old one has to be closed there first
                approvals.flush();
                committed.fire(ApprovalCommitted.of(earlier.get(), now));
            }
        }
        var approval =
                new ApprovalEntity(id, held, responsible.of(held.session().principal()), now);
        approvals.add(approval);
        committed.fire(ApprovalCommitted.of(approval, now()));
        return receipt(approval);
    }

    /** Decides again and consumes the approval; see {@link org.countersign.model.port.ApprovalDesk#redeem}. */
    public Ruling redeem(UUID id, HeldCommand held) {
        Ruling ruling = redeemed(id, held);
        if (ruling.verdict() instanceof Verdict.Deny deny && REFUSED.contains(deny.error())) {
            attempts.note(
                    held.session().principal(),
                    Attempt.RUN_APPROVED,
                    id.toString(),
                    String.join(", ", deny.rules()),
                    deny.message());
        }
        return ruling;
    }

    private Ruling redeemed(UUID id, HeldCommand held) {
        Instant now = now();
        Optional<ApprovalEntity> found = approvals.lock(id).filter(approval -> approval.belongsTo(held));
        if (found.isEmpty()) {
            return denied("no-approval", CountersignError.DENIED, "There is no such approval of yours.");
        }
        ApprovalEntity approval = found.get();
        if (approval.expire(now)) {
            committed.fire(ApprovalCommitted.of(approval, now()));
        }
        Optional<Ruling> closed = closed(approval);
        if (closed.isPresent()) {
            return closed.get();
        }
        if (!approval.binds(held)) {
            return denied("not-what-was-approved", CountersignError.DENIED, "This is not what was approved.");
        }
        Optional<Instant> opening = approval.waitsUntil(now);
        if (opening.isPresent()) {
            return denied(
                    "not-yet",
                    CountersignError.APPROVAL_NEEDED,
                    "It is approved, and may run from " + Timestamp.of(opening.get()) + ".",
                    "Send the same command again then.");
        }
        Optional<PolicySnapshot> snapshot = board.current();
        if (snapshot.isEmpty()) {
            return denied(
                    "no-policy",
                    CountersignError.POLICY_NOT_CONFIRMED,
                    "The gateway has no confirmed policy, so nothing new runs.");
        }
        return consume(approval, held, snapshot.get(), now);
    }

    private Ruling consume(ApprovalEntity approval, HeldCommand held, PolicySnapshot snapshot, Instant now) {
        Signatures signatures =
                approval.signatures(responsible.of(held.session().principal()));
        Ruling ruling = signatures
                .refusal(responsible::accountsOf)
                .or(() -> signatures.suspended(responsible::accountsOf, suspensions::anyOf))
                .map(deny -> new Ruling(deny, snapshot.version()))
                .orElseGet(() -> judge.decideApproved(
                        snapshot, held.session(), held.command(), held.commandsSoFar(), now, approval.requirement()));
        Verdict verdict = ruling.verdict();
        if (verdict instanceof Verdict.Allow) {
            Optional<Verdict.Deny> refusal = uses.refusal(
                            GrantUses.of(verdict), held.session(), held.commandsSoFar() + 1, now)
                    .or(() -> check.admit(
                            snapshot,
                            held.session(),
                            held.command(),
                            held.commandsSoFar(),
                            Optional.of(approval.id()),
                            now));
            verdict = refusal.<Verdict>map(deny -> deny).orElse(verdict);
        }
        switch (verdict) {
            case Verdict.Allow allow -> {
                uses.use(GrantUses.of(allow), held.session(), held.commandsSoFar() + 1, now);
                approval.consume(now);
            }
            case Verdict.Deny deny -> approval.fail("it is refused by now: " + String.join(", ", deny.rules()));
            case Verdict.Hold hold -> throw new IllegalStateException("held again although it was approved");
        }
        committed.fire(ApprovalCommitted.of(approval, now()));
        return ruling.with(verdict);
    }

    private static Optional<Ruling> closed(ApprovalEntity approval) {
        return switch (approval.state()) {
            case APPROVED -> Optional.empty();
            case PENDING ->
                Optional.of(denied("not-decided", CountersignError.APPROVAL_NEEDED, "It is not approved yet."));
            case REJECTED -> Optional.of(denied("rejected", CountersignError.REJECTED, "It was rejected."));
            case EXPIRED -> Optional.of(denied("expired", CountersignError.EXPIRED, "The approval has expired."));
            case WITHDRAWN -> Optional.of(denied("withdrawn", CountersignError.DENIED, "The request was withdrawn."));
            case EXECUTED, FAILED ->
                Optional.of(denied("already-used", CountersignError.DENIED, "The approval has been used already."));
        };
    }

    private static Ruling denied(String rule, CountersignError error, String message) {
        return denied(rule, error, message, ASK_AGAIN);
    }

    private static Ruling denied(String rule, CountersignError error, String message, String hint) {
        return new Ruling(new Verdict.Deny(List.of(rule), error, message, hint), 0);
    }

    /** Ends a pending request whose client is gone; a decided one stays. */
    public void withdraw(UUID id, String reason) {
        approvals
                .lock(id)
                .filter(approval -> approval.withdraw(reason))
                .ifPresent(approval -> committed.fire(ApprovalCommitted.of(approval, now())));
    }

    /**
     * Says how the command of an approval ended. One that is not consumed is given up, unless it is deferred: that one is
     * there for the next time.
     */
    public void finished(UUID id, ApprovalDesk.End end) {
        switch (end) {
            case EXECUTED -> {
                // it says so since it was consumed
            }
            case NOT_EXECUTED -> fail(id, "the target did not execute it");
            case UNKNOWN -> fail(id, "its end was not seen, so it may have run");
        }
    }

    private void fail(UUID id, String reason) {
        approvals
                .lock(id)
                .filter(approval -> approval.state() == State.EXECUTED
                        || approval.state() == State.APPROVED && !approval.deferred())
                .ifPresent(approval -> {
                    approval.fail(reason);
                    committed.fire(ApprovalCommitted.of(approval, now()));
                });
    }

    /** Expires one approval if its time is over. */
    public void expire(UUID id) {
        approvals
                .lock(id)
                .filter(approval -> approval.expire(now()))
                .ifPresent(approval -> committed.fire(ApprovalCommitted.of(approval, now())));
    }

    /** Notes that it took so long that further persons may decide. */
    public void escalate(UUID id) {
        approvals
                .lock(id)
                .filter(approval -> approval.escalate(now()))
                .ifPresent(approval -> committed.fire(ApprovalCommitted.of(approval, now())));
    }

    private Receipt receipt(ApprovalEntity approval) {
        return new Receipt(
                approval.id(), ApprovalLinks.url(settings, approval.id()), approval.state(), approval.expiresAt());
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
