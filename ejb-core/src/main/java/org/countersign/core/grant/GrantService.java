package org.countersign.core.grant;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.countersign.core.Cursor;
import org.countersign.core.InvalidRequestException;
import org.countersign.core.Page;
import org.countersign.core.UnknownIdException;
import org.countersign.core.approval.Application;
import org.countersign.core.approval.Applications;
import org.countersign.core.audit.Attempt;
import org.countersign.core.audit.Attempts;
import org.countersign.core.identity.Caller;
import org.countersign.core.identity.Visibility;
import org.countersign.core.policy.PolicyBoard;
import org.countersign.core.segregation.ConflictLook;
import org.countersign.core.segregation.ResponsiblePersons;
import org.countersign.model.policy.Eligibility;
import org.countersign.model.policy.PolicySnapshot;
import org.countersign.model.policy.TargetPolicy;
import org.countersign.model.session.Principal;
import org.jboss.logging.Logger;

/** Asks for grants, lists them and ends them. Who gives them are the approvers, by {@code ApprovalService}. */
@Stateless
@PermitAll
@SuppressWarnings("NullAway.Init") // set by the container
public class GrantService {
    private static final Logger LOG = Logger.getLogger(GrantService.class);
    private static final int MAX_REASON_CHARACTERS = 2_000;

    @Inject
    private AccessGrants grants;

    @Inject
    private GrantSight sight;

    @Inject
    private Applications applications;

    @Inject
    private ResponsiblePersons responsible;

    @Inject
    private ConflictLook conflicts;

    @Inject
    private PolicyBoard board;

    @Inject
    private Attempts attempts;

    @Inject
    private Clock clock;

    public GrantService() {}

    GrantService(
            AccessGrants grants,
            GrantSight sight,
            Applications applications,
            ResponsiblePersons responsible,
            ConflictLook conflicts,
            PolicyBoard board,
            Attempts attempts,
            Clock clock) {
        this.grants = grants;
        this.sight = sight;
        this.applications = applications;
        this.responsible = responsible;
        this.conflicts = conflicts;
        this.board = board;
        this.attempts = attempts;
        this.clock = clock;
    }

    /** What the caller may ask for, by name of the manifest. */
    public List<EligibleView> eligible(Caller caller) {
        PolicySnapshot snapshot = snapshot();
        return snapshot.exceptions().eligibilities().stream()
                .filter(each -> each.requesters().include(caller.principal()))
                .filter(each -> registered(snapshot, caller.principal(), each.role()))
                .flatMap(each -> Eligibles.of(snapshot, each).stream())
                .toList();
    }

    /**
     * Asks for a grant.
     *
     * @throws GrantRefusedException when no manifest lets the caller ask, or constraints keep the role from him; that he
     *     tried is kept
     */
    public GrantView request(Caller caller, Wish typed) throws GrantRefusedException {
        Instant now = now();
        PolicySnapshot snapshot = snapshot();
        try {
            Eligibility rule = rule(snapshot, caller.principal(), typed);
            Wish wish = Wishes.checked(
                    new Wish(
                            rule.role(),
                            typed.target(),
                            typed.actions(),
                            typed.resources(),
                            typed.functions(),
                            typed.duration(),
                            typed.single() || rule.singleOnly(),
                            typed.reason(),
                            typed.ticket()),
                    snapshot.role(rule.role()).orElseThrow(),
                    rule.longest());
            if (rule.ticketRequired() && wish.ticket().isEmpty()) {
                throw new InvalidRequestException("ticket", "whoever asks for " + rule.role() + " names a ticket");
            }
            return ask(caller, rule, wish, snapshot, now);
        } catch (GrantRefusedException e) {
            attempts.note(
                    caller.principal(),
                    Attempt.REQUEST_GRANT,
                    typed.role() + " on " + typed.target(),
                    e.reason().label(),
                    String.valueOf(e.getMessage()));
            throw e;
        }
    }

    private static Eligibility rule(PolicySnapshot snapshot, Principal who, Wish wish) throws GrantRefusedException {
        return snapshot.exceptions().eligibilities().stream()
                .filter(each -> each.role().equals(wish.role()))
                .filter(each -> each.requesters().include(who) && each.on(wish.target()))
                .filter(each -> snapshot.target(wish.target()).isPresent() && registered(snapshot, who, each.role()))
                .findFirst()
                .orElseThrow(() -> new GrantRefusedException(
                        GrantRefusal.NOT_ELIGIBLE,
                        "Nothing lets " + who.name() + " ask for the role " + wish.role() + " on " + wish.target()
                                + "."));
    }

