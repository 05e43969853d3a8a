package org.countersign.core.segregation;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.countersign.core.grant.GrantUses;
import org.countersign.core.risk.UseBoard;
import org.countersign.model.CountersignError;
import org.countersign.model.command.Command;
import org.countersign.model.policy.ApprovalRequirement;
import org.countersign.model.policy.Deeds;
import org.countersign.model.policy.DutyUse;
import org.countersign.model.policy.DynamicConstraint.Per;
import org.countersign.model.policy.Judgement;
import org.countersign.model.policy.PolicyDecision;
import org.countersign.model.policy.PolicySnapshot;
import org.countersign.model.policy.Verdict;
import org.countersign.model.port.Allowance;
import org.countersign.model.port.CommandDesk.Ruling;
import org.countersign.model.session.SessionFacts;

/**
 * The policy's verdict on a command together with what its session did before. Without I/O. A command that gets leave to
 * run takes its sides of the dynamic constraints; one that is refused or held takes none.
 */
@ApplicationScoped
@SuppressWarnings("NullAway.Init") // set by the container
public class CommandJudge {
    @Inject
    private SessionDuties sessions;

    @Inject
    private ActBacklog backlog;

    @Inject
    private ConflictBoard conflicts;

    @Inject
    private UseBoard used;

    public CommandJudge() {}

    /** Of whose principals nothing is known before. */
    public CommandJudge(SessionDuties sessions, ActBacklog backlog, ConflictBoard conflicts) {
        this(sessions, backlog, conflicts, new UseBoard());
    }

    CommandJudge(SessionDuties sessions, ActBacklog backlog, ConflictBoard conflicts, UseBoard used) {
        this.used = used;
        this.sessions = sessions;
        this.backlog = backlog;
        this.conflicts = conflicts;
    }

    /** See {@link org.countersign.model.port.CommandDesk#decide}. */
    public Ruling decide(
            PolicySnapshot snapshot, SessionFacts session, Command command, long commandsSoFar, Instant now) {
        Judgement judgement = PolicyDecision.judge(
                snapshot, session, command, commandsSoFar, now, Optional.empty(), used.background(session, now));
        Ruling ruling = ruling(snapshot, session, command, judgement, now);
        Verdict verdict = amongPrincipals(judgement.verdict(), snapshot, session);
        if (ruling.estimateMissing() && verdict instanceof Verdict.Allow) {
            return ruling; // it takes no side before it is known whether it stays so
        }
        List<DutyUse> uses = uses(verdict, snapshot, session, command);
        Verdict segregated = inSession(verdict, session, uses, commandsSoFar, now);
        if (!(segregated instanceof Verdict.Allow)) {
            return ruling.with(segregated);
        }
        if (snapshot.constraints().askThePast(session.target(), command, uses)
                || !GrantUses.of(segregated).isEmpty()) {
            return ruling.needingStore();
        }
        boolean noted = PastCheck.noted(session, Deeds.of(command), commandsSoFar, Optional.empty(), now)
                .map(backlog::add)
                .orElse(true);
        return ruling.with(noted ? segregated : unnoted());
    }

    /**
     * Decides again about a command that was held and then approved; see {@link PolicyDecision#decideApproved}. What was
     * done elsewhere is not looked at.
     */
    public Ruling decideApproved(
            PolicySnapshot snapshot,
            SessionFacts session,
            Command command,
            long commandsSoFar,
            Instant now,
            ApprovalRequirement met) {
        Judgement judgement = PolicyDecision.judge(
                snapshot, session, command, commandsSoFar, now, Optional.of(met), used.background(session, now));
        Verdict verdict = amongPrincipals(judgement.verdict(), snapshot, session);
        return ruling(snapshot, session, command, judgement, now)
                .with(inSession(verdict, session, uses(verdict, snapshot, session, command), commandsSoFar, now));
    }

    private Ruling ruling(
            PolicySnapshot snapshot, SessionFacts session, Command command, Judgement judgement, Instant now) {
        Allowance allowance = judgement.verdict() instanceof Verdict.Deny
                ? Allowance.UNLIMITED
                : used.allowance(session, command, judgement, now);
        return new Ruling(
                judgement.verdict(),
                snapshot.version(),
                false,
                judgement.risk(),
                judgement.estimateMissing(),
                allowance);
    }

    private Verdict amongPrincipals(Verdict verdict, PolicySnapshot snapshot, SessionFacts session) {
        return verdict instanceof Verdict.Deny
                ? verdict
                : snapshot.target(session.target())
                        .flatMap(target -> conflicts.refusal(session.principal(), target))
                        .<Verdict>map(deny -> deny)
                        .orElse(verdict);
    }

    private static List<DutyUse> uses(Verdict verdict, PolicySnapshot snapshot, SessionFacts session, Command command) {
        return switch (verdict) {
            case Verdict.Allow allow -> DutyUse.of(snapshot, session, command, allow);
            case Verdict.Hold hold -> DutyUse.of(snapshot, session, command);
            case Verdict.Deny deny -> List.of();
        };
    }

    private Verdict inSession(
            Verdict verdict, SessionFacts session, List<DutyUse> uses, long commandsSoFar, Instant now) {
        if (uses.isEmpty()) {
            return verdict;
        }
        List<DutyUse> own = uses.stream()
                .filter(use -> use.constraint().per() == Per.SESSION)
                .toList();
        Optional<Verdict.Deny> refusal = verdict instanceof Verdict.Allow
                ? sessions.take(session.id(), own, now, "command " + (commandsSoFar + 1))
                : sessions.refusal(session.id(), own, now);
        return refusal.<Verdict>map(deny -> deny).orElse(verdict);
    }

    private static Verdict.Deny unnoted() {
        return new Verdict.Deny(
                List.of("act-not-noted"),
                CountersignError.CANNOT_BE_RECORDED,
                "The store does not keep up with noting who did what, so the command does not run.",
                "Try again shortly; if it lasts, tell an administrator.");
    }
}
