package org.countersign.model.policy;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.countersign.model.CountersignError;
import org.countersign.model.command.Command;
import org.countersign.model.command.Estimate;
import org.countersign.model.session.Principal;
import org.countersign.model.session.SessionFacts;

/**
 * The decision: snapshot, facts and command in, verdict out. Pure, without I/O, on any thread. What goes wrong inside is
 * a {@code Deny}. A command of several statements is judged as a whole and statement by statement, or a rule about one
 * of them could be evaded by what stands beside it; the strictest verdict is that of all.
 */
public final class PolicyDecision {
    /** Rule id of a refusal because the decision itself failed. */
    public static final String FAILED = "decision-failed";

    private PolicyDecision() {}

    /** @param commandsSoFar commands of this session before this one */
    public static Verdict decide(
            PolicySnapshot snapshot, SessionFacts session, Command command, long commandsSoFar, Instant now) {
        return judge(snapshot, session, command, commandsSoFar, now, Optional.empty(), Background.NONE)
                .verdict();
    }

    /**
     * Decides again about a command that was held and then approved.
     *
     * @param met what the approval's decisions satisfied; a guardrail that by now asks for more denies
     * @return never {@code Hold}
     */
    public static Verdict decideApproved(
            PolicySnapshot snapshot,
            SessionFacts session,
            Command command,
            long commandsSoFar,
            Instant now,
            ApprovalRequirement met) {
        return judge(snapshot, session, command, commandsSoFar, now, Optional.of(met), Background.NONE)
                .verdict();
    }

    /**
     * Decides and says what was found out on the way.
     *
     * @param met as in {@link #decideApproved}; empty for a command that nobody has approved
     * @param background what is known of the principal beside the command
     */
    public static Judgement judge(
            PolicySnapshot snapshot,
            SessionFacts session,
            Command command,
            long commandsSoFar,
            Instant now,
            Optional<ApprovalRequirement> met,
            Background background) {
        var at = new Moment(snapshot.at(session, commandsSoFar + 1, now), session, commandsSoFar, now, met, background);
        Judgement judgement = explained(judge(at, command, true), command);
        List<Command> parts = command.parts();
        if (parts.size() > 1) {
            for (Command part : parts) {
                judgement = judgement.and(explained(judge(at, part, false), part));
            }
        }
        return judgement;
    }

    /** What a rule wants explained, and nobody explains, does not even wait. */
    private static Judgement explained(Judgement judgement, Command command) {
        return judgement.verdict() instanceof Verdict.Hold hold
                        && hold.requirement().terms().requestReason()
                        && command.reason().isEmpty()
                ? judgement.with(unexplained(hold))
                : judgement;
    }

    /** Under which circumstances a command and its parts are judged. */
    private record Moment(
            PolicySnapshot snapshot,
            SessionFacts session,
            long commandsSoFar,
            Instant now,
            Optional<ApprovalRequirement> met,
            Background background) {}

    /** @param whole whether it is the whole command, which alone draws on budgets */
    private static Judgement judge(Moment at, Command command, boolean whole) {
        try {
            Optional<TargetPolicy> target = at.snapshot().target(at.session().target());
            if (target.isEmpty()) {
                return Judgement.refused(new Verdict.Deny(
                        List.of("unknown-target"),
                        CountersignError.UNKNOWN_TARGET,
                        "The target " + at.session().target() + " is no longer configured.",
                        "Ask an administrator."));
            }
            Principal principal = at.session().principal();
            Optional<Verdict.Deny> refusal = barred(at.snapshot().registry(), principal, at.now());
            Entitlement entitlement = Entitlement.of(at.snapshot(), target.get(), principal, command);
            if (refusal.isEmpty()) {
                refusal = entitlement.refusal(at.snapshot().constraints());
            }
            if (refusal.isEmpty()) {
                refusal = new Disclosure(entitlement, command).refusal();
            }
            BudgetCheck budgets = BudgetCheck.of(entitlement, command, at.background());
            if (refusal.isEmpty() && whole) {
                refusal = budgets.refusal(principal, at.now());
            }
            return refusal.map(Judgement::refused)
                    .orElseGet(() -> weighed(at, target.get(), entitlement, budgets, command, whole));
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            return Judgement.refused(new Verdict.Deny(
                    List.of(FAILED),
                    CountersignError.DENIED,
                    "The command could not be judged, so it does not run.",
                    "Tell an administrator; the session and command ids find it in the recordings."));
        }
    }

