package org.countersign.core.identity;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import org.countersign.core.CoreSettings;
import org.countersign.core.Cursor;
import org.countersign.core.InvalidRequestException;
import org.countersign.core.NotAllowedException;
import org.countersign.core.Page;
import org.countersign.core.audit.Attempt;
import org.countersign.core.audit.AttemptNotes;
import org.countersign.core.segregation.ResponsiblePersons;
import org.countersign.model.session.Person;
import org.jboss.logging.Logger;

/**
 * Suspends persons and agents, and lifts that: administrators do both, auditors may look. A suspension takes effect when
 * the call returns: whoever it covers is let in nowhere, and his sessions end.
 */
@Stateless
@PermitAll
@SuppressWarnings("NullAway.Init") // set by the container
public class SuspensionService {
    static final int MAX_REASON_CHARACTERS = 2_000;
    private static final int MAX_NAME_CHARACTERS = 200;
    private static final String ADMIN = "admin";
    private static final Logger LOG = Logger.getLogger(SuspensionService.class);

    @Inject
    private Suspensions suspensions;

    @Inject
    private Principals principals;

    @Inject
    private CoreSettings settings;

    @Inject
    private Clock clock;

    @Inject
    private Event<PrincipalSuspended> suspended;

    @Inject
    private ResponsiblePersons responsible;

    @Inject
    private AttemptNotes notes;

    public SuspensionService() {}

    SuspensionService(
            Suspensions suspensions,
            Principals principals,
            CoreSettings settings,
            Clock clock,
            Event<PrincipalSuspended> suspended,
            ResponsiblePersons responsible,
            AttemptNotes notes) {
        this.suspensions = suspensions;
        this.principals = principals;
        this.settings = settings;
        this.clock = clock;
        this.suspended = suspended;
        this.responsible = responsible;
        this.notes = notes;
    }

    /**
     * Suspends whoever has this name. The one who is suspended already stays so, with the first reason.
     *
     * @param name a person's user name or an agent's client id, in any case; it need not be known here
     * @param reason for administrators and auditors; 1 to 2,000 characters
     * @throws NotAllowedException when the caller is no administrator, or it is himself
     */
    public SuspensionView suspend(Caller caller, String name, String reason) {
        administrator(caller);
        checkName(name);
        if (reason.isBlank() || reason.length() > MAX_REASON_CHARACTERS || reason.indexOf('\0') >= 0) {
            throw new InvalidRequestException(
                    "reason", "a reason has 1 to " + MAX_REASON_CHARACTERS + " characters and no NUL");
        }
        String issuer = settings.issuer().toString();
        var wanted = new Suspension(
                issuer,
                Suspension.lower(name),
                principals.subjectOf(issuer, Suspension.lower(name)),
                caller.principal().name(),
                now());
        if (wanted.covers(caller.principal())) {
            throw new NotAllowedException("Nobody suspends himself.");
        }
        SuspensionEntity inForce = suspensions.add(wanted, reason);
        suspended.fire(new PrincipalSuspended(inForce.suspension()));
        LOG.infof(
                "suspended principal=%s by=%s",
                inForce.suspension().name(), caller.principal().name());
        return inForce.view();
    }

    /**
     * Lifts the suspension of whoever has this name; returns whether there was one.
     *
     * @throws NotAllowedException when the caller is no administrator, or owns the agent that somebody else suspended; that
     *     he tried is kept
     */
    public boolean lift(Caller caller, String name) {
        administrator(caller);
        checkName(name);
        anothers(caller, Suspension.lower(name));
        Optional<SuspensionEntity> found =
                suspensions.lockActive(settings.issuer().toString(), Suspension.lower(name));
        found.ifPresent(suspension -> {
            suspension.lift(caller.principal().name(), now());
            LOG.infof(
                    "lifted suspension principal=%s by=%s",
                    suspension.suspension().name(), caller.principal().name());
        });
        return found.isPresent();
    }

    private void anothers(Caller caller, String name) {
        SuspensionView inForce =
                suspensions.inForce(settings.issuer().toString()).get(name);
        if (inForce == null) {
            return;
        }
        Set<Person> himself = responsible.accountsOf(caller.person());
        boolean his = !Collections.disjoint(
                himself, responsible.ownersOf(settings.issuer().toString(), name));
        if (his && !himself.contains(new Person(settings.issuer().toString(), inForce.suspendedBy()))) {
            String message = "You answer for " + name + ", which " + inForce.suspendedBy()
                    + " suspended: another administrator has to lift it.";
            notes.note(caller.principal(), Attempt.LIFT_SUSPENSION, name, "not-allowed", message);
            throw new NotAllowedException(message);
        }
    }

    /** @throws NotAllowedException when the caller is neither an administrator nor an auditor */
    public Page<SuspensionView> list(Caller caller, SuspensionFilter filter) {
        if (caller.machine() || !(caller.has(ADMIN) || caller.has("auditor"))) {
            throw new NotAllowedException("Reading suspensions needs the realm role admin or auditor, and a person.");
        }
        return Page.read(
                filter.limit(),
                () -> suspensions.list(filter),
                SuspensionEntity::view,
                view -> new Cursor(view.suspendedAt(), view.id()));
    }

    private static void administrator(Caller caller) {
        if (caller.machine() || !caller.has(ADMIN)) {
            throw new NotAllowedException("Suspending and lifting need the realm role admin, and a person.");
        }
    }

    private static void checkName(String name) {
        if (name.isBlank()
                || name.length() > MAX_NAME_CHARACTERS
                || name.chars().anyMatch(Character::isISOControl)) {
            throw new InvalidRequestException(
                    "name", "a name has 1 to " + MAX_NAME_CHARACTERS + " characters and none that controls");
        }
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
