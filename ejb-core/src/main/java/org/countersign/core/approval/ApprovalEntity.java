package org.countersign.core.approval;

import jakarta.persistence.CascadeType;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.OneToMany;
import jakarta.persistence.OrderBy;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.countersign.core.identity.Caller;
import org.countersign.core.identity.PrincipalJson;
import org.countersign.core.identity.PrincipalView;
import org.countersign.core.identity.SignIn;
import org.countersign.core.risk.RiskView;
import org.countersign.model.policy.ApprovalRequirement;
import org.countersign.model.policy.ApprovalTerms;
import org.countersign.model.port.ApprovalDesk.Outcome;
import org.countersign.model.port.ApprovalDesk.State;
import org.countersign.model.port.HeldCommand;
import org.countersign.model.session.Person;
import org.countersign.model.session.Principal;
import org.jspecify.annotations.Nullable;

/**
 * A held command and what people said to it. It goes from pending to approved, rejected, expired or withdrawn; from
 * approved, once, to executed or to failed or expired; from executed to failed when the target refused.
 */
@Entity
@Table(name = "approval")
public class ApprovalEntity {
    @Id
    private UUID id;

    @Version
    private long version;

    @Enumerated(EnumType.STRING)
    private State state;

    private String digest;
    private boolean deferred;
    private String issuer;
    private String subject;

    @Column(name = "principal_name")
    private String principalName;

    @Column
    private @Nullable String owner;

    @Column(name = "on_behalf_of")
    private @Nullable String onBehalfOf;

    private String principal;

    /** The persons who answered for the requester when he asked. */
    private String responsible;

    private String target;

    @Column(name = "target_labels")
    private String targetLabels;

    private String commands;
    private String rules;
    private String message;

    /** Blank where nobody weighed it. */
    private String risk;

    private String requirement;

    @Column(name = "policy_version")
    private long policyVersion;

    private UUID session;

    @Column(name = "session_address")
    private String sessionAddress;

    @Column(name = "requested_at")
    private Instant requestedAt;

    @Column(name = "expires_at")
    private Instant expiresAt;

    @Column(name = "execute_by")
    private @Nullable Instant executeBy;

    @Column(name = "execute_from")
    private @Nullable Instant executeFrom;

    @Column(name = "escalates_at")
    private @Nullable Instant escalatesAt;

    @Column(name = "escalated_at")
    private @Nullable Instant escalatedAt;

    private String justification;

    @Column(name = "settled_reason")
    private String settledReason;

    @Column(name = "of_grant")
    private boolean ofGrant;

    @OneToMany(mappedBy = "approval", cascade = CascadeType.PERSIST, fetch = FetchType.EAGER)
    @OrderBy("at")
    private List<DecisionEntity> decisions = new ArrayList<>();

    @SuppressWarnings("NullAway.Init") // filled by JPA
    protected ApprovalEntity() {}

    /** @param responsible everybody who answers for the requester, at least the persons of its own token */
    ApprovalEntity(UUID id, HeldCommand held, Set<Person> responsible, Instant now) {
        Principal who = held.session().principal();
        var persons = new HashSet<>(responsible);
        persons.addAll(who.responsiblePersons());
        this.id = id;
        this.state = State.PENDING;
        this.digest = held.digest();
        this.deferred = held.deferred();
        this.issuer = who.issuer();
        this.subject = who.subject();
        this.principalName = who.name();
        this.owner = who.owner().map(Person::name).orElse(null);
        this.onBehalfOf = who.onBehalfOf().map(Person::name).orElse(null);
        this.principal = PrincipalJson.of(who);
        this.responsible = ApprovalJson.persons(persons);
        this.target = held.session().target();
        this.targetLabels = ApprovalJson.labels(held.session().targetLabels());
        this.commands = ApprovalJson.commands(held.command().parts());
        this.rules = ApprovalJson.list(held.hold().rules());
        this.message = held.hold().message();
        this.risk = held.risk().map(RiskView::of).map(RiskView::json).orElse("");
        this.requirement = RequirementJson.of(held.hold().requirement());
        this.policyVersion = held.policyVersion();
        this.session = held.session().id().value();
        this.sessionAddress = held.session().address();
        this.requestedAt = now;
        this.expiresAt = now.plus(held.hold().requirement().expiresAfter());
        this.escalatesAt =
                held.hold().requirement().firstEscalation().map(now::plus).orElse(null);
        this.justification = held.command().reason().orElse("");
        this.settledReason = "";
    }

