package org.countersign.model.policy;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.countersign.model.CountersignError;
import org.countersign.model.command.Command;
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
        return decide(snapshot, session, command, commandsSoFar, now, Optional.empty());
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
        return decide(snapshot, session, command, commandsSoFar, now, Optional.of(met));
    }

    private static Verdict decide(
            PolicySnapshot snapshot,
            SessionFacts session,
            Command command,
            long commandsSoFar,
            Instant now,
            Optional<ApprovalRequirement> met) {
        Verdict verdict = explained(judge(snapshot, session, command, commandsSoFar, now, met), command);
        List<Command> parts = command.parts();
        if (parts.size() > 1) {
            for (Command part : parts) {
                verdict = verdict.stricter(explained(judge(snapshot, session, part, commandsSoFar, now, met), part));
            }
        }
        return verdict;
    }

    /** What a rule wants explained, and nobody explains, does not even wait. */
    private static Verdict explained(Verdict verdict, Command command) {
        return verdict instanceof Verdict.Hold hold
                        && hold.requirement().terms().requestReason()
                        && command.reason().isEmpty()
                ? unexplained(hold)
                : verdict;
    }

    private static Verdict judge(
            PolicySnapshot snapshot,
            SessionFacts session,
            Command command,
            long commandsSoFar,
            Instant now,
            Optional<ApprovalRequirement> met) {
        try {
            Optional<TargetPolicy> target = snapshot.target(session.target());
            if (target.isEmpty()) {
                return new Verdict.Deny(
                        List.of("unknown-target"),
                        CountersignError.UNKNOWN_TARGET,
                        "The target " + session.target() + " is no longer configured.",
                        "Ask an administrator.");
            }
            Optional<Verdict.Deny> refusal = expired(snapshot.registry(), session.principal(), now);
            Entitlement entitlement = Entitlement.of(snapshot, target.get(), session.principal(), command);
            if (refusal.isEmpty()) {
                refusal = entitlement.refusal(snapshot.constraints());
            }
            if (refusal.isEmpty()) {
                refusal = new Disclosure(entitlement, command).refusal();
            }
            if (refusal.isPresent()) {
                return refusal.get();
            }
            Condition.Situation situation =
                    situation(snapshot.registry(), session, target.get(), entitlement, command, commandsSoFar, now);
            Verdict verdict = GuardrailCheck.of(snapshot.guardrails(), target.get(), situation)
                    .verdict(
                            met,
                            () -> new Verdict.Allow(
                                    entitlement.coveringNames(),
                                    entitlement.masks().planFor(command)));
            return verdict instanceof Verdict.Hold hold && !command.bindable() ? unbound(hold) : verdict;
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            return new Verdict.Deny(
                    List.of(FAILED),
                    CountersignError.DENIED,
                    "The command could not be judged, so it does not run.",
                    "Tell an administrator; the session and command ids find it in the recordings.");
        }
    }

    private static Optional<Verdict.Deny> expired(Registry registry, Principal principal, Instant now) {
        return registry.expiredIn(principal, now)
                .map(agent -> Entitlement.denied(
                        "agent-expired",
                        "The registration of the agent " + agent.client() + " has expired.",
                        "Ask " + agent.owner() + ", who answers for it, to have it renewed."));
    }

    /** What the guardrails' conditions may ask about. */
    static Condition.Situation situation(
            Registry registry,
            SessionFacts session,
            TargetPolicy target,
            Entitlement entitlement,
            Command command,
            long commandsSoFar,
            Instant now) {
        return new Condition.Situation(
                relabelled(session, target),
                command,
                entitlement.roleNames(),
                entitlement.classesOf(command),
                registered(registry, session.principal()),
                commandsSoFar,
                now);
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
