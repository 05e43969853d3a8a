package org.countersign.core.grant;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.countersign.core.InvalidRequestException;
import org.countersign.core.UnknownIdException;
import org.countersign.core.approval.ApprovalChanged;
import org.countersign.core.approval.RefusalReason;
import org.countersign.core.approval.Reviewers;
import org.countersign.core.audit.Attempt;
import org.countersign.core.audit.Attempts;
import org.countersign.core.identity.Caller;
import org.countersign.core.identity.Visibility;
import org.countersign.core.policy.PolicyBoard;
import org.countersign.core.policy.PolicyPulse;
import org.countersign.core.segregation.ResponsiblePersons;
import org.countersign.model.policy.Grant;
import org.countersign.model.policy.PolicySnapshot;
import org.countersign.model.port.ApprovalDesk;
import org.jboss.logging.Logger;

/** What named persons take in an emergency, and the look that others take at it afterwards. */
@Stateless
@PermitAll
@SuppressWarnings("NullAway.Init") // set by the container
public class BreakGlassService {
    private static final Logger LOG = Logger.getLogger(BreakGlassService.class);
    private static final int MAX_WORDS_CHARACTERS = 2_000;
    private static final int FEWEST_WORDS_CHARACTERS = 10;

    @Inject
    private BreakGlassStarts starts;

    @Inject
    private AccessGrants grants;

    @Inject
    private GrantSight sight;

    @Inject
    private ResponsiblePersons responsible;

    @Inject
    private PolicyBoard board;

    @Inject
    private PolicyPulse pulse;

    @Inject
    private Attempts attempts;

    @Inject
    private Clock clock;

    /** Open pages look again, as they do for approvals: what was taken waits for its review. */
    @Inject
    private Event<ApprovalChanged> changed;

    public BreakGlassService() {}

    BreakGlassService(
            BreakGlassStarts starts,
            AccessGrants grants,
            GrantSight sight,
            ResponsiblePersons responsible,
            PolicyBoard board,
            PolicyPulse pulse,
            Attempts attempts,
            Clock clock,
            Event<ApprovalChanged> changed) {
        this.starts = starts;
        this.grants = grants;
        this.sight = sight;
        this.responsible = responsible;
        this.board = board;
        this.pulse = pulse;
        this.attempts = attempts;
        this.clock = clock;
        this.changed = changed;
    }

    /** What the caller may take, with what is in the way of it now. */
    public List<EligibleView> available(Caller caller) {
        if (caller.machine()) {
            return List.of();
        }
        PolicySnapshot snapshot = board.current()
                .orElseThrow(() -> new IllegalStateException("no confirmed policy, so nothing can be given"));
        Instant now = now();
        String blocked = grants.unreviewedOf(responsible.of(caller.principal()))
                .map(earlier -> BreakGlassStarts.blocked(earlier, now))
                .orElse("");
        return snapshot.exceptions().breakGlasses().stream()
                .filter(rule -> rule.persons().include(caller.principal()))
                .flatMap(rule -> Eligibles.of(snapshot, rule, blocked).stream())
                .toList();
    }

    /**
     * Takes the role at once; on this node it is in force when this returns.
     *
     * @param name of the manifest
     * @param reason 1 to 2,000 characters
     */
    @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
    public GrantView start(Caller caller, String name, String target, Duration duration, String reason, String ticket)
            throws GrantRefusedException {
        GrantView started = starts.start(caller, name, target, duration, reason, ticket);
        pulse.refresh();
        changed.fireAsync(new ApprovalChanged(started.id(), ApprovalDesk.State.PENDING));
        return started;
    }

    /** What is open or waits for its review, as far as it concerns the caller: his own, what he reviews, for administrators and auditors all. */
    public List<GrantView> concerning(Caller caller) {
        if (caller.machine()) {
            return List.of();
        }
        Instant now = now();
        return grants.unreviewed().stream()
                .filter(grant -> Visibility.of(caller, grant.principal())
                        || grant.responsible().contains(caller.person())
                        || sight.concerns(caller, grant, now))
                .map(grant -> sight.of(caller, grant, now))
                .toList();
    }

    /**
     * Says what somebody did in an emergency came to. Only once it is over, only by its reviewers, never by whoever
     * answers for it.
     *
     * @param words 10 to 2,000 characters
     */
    public GrantView review(Caller caller, UUID id, Finding finding, String words) throws GrantRefusedException {
        String said = words.strip();
        if (said.length() < FEWEST_WORDS_CHARACTERS
                || said.length() > MAX_WORDS_CHARACTERS
                || said.indexOf('\0') >= 0) {
            throw new InvalidRequestException(
                    "words",
                    "a review says what was looked at and found, in " + FEWEST_WORDS_CHARACTERS + " to "
                            + MAX_WORDS_CHARACTERS + " characters");
        }
        Instant now = now();
        GrantEntity grant = grants.lock(id)
                .filter(found -> found.kind() == Grant.Kind.BREAK_GLASS)
                .orElseThrow(() -> new UnknownIdException("break-glass", id));
        grant.runOut(now);
        Reviewers.Test test = sight.test(caller, grant, now);
        Optional<GrantRefusedException> refusal = test.refusal()
                .map(reason -> new GrantRefusedException(refusal(reason), GrantSight.inWords(reason)))
                .or(() -> untimely(grant));
        if (refusal.isPresent()) {
            attempts.note(
                    caller.principal(),
                    Attempt.REVIEW_BREAK_GLASS,
                    id.toString(),
                    refusal.get().reason().label(),
                    String.valueOf(refusal.get().getMessage()));
            throw refusal.get();
        }
        grant.review(caller.person(), test.accounts(), test.reviewed(), finding, said, now);
        LOG.infof(
                "break-glass reviewed grant=%s by=%s finding=%s",
                id, caller.principal().name(), finding.label());
        return sight.of(caller, grant, now);
    }

    private static Optional<GrantRefusedException> untimely(GrantEntity grant) {
        if (grant.review().done()) {
            return Optional.of(new GrantRefusedException(GrantRefusal.CONFLICT, "Somebody has reviewed it before."));
        }
        return grant.state().over()
                ? Optional.empty()
                : Optional.of(new GrantRefusedException(GrantRefusal.CONFLICT, "It is reviewed once it is over."));
    }

    private static GrantRefusal refusal(RefusalReason reason) {
        return switch (reason) {
            case MACHINE_APPROVAL -> GrantRefusal.MACHINE_APPROVAL;
            case SELF_APPROVAL -> GrantRefusal.SELF_APPROVAL;
            default -> GrantRefusal.NOT_AN_APPROVER;
        };
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
