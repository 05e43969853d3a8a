package org.countersign.core.approval;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.countersign.core.CoreSettings;
import org.countersign.core.Cursor;
import org.countersign.core.InvalidRequestException;
import org.countersign.core.Page;
import org.countersign.core.UnknownIdException;
import org.countersign.core.audit.Attempt;
import org.countersign.core.audit.Attempts;
import org.countersign.core.identity.Caller;
import org.countersign.core.identity.Visibility;
import org.countersign.core.policy.PolicyBoard;
import org.countersign.model.policy.TypedValues;
import org.countersign.model.port.ApprovalDesk.State;

/** Shows held commands and takes the decisions of people. */
@Stateless
@PermitAll
public class ApprovalService {
    static final int MAX_REASON_CHARACTERS = 2_000;
    private static final int MAX_BATCH = 100;
    private static final int MAX_EARLIER = 200;
    private static final int MAX_SIMILAR = 10;

    @Inject
    private Approvals approvals;

    @Inject
    private OpenRequests open;

    @Inject
    private Deciders deciders;

    @Inject
    private Attempts attempts;

    @Inject
    private Habits habits;

    @Inject
    private DecidersPast past;

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
            OpenRequests open,
            Deciders deciders,
            Attempts attempts,
            Habits habits,
            DecidersPast past,
            PolicyBoard board,
            CoreSettings settings,
            Clock clock,
            Event<ApprovalCommitted> committed) {
        this.approvals = approvals;
        this.open = open;
        this.deciders = deciders;
        this.attempts = attempts;
        this.habits = habits;
        this.past = past;
        this.board = board;
        this.settings = settings;
        this.clock = clock;
        this.committed = committed;
    }

    /**
     * Lists what the caller may see: auditors, approvers and admins everything, others their own and their agents', what
     * waits for them by their group, by their name, as manager, owner or delegate, and what they decided.
     */
    public Page<ApprovalView> list(Caller caller, ApprovalFilter filter) {
        Instant now = now();
        Decider decider = deciders.decider(caller, now);
        var around = new HashMap<Deciders.Asked, Surroundings>();
        var conflicts = new HashMap<DecidersPast.Asked, Optional<String>>();
        return Page.read(
                filter.limit(),
                () -> approvals.list(caller, open.of(decider, now), filter),
                approval -> view(
                        decider,
                        around.computeIfAbsent(
                                new Deciders.Asked(approval.principal(), approval.target()), deciders::around),
                        approval,
                        asked -> conflicts.computeIfAbsent(asked, first -> past.conflict(first, now)),
                        now),
                view -> new Cursor(view.requestedAt(), view.id()));
    }

    /**
     * Returns the approval, or empty when there is none that the caller may see: whoever is one of its approvers may, also
     * before his step, before a fresh sign-in and when he has decided. That somebody who may decide it opens it is noted.
     */
    public Optional<ApprovalView> find(Caller caller, UUID id) {
        Instant now = now();
        Optional<ApprovalEntity> approval = approvals.find(id);
        if (approval.isEmpty()) {
            return Optional.empty();
        }
        Decider decider = deciders.decider(caller, now);
        Surroundings around = around(approval.get());
        Optional<ApprovalView> found = approval.filter(
                        seen -> Visibility.of(caller, seen.principal()) || seen.concerns(decider, around, now))
                .map(seen -> view(decider, around, seen, now));
        found.filter(ApprovalView::mayDecide).ifPresent(view -> habits.seen(id, caller.person(), now));
        return found;
    }

    /**
     * Takes one person's decision. Whoever may not even see the approval learns why he may not decide it. An attempt that
     * is refused is kept.
     *
     * @param reason at most 2,000 characters; may be empty
     * @throws ApprovalRefusedException with the first reason that holds; the approval has not changed then
     * @throws UnknownIdException when there is no such approval
     */
    public ApprovalView decide(Caller caller, UUID id, DecisionKind decision, String reason)
            throws ApprovalRefusedException {
        if (reason.length() > MAX_REASON_CHARACTERS || reason.indexOf('\0') >= 0) {
            throw new InvalidRequestException(
                    "reason", "a reason has at most " + MAX_REASON_CHARACTERS + " characters and no NUL");
        }
        ApprovalEntity approval = approvals.lock(id).orElseThrow(() -> new UnknownIdException("approval", id));
        Instant now = now();
        Decider decider = deciders.decider(caller, now);
        Surroundings around = around(approval);
        try {
            if (mayHaveConflict(approval.refusal(decider, around, now))) {
                past.check(DecidersPast.Asked.of(approval, decider, around, now), now);
            }
            approval.decide(decider, around, decision, reason, now);
        } catch (ApprovalRefusedException e) {
            // commits: this exception takes nothing back
            attempts.note(
                    caller.principal(),
                    Attempt.DECIDE_APPROVAL,
                    id.toString(),
                    e.reason().label(),
                    String.valueOf(e.getMessage()));
            throw e;
        }
        past.decided(approval, caller, decision, now);
        committed.fire(ApprovalCommitted.of(approval, now));
        return view(decider, around, approval, now);
    }

    /**
     * Takes one person's decision about every pending request for exactly the same: principal, target, text, values and
     * all else that the digest covers. Each counts or is refused for itself.
     *
     * @param reason at most 2,000 characters; may be empty
     * @return the oldest first, at most 100; empty when nothing of this digest is pending
     */
    public List<BatchOutcome> decideIdentical(Caller caller, String digest, DecisionKind decision, String reason) {
        var outcomes = new ArrayList<BatchOutcome>();
        for (ApprovalEntity approval : approvals.lockPending(digest, MAX_BATCH)) {
            try {
                ApprovalView decided = decide(caller, approval.id(), decision, reason);
                outcomes.add(new BatchOutcome(decided.id(), decided.state(), Optional.empty()));
            } catch (ApprovalRefusedException e) {
                outcomes.add(new BatchOutcome(approval.id(), approval.state(), Optional.of(e.reason())));
            }
        }
        return outcomes;
    }

    /** Returns earlier requests that are like this one, the latest first; empty when there is none that the caller may see. */
    public Optional<List<SimilarApproval>> similar(Caller caller, UUID id) {
        return find(caller, id)
                .flatMap(view -> approvals.find(view.id()))
                .map(approval -> approvals.earlier(approval, MAX_EARLIER).stream()
                        .flatMap(earlier -> earlier.like(approval).stream())
                        .limit(MAX_SIMILAR)
                        .toList());
    }

    /**
     * Takes a request back that has not run yet: the requester, or a person who answers for him.
     *
     * @throws ApprovalRefusedException when it is over already
     * @throws UnknownIdException when there is none that the caller asked for or answers for
     */
    public ApprovalView takeBack(Caller caller, UUID id) throws ApprovalRefusedException {
        Instant now = now();
        ApprovalEntity approval = approvals
                .lock(id)
                .filter(found -> Visibility.own(caller, found.principal()))
                .orElseThrow(() -> new UnknownIdException("approval", id));
        if (!approval.takeBack(caller.person(), now)) {
            throw new ApprovalRefusedException(RefusalReason.ALREADY_DECIDED);
        }
        committed.fire(ApprovalCommitted.of(approval, now));
        return view(deciders.decider(caller, now), around(approval), approval, now);
    }

    private Surroundings around(ApprovalEntity approval) {
        return deciders.around(approval.principal(), approval.target());
    }

    /** Who decides sees values that the requester typed as he sees them on the target. */
    private ApprovalView view(Decider decider, Surroundings around, ApprovalEntity approval, Instant now) {
        return view(decider, around, approval, asked -> past.conflict(asked, now), now);
    }

    private ApprovalView view(
            Decider decider,
            Surroundings around,
            ApprovalEntity approval,
            Function<DecidersPast.Asked, Optional<String>> conflicts,
            Instant now) {
        String url = ApprovalLinks.url(settings, approval.id());
        Optional<RefusalReason> why = approval.refusal(decider, around, now);
        Optional<String> conflict = approval.state() == State.PENDING && mayHaveConflict(why)
                ? conflicts.apply(DecidersPast.Asked.of(approval, decider, around, now))
                : Optional.empty();
        ApprovalView view = conflict.isPresent()
                ? approval.view(Optional.of(RefusalReason.CONFLICT_OF_DUTIES), conflict.get(), url, now)
                : approval.view(why, url, now);
        return view.seenThrough(TypedValues.seenBy(decider.caller().principal(), board.current(), view.target()));
    }

    /** Whether no reason holds that is tested before the constraints. */
    static boolean mayHaveConflict(Optional<RefusalReason> why) {
        return why.isEmpty() || why.get().compareTo(RefusalReason.CONFLICT_OF_DUTIES) > 0;
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