    /**
     * Asks for a grant. Nobody waits with a command, so that it outlives every session.
     *
     * @param responsible everybody who answers for the requester
     */
    ApprovalEntity(UUID id, Application asked, String digest, Set<Person> responsible, Instant now) {
        Principal who = asked.principal();
        this.id = id;
        this.state = State.PENDING;
        this.digest = digest;
        this.deferred = true;
        this.issuer = who.issuer();
        this.subject = who.subject();
        this.principalName = who.name();
        this.owner = who.owner().map(Person::name).orElse(null);
        this.onBehalfOf = who.onBehalfOf().map(Person::name).orElse(null);
        this.principal = PrincipalJson.of(who);
        this.responsible = ApprovalJson.persons(responsible);
        this.target = asked.target();
        this.targetLabels = ApprovalJson.labels(asked.targetLabels());
        this.commands = ApprovalJson.grant(asked);
        this.rules = ApprovalJson.list(asked.rules());
        this.message = asked.message();
        this.requirement = RequirementJson.of(asked.requirement());
        this.policyVersion = asked.policyVersion();
        this.session = asked.grant();
        this.sessionAddress = "";
        this.risk = "";
        this.requestedAt = now;
        this.expiresAt = now.plus(asked.requirement().expiresAfter());
        this.escalatesAt = asked.requirement().firstEscalation().map(now::plus).orElse(null);
        this.justification = asked.justification();
        this.settledReason = "";
        this.ofGrant = true;
    }

    /** Returns whether somebody is an approver in any step, open or not, and has nothing to do with whoever asked. */
    boolean approver(Decider decider, Surroundings around, Instant now) {
        return !Eligibility.of(decider, around, responsible(around), progress(now))
                .rights()
                .isEmpty();
    }

    /** Returns whether a person is an approver of any step, whatever keeps him from deciding, or has decided. */
    boolean concerns(Decider decider, Surroundings around, Instant now) {
        return !decider.caller().machine()
                && (decider.approver(progress(now), around)
                        || decisions.stream()
                                .anyMatch(decision -> decision.person()
                                        .equals(decider.caller().person())));
    }

    /** Returns why this decision would not count now, whatever it is. */
    Optional<RefusalReason> refusal(Decider decider, Surroundings around, Instant now) {
        Caller caller = decider.caller();
        if (caller.machine()) {
            return Optional.of(RefusalReason.MACHINE_APPROVAL);
        }
        Set<Person> persons = responsible(around);
        if (actedAs(caller.principal()) || !Collections.disjoint(persons, decider.himself())) {
            return Optional.of(RefusalReason.SELF_APPROVAL);
        }
        Progress progress = progress(now);
        Eligibility eligibility = Eligibility.of(decider, around, persons, progress);
        if (eligibility.rights().isEmpty()) {
            return Optional.of(
                    eligibility.conflicted() ? RefusalReason.DELEGATOR_CONFLICTED : RefusalReason.NOT_AN_APPROVER);
        }
        if (state == State.EXPIRED || (state == State.PENDING && !now.isBefore(expiresAt))) {
            return Optional.of(RefusalReason.EXPIRED);
        }
        if (state != State.PENDING || decidedBy(decider.asOne())) {
            return Optional.of(RefusalReason.ALREADY_DECIDED);
        }
        if (eligibility.now(progress).isEmpty()) {
            return Optional.of(
                    eligibility.later(progress) ? RefusalReason.NOT_YOUR_STEP_YET : RefusalReason.ALREADY_DECIDED);
        }
        SignIn signIn = caller.signIn();
        return requirement()
                .terms()
                .stepUp()
                .filter(stepUp -> !stepUp.met(signIn.at(), signIn.level(), now))
                .map(stepUp -> RefusalReason.SIGN_IN_AGAIN);
    }

    /** Everybody who answers for the request, today or when it was made. */
    private Set<Person> responsible(Surroundings around) {
        var persons = new HashSet<>(around.behindNow());
        persons.addAll(responsible());
        return persons;
    }

