package org.countersign.core.approval;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.countersign.core.Cursor;
import org.countersign.core.InvalidRequestException;
import org.countersign.core.NotAllowedException;
import org.countersign.core.Page;
import org.countersign.core.identity.Caller;
import org.countersign.core.segregation.ResponsiblePersons;
import org.countersign.model.session.Person;
import org.jboss.logging.Logger;

/**
 * Lets a person have another one decide in his place for some time. It gives no more than the delegator has at the moment
 * of the decision, and it is not passed on.
 */
@Stateless
@PermitAll
@SuppressWarnings("NullAway.Init") // set by the container
public class DelegationService {
    static final Duration LONGEST = Duration.ofDays(90);
    static final int MOST = 20;
    private static final int MAX_REASON_CHARACTERS = 2_000;
    private static final int MAX_NAME_CHARACTERS = 200;
    private static final Logger LOG = Logger.getLogger(DelegationService.class);

    @Inject
    private Delegations delegations;

    @Inject
    private ResponsiblePersons responsible;

    @Inject
    private Delegates delegates;

    @Inject
    private Clock clock;

    public DelegationService() {}

    DelegationService(Delegations delegations, ResponsiblePersons responsible, Delegates delegates, Clock clock) {
        this.delegations = delegations;
        this.responsible = responsible;
        this.delegates = delegates;
        this.clock = clock;
    }

    /**
     * Delegates the caller's decisions.
     *
     * @param to a person's user name, in any case; it need not be known here, which is said then
     * @param until at most 90 days ahead
     * @param reason 1 to 2,000 characters
     */
    public DelegationView delegate(Caller caller, String to, Instant until, String reason) {
        person(caller);
        String delegate = to.strip().toLowerCase(Locale.ROOT);
        if (delegate.isEmpty()
                || delegate.length() > MAX_NAME_CHARACTERS
                || delegate.chars().anyMatch(Character::isISOControl)) {
            throw new InvalidRequestException("to", "to is a user name of 1 to " + MAX_NAME_CHARACTERS + " characters");
        }
        if (responsible
                .of(caller.principal())
                .contains(new Person(caller.person().issuer(), delegate))) {
            throw new InvalidRequestException("to", "this is an account of your own");
        }
        Instant now = now();
        if (!until.isAfter(now) || until.isAfter(now.plus(LONGEST))) {
            throw new InvalidRequestException("until", "until is a time within the next " + LONGEST.toDays() + " days");
        }
        if (reason.isBlank() || reason.length() > MAX_REASON_CHARACTERS || reason.indexOf('\0') >= 0) {
            throw new InvalidRequestException(
                    "reason", "a reason has 1 to " + MAX_REASON_CHARACTERS + " characters and no NUL");
        }
        bounded(caller, now);
        List<String> notes = delegates.notesAbout(new Person(caller.person().issuer(), delegate), now);
        var delegation = new DelegationEntity(
                caller.person(), delegate, reason.strip(), now, until.truncatedTo(ChronoUnit.MICROS));
        delegations.add(delegation);
        LOG.infof("delegated from=%s to=%s until=%s", caller.person().name(), delegate, until);
        return delegation.view(now).with(notes);
    }

    /** Each delegation is looked up whenever its delegate looks at a request. */
    private void bounded(Caller caller, Instant now) {
        if (delegations.from(List.of(caller.person()), now).size() >= MOST) {
            throw new InvalidRequestException("to", MOST + " delegations of yours are in force: end one first");
        }
    }

    /** Lists the caller's own, given and received, and for administrators and auditors everybody's. */
    public Page<DelegationView> list(Caller caller, int limit, Optional<String> after) {
        person(caller);
        boolean all = caller.has("admin") || caller.has("auditor");
        Instant now = now();
        return Page.read(
                limit,
                () -> delegations.list(all ? Optional.empty() : Optional.of(caller.person()), limit, after),
                delegation -> delegation.view(now),
                view -> new Cursor(view.createdAt(), view.id()));
    }

    /**
     * Ends a delegation: whoever gave it, whoever has it, or an administrator.
     *
     * @return whether there was one in force that the caller may end
     */
    public boolean revoke(Caller caller, UUID id) {
        person(caller);
        return delegations
                .lock(id)
                .filter(delegation -> caller.has("admin")
                        || delegation.delegator().equals(caller.person())
                        || delegation.delegate().equals(caller.person()))
                .filter(delegation -> delegation.revoke(caller.person().name(), now()))
                .isPresent();
    }

    private static void person(Caller caller) {
        if (caller.machine()) {
            throw new NotAllowedException("Programs neither delegate decisions nor receive them.");
        }
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
