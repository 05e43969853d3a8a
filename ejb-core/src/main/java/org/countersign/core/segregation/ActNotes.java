package org.countersign.core.segregation;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.countersign.core.grant.GrantUses;
import org.countersign.core.policy.PolicyBoard;
import org.countersign.model.CountersignError;
import org.countersign.model.command.Command;
import org.countersign.model.policy.PolicySnapshot;
import org.countersign.model.policy.Verdict;
import org.countersign.model.port.CommandDesk.Ruling;
import org.countersign.model.session.SessionFacts;

/** Writes acts down. What a method did is committed when it returns. */
@Stateless
@PermitAll
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
@SuppressWarnings("NullAway.Init") // set by the container
public class ActNotes {
    @Inject
    private PastCheck check;

    @Inject
    private GrantUses uses;

    @Inject
    private PolicyBoard board;

    @Inject
    private Clock clock;

    /** See {@link org.countersign.model.port.ApprovalDesk#settle}. */
    public Ruling settle(SessionFacts session, Command command, long commandsSoFar, Ruling ruling) {
        Optional<PolicySnapshot> snapshot = board.current();
        if (snapshot.isEmpty() || snapshot.get().version() != ruling.policyVersion()) {
            return new Ruling(
                    new Verdict.Deny(
                            List.of("no-policy"),
                            CountersignError.POLICY_NOT_CONFIRMED,
                            "The policy changed while the command was being decided about.",
                            "Send it again."),
                    ruling.policyVersion());
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        List<UUID> grants = GrantUses.of(ruling.verdict());
        Optional<Verdict.Deny> refusal = uses.refusal(grants, session, commandsSoFar + 1, now)
                .or(() -> check.admit(snapshot.get(), session, command, commandsSoFar, Optional.empty(), now));
        if (refusal.isEmpty()) {
            uses.use(grants, session, commandsSoFar + 1, now);
        }
        return refusal.<Ruling>map(ruling::with).orElse(ruling);
    }

    public void note(List<Act> open) {
        open.forEach(check::note);
    }
}
