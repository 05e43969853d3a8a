package org.countersign.core.grant;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.countersign.core.audit.Attempt;
import org.countersign.core.audit.Attempts;
import org.countersign.core.identity.Caller;
import org.countersign.core.policy.PolicyBoard;
import org.countersign.core.segregation.ConflictLook;
import org.countersign.core.segregation.PastCheck;
import org.countersign.core.segregation.ResponsiblePersons;
import org.countersign.model.Timestamp;
import org.countersign.model.policy.BreakGlass;
import org.countersign.model.policy.PolicySnapshot;
import org.countersign.model.policy.TargetPolicy;
import org.countersign.model.session.Person;
import org.jboss.logging.Logger;

/** Takes the break-glass role. What it did is committed when it returns, a refused attempt included. */
@Stateless
@PermitAll
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
@SuppressWarnings("NullAway.Init") // set by the container
public class BreakGlassStarts {
    private static final Logger LOG = Logger.getLogger(BreakGlassStarts.class);

    @Inject
    private AccessGrants grants;

    @Inject
    private GrantSight sight;

    @Inject
    private ResponsiblePersons responsible;

    @Inject
    private PastCheck past;

    @Inject
    private ConflictLook conflicts;

    @Inject
    private PolicyBoard board;

    @Inject
    private Attempts attempts;

    @Inject
    private Clock clock;

    public BreakGlassStarts() {}

    BreakGlassStarts(
            AccessGrants grants,
            GrantSight sight,
            ResponsiblePersons responsible,
            PastCheck past,
            ConflictLook conflicts,
            PolicyBoard board,
            Attempts attempts,
            Clock clock) {
        this.grants = grants;
        this.sight = sight;
        this.responsible = responsible;
        this.past = past;
        this.conflicts = conflicts;
        this.board = board;
        this.attempts = attempts;
        this.clock = clock;
    }

    /** @throws GrantRefusedException when the caller may not; that he tried is kept */
    public GrantView start(Caller caller, String name, String target, Duration duration, String reason, String ticket)
            throws GrantRefusedException {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        PolicySnapshot snapshot = board.current()
                .orElseThrow(() -> new IllegalStateException("no confirmed policy, so nothing can be given"));
        try {
            BreakGlass rule = rule(snapshot, caller, name, target);
            Wish wish = Wishes.checked(
                    new Wish(rule.role(), target, List.of(), List.of(), List.of(), duration, false, reason, ticket),
                    snapshot.role(rule.role()).orElseThrow(),
                    rule.longest());
            return start(caller, rule, wish, snapshot, now);
        } catch (GrantRefusedException e) {
            attempts.note(
                    caller.principal(),
                    Attempt.START_BREAK_GLASS,
                    name + " on " + target,
                    e.reason().label(),
                    String.valueOf(e.getMessage()));
            throw e;
        }
    }

    private static BreakGlass rule(PolicySnapshot snapshot, Caller caller, String name, String target)
            throws GrantRefusedException {
        if (caller.machine()) {
            throw new GrantRefusedException(
                    GrantRefusal.MACHINE_APPROVAL, "Break-glass is for people: programs ask for a grant.");
        }
        return snapshot.exceptions()
                .breakGlass(name)
                .filter(rule -> rule.persons().include(caller.principal()) && rule.on(target))
                .filter(rule -> snapshot.target(target).isPresent()
                        && snapshot.role(rule.role()).isPresent())
                .orElseThrow(() -> new GrantRefusedException(
                        GrantRefusal.NOT_ELIGIBLE,
                        "Nothing lets " + caller.principal().name() + " break the glass " + name + " on " + target
                                + "."));
    }

    private GrantView start(Caller caller, BreakGlass rule, Wish wish, PolicySnapshot snapshot, Instant now)
            throws GrantRefusedException {
        Set<Person> himself = responsible.of(caller.principal());
        past.oneAtATime(himself);
        Optional<GrantEntity> earlier = grants.unreviewedOf(himself);
        if (earlier.isPresent()) {
            throw new GrantRefusedException(GrantRefusal.REVIEW_PENDING, blocked(earlier.get(), now));
        }
        GrantEntity taken = GrantEntity.taken(rule, caller.principal(), himself, wish, snapshot.version(), now);
        TargetPolicy target = snapshot.target(wish.target()).orElseThrow();
        Optional<String> conflict = conflicts.conflict(
                snapshot.with(snapshot.grants().and(GrantFacts.foreseen(taken, now))), caller.principal(), target);
        if (conflict.isPresent()) {
            throw new GrantRefusedException(GrantRefusal.CONFLICT_OF_DUTIES, conflict.get());
        }
        grants.add(taken);
        LOG.warnf(
                "BREAK-GLASS started grant=%s principal=%s role=%s target=%s duration=%s",
                taken.id(), caller.principal().name(), wish.role(), wish.target(), wish.duration());
        return sight.of(caller, taken, now);
    }

    /** Why nothing can be taken before somebody looked at what was taken before. */
    static String blocked(GrantEntity earlier, Instant now) {
        GrantView view = earlier.view();
        return earlier.active(now)
                ? "The break-glass of " + view.principal().name() + " on " + view.target() + " since "
                        + Timestamp.of(view.requestedAt())
                        + " is still open. End it first; it then waits for its review."
                : "Nobody has reviewed the break-glass of " + view.principal().name() + " on " + view.target() + " at "
                        + Timestamp.of(view.requestedAt()) + " yet. The next is possible once somebody else did.";
    }
}