    /** @param behindNow everybody who answers for the requester today */
    Signatures signatures(Set<Person> behindNow) {
        var persons = new HashSet<>(behindNow);
        persons.addAll(ApprovalJson.persons(responsible));
        return new Signatures(
                decisions.stream()
                        .filter(decision -> decision.kind() == DecisionKind.APPROVE)
                        .toList(),
                persons);
    }

    /** Returns whether the request was made with this very account, under whatever name, or passed through its hands. */
    private boolean actedAs(Principal who) {
        return issuer.equals(who.issuer())
                && (subject.equals(who.subject())
                        || principal().act().stream()
                                .anyMatch(actor -> actor.subject().equals(who.subject())));
    }

    Progress progress(Instant now) {
        return new Progress(requirement().steps(), decisions, Duration.between(requestedAt, now));
    }

    /** A second account of the same person is no second person, nor is whoever decides in his place. */
    private boolean decidedBy(Set<Person> accounts) {
        return decisions.stream().anyMatch(decision -> !Collections.disjoint(decision.counted(), accounts));
    }

    void decide(Decider decider, Surroundings around, DecisionKind kind, String reason, Instant now)
            throws ApprovalRefusedException {
        Optional<RefusalReason> refusal = refusal(decider, around, now);
        ApprovalTerms terms = requirement().terms();
        if (refusal.isEmpty() && reason.isBlank() && terms.decisionReason()) {
            refusal = Optional.of(RefusalReason.REASON_REQUIRED);
        }
        if (refusal.isPresent()) {
            throw new ApprovalRefusedException(refusal.get());
        }
        Progress before = progress(now);
        Authority by = Eligibility.of(decider, around, responsible(around), before)
                .now(before)
                .orElseThrow();
        decisions.add(new DecisionEntity(
                this, before.open(), decider.caller().person(), by, responsible(around), kind, reason, now));
        if (kind == DecisionKind.REJECT) {
            state = State.REJECTED;
        } else if (progress(now).complete() && ofGrant) {
            // what was approved is that the grant begins, which it does with this
            state = State.EXECUTED;
            executeBy = now;
        } else if (progress(now).complete()) {
            approve(terms.executionTimes().next(now), now);
        }
    }

    /** @param opening when it may run; empty: never, so it is overdue at once */
    private void approve(Optional<Instant> opening, Instant now) {
        state = State.APPROVED;
        executeFrom = opening.filter(now::isBefore).orElse(null);
        executeBy =
                opening.map(from -> from.plus(requirement().executeWithin())).orElse(now);
    }

    /** Returns when an approved command may run next, if that is not now. */
    Optional<Instant> waitsUntil(Instant now) {
        return requirement().terms().executionTimes().next(now).filter(now::isBefore);
    }

    /** Returns whether whoever waits is to be told: what is approved for later is no answer yet. */
    boolean answered(Instant now) {
        return state != State.PENDING && !(state == State.APPROVED && executeFrom != null && now.isBefore(executeFrom));
    }

    /** Lets further persons decide from now on, where the rule has some; returns whether that is new. */
    boolean escalate(Instant now) {
        boolean due =
                state == State.PENDING && escalatedAt == null && escalatesAt != null && !now.isBefore(escalatesAt);
        if (due) {
            escalatedAt = now;
        }
        return due;
    }

    /** Returns whether somebody may take the request back: it has not run yet, nor ended otherwise. */
    boolean takeBack(Person by, Instant now) {
        boolean open = open(now);
        if (open) {
            state = State.WITHDRAWN;
            settledReason = "taken back by " + by.name();
        }
        return open;
    }

    /** Returns whether it may still come to run. */
    boolean open(Instant now) {
        return (state == State.PENDING || state == State.APPROVED) && !overdue(now);
    }

    /** The persons who answered for the request when it was made. */
    Set<Person> responsible() {
        return ApprovalJson.persons(responsible);
    }

    /** Returns whether it has run out of time: of that for deciding, or of that for executing. */
    boolean overdue(Instant now) {
        return (state == State.PENDING && !now.isBefore(expiresAt))
                || (state == State.APPROVED && executeBy != null && !now.isBefore(executeBy));
    }

    /** Returns whether it was overdue and so is expired from now on. */
    boolean expire(Instant now) {
        boolean overdue = overdue(now);
        if (overdue) {
            state = State.EXPIRED;
        }
        return overdue;
    }