    /** What the guardrails say to a command that is permitted. */
    private static Judgement weighed(
            Moment at,
            TargetPolicy target,
            Entitlement entitlement,
            BudgetCheck budgets,
            Command command,
            boolean whole) {
        Condition.Situation situation = situation(
                at.snapshot(),
                at.session(),
                target,
                entitlement,
                command,
                at.commandsSoFar(),
                at.now(),
                at.background());
        GuardrailCheck check = GuardrailCheck.of(at.snapshot().index().guardrailsOn(target), situation);
        if (whole) {
            check = check.and(budgets.hold());
        }
        Verdict verdict = check.verdict(
                at.met(),
                () -> new Verdict.Allow(
                        entitlement.coveringNames(), entitlement.masks().planFor(command)));
        if (verdict instanceof Verdict.Hold hold && !command.bindable()) {
            verdict = unbound(hold);
        }
        Assessment assessment = situation.assessment();
        boolean held = verdict instanceof Verdict.Hold;
        Optional<Risk> risk =
                whole && (held || assessment.weighed()) ? Optional.of(assessment.risk()) : Optional.empty();
        return new Judgement(
                verdict,
                risk,
                assessment.estimateMissing() || held && command.estimate() instanceof Estimate.Unasked,
                whole ? budgets.budgets() : List.of(),
                whole ? budgets.beyond() : List.of());
    }

    /** How risky a command is that is permitted; empty where it is not. */
    public static Optional<Risk> risk(
            PolicySnapshot snapshot, SessionFacts session, Command command, Instant now, Background background) {
        return snapshot.target(session.target()).map(target -> {
            Entitlement entitlement = Entitlement.of(snapshot, target, session.principal(), command);
            return situation(snapshot, session, target, entitlement, command, 0, now, background)
                    .assessment()
                    .risk();
        });
    }

    /**
     * What an agent is told that may do nothing at all: its registration is over, or that of one it acts through, or the
     * owner its token names is an agent as well, so that nobody answers for it.
     */
    public static Optional<Verdict.Deny> barred(Registry registry, Principal principal, Instant now) {
        return registry.expiredIn(principal, now)
                .map(agent -> Entitlement.denied(
                        "agent-expired",
                        "The registration of the agent " + agent.client() + " has expired.",
                        "Ask " + agent.owner() + ", who answers for it, to have it renewed."))
                .or(() -> registry.agentOwning(principal)
                        .map(agent -> Entitlement.denied(
                                "agent-without-owner",
                                "The owner of " + principal.name() + " is the agent " + agent.client()
                                        + ", and no person answers for it.",
                                "Ask whoever runs the identity provider to name a person as its owner.")));
    }

    /** What the guardrails' conditions may ask about. */
    static Condition.Situation situation(
            PolicySnapshot snapshot,
            SessionFacts session,
            TargetPolicy target,
            Entitlement entitlement,
            Command command,
            long commandsSoFar,
            Instant now,
            Background background) {
        Set<String> classes = entitlement.classesOf(command);
        var assessment = new Assessment(
                command,
                () -> RiskScore.counts(command, classes),
                () -> RiskScore.of(
                        snapshot.risk(),
                        command,
                        classes,
                        BudgetCheck.of(entitlement, command, background).budgets(),
                        background,
                        now));
        return new Condition.Situation(
                relabelled(session, target),
                command,
                entitlement.roleNames(),
                classes,
                registered(snapshot.registry(), session.principal()),
                commandsSoFar,
                now,
                assessment);
    }

    private static Optional<AgentRegistration> registered(Registry registry, Principal principal) {
        return principal.agent() ? registry.agent(principal.name()) : Optional.empty();
    }

    /** Nobody can approve what nobody has seen. */
    private static Verdict.Deny unbound(Verdict.Hold hold) {
        return new Verdict.Deny(
                hold.rules(),
                CountersignError.CANNOT_BE_INSPECTED,
                "It needs approval, and an approval cannot be bound to data that is sent only once it was given.",
                "Send the rows with INSERT.");
    }

    private static Verdict.Deny unexplained(Verdict.Hold hold) {
        return new Verdict.Deny(
                hold.rules(),
                CountersignError.DENIED,
                "It needs approval, and whoever asks for that has to say why.",
                Justification.HINT);
    }

    private static SessionFacts relabelled(SessionFacts session, TargetPolicy target) {
        if (session.targetLabels().equals(target.labels())) {
            return session;
        }
        return new SessionFacts(
                session.id(),
                session.principal(),
                session.target(),
                session.protocol(),
                target.labels(),
                session.address(),
                session.tls(),
                session.startedAt());
    }
}
