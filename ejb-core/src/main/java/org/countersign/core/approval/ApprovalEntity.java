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
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.countersign.core.identity.Caller;
import org.countersign.core.identity.PrincipalJson;
import org.countersign.core.identity.PrincipalView;
import org.countersign.model.policy.ApprovalRequirement;
import org.countersign.model.policy.ApprovalRequirement.Candidate;
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

    @Column(name = "settled_reason")
    private String settledReason;

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
        this.requirement = RequirementJson.of(held.hold().requirement());
        this.policyVersion = held.policyVersion();
        this.session = held.session().id().value();
        this.sessionAddress = held.session().address();
        this.requestedAt = now;
        this.expiresAt = now.plus(held.hold().requirement().expiresAfter());
        this.settledReason = "";
    }

    /**
     * Returns why this caller's decision would not count now.
     *
     * @param himself every account of the caller
     * @param behindNow who answers for the requester today; those of the time of the request count too
     */
    Optional<RefusalReason> refusal(Caller caller, Set<Person> himself, Set<Person> behindNow, Instant now) {
        if (caller.machine()) {
            return Optional.of(RefusalReason.MACHINE_APPROVAL);
        }
        if (actedAs(caller.principal()) || !Collections.disjoint(requesters(behindNow), himself)) {
            return Optional.of(RefusalReason.SELF_APPROVAL);
        }
        Progress progress = progress();
        Candidate candidate = candidate(caller.principal());
        if (!progress.anyStepOf(candidate)) {
            return Optional.of(RefusalReason.NOT_AN_APPROVER);
        }
        if (state == State.EXPIRED || (state == State.PENDING && !now.isBefore(expiresAt))) {
            return Optional.of(RefusalReason.EXPIRED);
        }
        if (state != State.PENDING || decidedBy(himself)) {
            return Optional.of(RefusalReason.ALREADY_DECIDED);
        }
        return progress.refusal(candidate);
    }

    /** Everybody who answers for the request: today and when it was made. */
    private Set<Person> requesters(Set<Person> behindNow) {
        var persons = new HashSet<>(behindNow);
        persons.addAll(ApprovalJson.persons(responsible));
        return persons;
    }

    /** Returns whether the request was made with this very account, under whatever name, or passed through its hands. */
    private boolean actedAs(Principal who) {
        return issuer.equals(who.issuer())
                && (subject.equals(who.subject())
                        || principal().act().stream()
                                .anyMatch(actor -> actor.subject().equals(who.subject())));
    }

    private static Candidate candidate(Principal who) {
        return new Candidate(who.name(), who.realmRoles(), who.groups());
    }

    private Progress progress() {
        return new Progress(requirement().steps(), decisions);
    }

    /** A second account of the same person is no second person. */
    private boolean decidedBy(Set<Person> accounts) {
        return decisions.stream().anyMatch(decision -> accounts.contains(decision.person()));
    }

    void decide(
            Caller caller, Set<Person> himself, Set<Person> behindNow, DecisionKind kind, String reason, Instant now)
            throws ApprovalRefusedException {
        Optional<RefusalReason> refusal = refusal(caller, himself, behindNow, now);
        if (refusal.isPresent()) {
            throw new ApprovalRefusedException(refusal.get());
        }
        if (reason.isBlank() && requirement().terms().decisionReason()) {
            throw new ApprovalRefusedException(RefusalReason.REASON_REQUIRED);
        }
        decisions.add(new DecisionEntity(
                this, progress().open(), caller.person(), himself, requesters(behindNow), kind, reason, now));
        if (kind == DecisionKind.REJECT) {
            state = State.REJECTED;
        } else if (progress().complete()) {
            state = State.APPROVED;
            executeBy = now.plus(requirement().executeWithin());
        }
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
        if (state != State.APPROVED || overdue(now)) {
            throw new IllegalStateException("an approval that is " + state + " is not consumed");
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

    UUID id() {
        return id;
    }

    State state() {
        return state;
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

    ApprovalView view(Optional<RefusalReason> why, String url) {
        return new ApprovalView(
                id,
                state,
                PrincipalView.of(principal()),
                target,
                ApprovalJson.labels(targetLabels),
                ApprovalJson.commands(commands),
                rules(),
                message,
                requirement().persons(),
                ApproverText.of(requirement()),
                progress().view(),
                requirement().terms().decisionReason(),
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
                why);
    }
}