    /** Returns whether it was pending and so is withdrawn from now on. A deferred request outlives its session. */
    boolean withdraw(String reason) {
        boolean open = state == State.PENDING && !deferred;
        if (open) {
            state = State.WITHDRAWN;
            settledReason = reason;
        }
        return open;
    }

    /** Uses the approval up: the command may run now, once. */
    void consume(Instant now) {
        if (state != State.APPROVED || overdue(now) || waitsUntil(now).isPresent()) {
            throw new IllegalStateException("an approval that is " + state + " is not consumed at " + now);
        }
        state = State.EXECUTED;
    }

    /** It did not run although it was approved; its use is gone. */
    void fail(String reason) {
        if (state != State.APPROVED && state != State.EXECUTED) {
            throw new IllegalStateException("an approval that is " + state + " does not fail");
        }
        state = State.FAILED;
        settledReason = reason;
    }

    /**
     * Returns whether it was asked for by this very principal, for this very command; without {@code deferred}, in this
     * very session.
     */
    boolean belongsTo(HeldCommand held) {
        Principal who = held.session().principal();
        return issuer.equals(who.issuer())
                && subject.equals(who.subject())
                && (deferred || session.equals(held.session().id().value()));
    }

    boolean binds(HeldCommand held) {
        return digest.equals(held.digest());
    }

    /** Returns how this earlier request is like another one; empty when it is not. */
    Optional<SimilarApproval> like(ApprovalEntity other) {
        boolean identical = digest.equals(other.digest);
        return identical || deeds().equals(other.deeds())
                ? Optional.of(
                        new SimilarApproval(id, state, identical, outcome().by(), requestedAt))
                : Optional.empty();
    }

    private Set<List<List<String>>> deeds() {
        return ApprovalJson.commands(commands).stream()
                .map(command -> List.of(command.actions(), command.resources()))
                .collect(Collectors.toSet());
    }

    UUID id() {
        return id;
    }

    State state() {
        return state;
    }

    String digest() {
        return digest;
    }

    boolean deferred() {
        return deferred;
    }

    Principal principal() {
        return PrincipalJson.parse(principal);
    }

    ApprovalRequirement requirement() {
        return RequirementJson.parse(requirement);
    }

    String target() {
        return target;
    }

    List<ApprovalView.CommandToApprove> commands() {
        return ApprovalJson.commands(commands);
    }

    List<String> rules() {
        return ApprovalJson.list(rules);
    }

    Instant requestedAt() {
        return requestedAt;
    }

    Instant expiresAt() {
        return expiresAt;
    }

    Outcome outcome() {
        return new Outcome(
                state,
                decisions.stream()
                        .map(DecisionEntity::person)
                        .map(Person::name)
                        .distinct()
                        .toList(),
                decisions.isEmpty() ? settledReason : decisions.getLast().view().reason());
    }

    ApprovalView view(Optional<RefusalReason> why, String url, Instant now) {
        return view(why, why.map(RefusalReason::message).orElse(""), url, now);
    }

    /** @param whyText the reason in words */
    ApprovalView view(Optional<RefusalReason> why, String whyText, String url, Instant now) {
        return new ApprovalView(
                id,
                state,
                PrincipalView.of(principal()),
                target,
                ApprovalJson.labels(targetLabels),
                ApprovalJson.commands(commands),
                rules(),
                message,
                RiskView.parse(risk),
                requirement().persons(),
                ApproverText.of(requirement()),
                progress(now).view(),
                terms(),
                decisions.stream().map(DecisionEntity::view).toList(),
                digest,
                policyVersion,
                session,
                sessionAddress,
                url,
                requestedAt,
                expiresAt,
                Optional.ofNullable(executeBy),
                deferred,
                settledReason,
                why.isEmpty(),
                why,
                whyText);
    }

    private ApprovalView.TermsView terms() {
        ApprovalTerms terms = requirement().terms();
        return new ApprovalView.TermsView(
                justification,
                terms.decisionReason(),
                terms.stepUp(),
                terms.executionTimes().text(),
                Optional.ofNullable(executeFrom),
                Optional.ofNullable(escalatesAt),
                Optional.ofNullable(escalatedAt));
    }
}