    private static boolean registered(PolicySnapshot snapshot, Principal who, String role) {
        return snapshot.role(role).filter(known -> snapshot.mayHave(who, known)).isPresent();
    }

    private GrantView ask(Caller caller, Eligibility rule, Wish wish, PolicySnapshot snapshot, Instant now)
            throws GrantRefusedException {
        Principal who = caller.principal();
        TargetPolicy target = snapshot.target(wish.target()).orElseThrow();
        GrantEntity grant = GrantEntity.asked(rule.name(), who, responsible.of(who), wish, snapshot.version(), now);
        Optional<String> conflict =
                conflicts.conflict(snapshot.with(snapshot.grants().and(GrantFacts.foreseen(grant, now))), who, target);
        if (conflict.isPresent()) {
            throw new GrantRefusedException(GrantRefusal.CONFLICT_OF_DUTIES, conflict.get());
        }
        grant.decidedBy(applications.apply(
                new Application(
                        grant.id(),
                        who,
                        wish.target(),
                        target.labels(),
                        Wishes.inWords(wish, who.name()),
                        wish.actions(),
                        Wishes.compared(wish.resources()),
                        List.of(rule.name()),
                        "A role for a time.",
                        rule.approval(),
                        snapshot.version(),
                        wish.reason()),
                now));
        grants.add(grant);
        return sight.of(caller, grant, now);
    }

    /** Lists what the caller may see: auditors, approvers and admins everything, others their own and their agents'. */
    public Page<GrantView> list(Caller caller, GrantFilter filter) {
        Instant now = now();
        return Page.read(
                filter.limit(),
                () -> grants.list(caller, filter),
                grant -> sight.of(caller, grant, now),
                view -> new Cursor(view.requestedAt(), view.id()));
    }

    /** Returns the grant, or empty when there is none that the caller may see. */
    public Optional<GrantView> find(Caller caller, UUID id) {
        Instant now = now();
        return grants.find(id)
                .filter(grant -> Visibility.of(caller, grant.principal()) || sight.concerns(caller, grant, now))
                .map(grant -> sight.of(caller, grant, now));
    }

    /**
     * Ends it before its time, or takes the request back: the holder, who answers for him, its approvers or reviewers, an
     * administrator. It takes effect at the holder's next command, and what runs is cancelled.
     *
     * @param reason up to 2,000 characters; may be empty
     * @throws UnknownIdException when there is none that the caller may see
     */
    public GrantView end(Caller caller, UUID id, String reason) throws GrantRefusedException {
        if (reason.length() > MAX_REASON_CHARACTERS || reason.indexOf('\0') >= 0) {
            throw new InvalidRequestException(
                    "reason", "a reason has at most " + MAX_REASON_CHARACTERS + " characters and no NUL");
        }
        Instant now = now();
        GrantEntity found = grants.find(id)
                .filter(grant -> Visibility.of(caller, grant.principal()) || sight.concerns(caller, grant, now))
                .orElseThrow(() -> new UnknownIdException("grant", id));
        if (found.state() == GrantState.PENDING) {
            return takeBack(caller, found, now);
        }
        GrantEntity grant = grants.lock(id).orElseThrow(() -> new UnknownIdException("grant", id));
        if (!sight.mayEnd(caller, grant, now)) {
            throw refused(
                    caller,
                    id,
                    GrantRefusal.NOT_AN_APPROVER,
                    "It is ended by whoever has it or answers for him, by its approvers, or by an administrator.");
        }
        if (!grant.revoke(caller.principal().name(), reason.strip(), now)) {
            throw new GrantRefusedException(GrantRefusal.CONFLICT, "It is over already.");
        }
        LOG.infof(
                "ended grant=%s principal=%s by=%s",
                grant.view().name(),
                grant.principal().name(),
                caller.principal().name());
        return sight.of(caller, grant, now);
    }

    private GrantView takeBack(Caller caller, GrantEntity grant, Instant now) throws GrantRefusedException {
        if (!Visibility.own(caller, grant.principal())) {
            throw refused(
                    caller,
                    grant.id(),
                    GrantRefusal.NOT_AN_APPROVER,
                    "A request is taken back by whoever asked; others reject it.");
        }
        applications.withdraw(grant.approval().orElseThrow(), caller, now);
        return sight.of(caller, grants.lock(grant.id()).orElseThrow(), now);
    }

    private GrantRefusedException refused(Caller caller, UUID id, GrantRefusal reason, String message) {
        attempts.note(caller.principal(), Attempt.END_GRANT, id.toString(), reason.label(), message);
        return new GrantRefusedException(reason, message);
    }

    private PolicySnapshot snapshot() {
        return board.current()
                .orElseThrow(() -> new IllegalStateException("no confirmed policy, so nothing can be given"));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
