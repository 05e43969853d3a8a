package org.countersign.core.segregation;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.countersign.model.command.Command;
import org.countersign.model.policy.ApprovalRequirement;
import org.countersign.model.policy.DutyUse;
import org.countersign.model.policy.DynamicConstraint.Per;
import org.countersign.model.policy.PolicyDecision;
import org.countersign.model.policy.PolicySnapshot;
import org.countersign.model.policy.Verdict;
import org.countersign.model.session.SessionFacts;

/**
 * The policy's verdict on a command together with what its session did before. Without I/O. A command that gets leave to
 * run takes its sides of the dynamic constraints; one that is refused or held takes none.
 */
@ApplicationScoped
public class CommandJudge {
    @Inject
    @SuppressWarnings("NullAway.Init") // set by the container
    private SessionDuties sessions;

    public CommandJudge() {}

    public CommandJudge(SessionDuties sessions) {
        this.sessions = sessions;
    }

    /** @param commandsSoFar commands of this session before this one */
    public Verdict decide(
            PolicySnapshot snapshot, SessionFacts session, Command command, long commandsSoFar, Instant now) {
        Verdict verdict = PolicyDecision.decide(snapshot, session, command, commandsSoFar, now);
        return segregated(verdict, snapshot, session, command, commandsSoFar, now);
    }

    /** Decides again about a command that was held and then approved; see {@link PolicyDecision#decideApproved}. */
    public Verdict decideApproved(
            PolicySnapshot snapshot,
            SessionFacts session,
            Command command,
            long commandsSoFar,
            Instant now,
            ApprovalRequirement met) {
        Verdict verdict = PolicyDecision.decideApproved(snapshot, session, command, commandsSoFar, now, met);
        return segregated(verdict, snapshot, session, command, commandsSoFar, now);
    }

    private Verdict segregated(
            Verdict verdict,
            PolicySnapshot snapshot,
            SessionFacts session,
            Command command,
            long commandsSoFar,
            Instant now) {
        if (snapshot.constraints().isEmpty() || verdict instanceof Verdict.Deny) {
            return verdict;
        }
        Map<Per, List<DutyUse>> uses = DutyUse.of(snapshot, session, command).stream()
                .collect(Collectors.groupingBy(use -> use.constraint().per()));
        List<DutyUse> inSession = uses.getOrDefault(Per.SESSION, List.of());
        Optional<Verdict.Deny> refusal = verdict instanceof Verdict.Allow
                ? sessions.take(session.id(), inSession, now, "command " + (commandsSoFar + 1))
                : sessions.refusal(session.id(), inSession, now);
        return refusal.<Verdict>map(deny -> deny).orElse(verdict);
    }
}
