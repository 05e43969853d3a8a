package org.countersign.core.grant;

import jakarta.persistence.Column;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.countersign.core.identity.AccountLines;
import org.countersign.core.identity.PrincipalJson;
import org.countersign.core.identity.PrincipalView;
import org.countersign.model.policy.BreakGlass;
import org.countersign.model.policy.Grant;
import org.countersign.model.session.Person;
import org.countersign.model.session.Principal;
import org.countersign.model.session.SessionId;
import org.jspecify.annotations.Nullable;

/** What one principal has beyond his roles for a time: it is asked for or taken, begins, is used, and ends. */
@Entity
@Table(name = "access_grant")
public class GrantEntity {
    static final String NOT_OFFERED = "the policy does not offer it any more";

    @Id
    private UUID id;

    @Version
    private long version;

    @Enumerated(EnumType.STRING)
    private Grant.Kind kind;

    @Enumerated(EnumType.STRING)
    private GrantState state;

    private String rule;
    private String role;

    @Column
    private String issuer;

    @Column
    private String subject;

    @Column(name = "principal_name")
    private String principalName;

    @Column
    private @Nullable String owner;

    @Column(name = "on_behalf_of")
    private @Nullable String onBehalfOf;

    private String principal;
    private String responsible;
    private String target;
    private String actions;
    private String resources;
    private String functions;
    private String overrides;
    private boolean single;
    private String duration;
    private String reason;
    private String ticket;

    @Column
    private @Nullable String approval;

    @Column(name = "policy_version")
    private long policyVersion;

    @Column(name = "requested_at")
    private Instant requestedAt;

    @Column(name = "starts_at")
    private @Nullable Instant startsAt;

    @Column(name = "ends_at")
    private @Nullable Instant endsAt;

    @Column(name = "ended_at")
    private @Nullable Instant endedAt;

    @Column(name = "ended_by")
    private @Nullable String endedBy;

    @Column(name = "ended_reason")
    private String endedReason;

    private long uses;

    @Column(name = "first_use")
    private @Nullable Instant firstUse;

    @Column(name = "last_use")
    private @Nullable Instant lastUse;

    @Column(name = "last_session")
    private @Nullable String lastSession;

    @Column(name = "last_command")
    private @Nullable Long lastCommand;

    @Embedded
    private Review review;

    @SuppressWarnings("NullAway.Init") // filled by JPA
    protected GrantEntity() {}

    private GrantEntity(
            Grant.Kind kind,
            String rule,
            Principal who,
            Set<Person> responsible,
            Wish wish,
            long policyVersion,
            Instant now) {
        this.id = UUID.randomUUID();
        this.kind = kind;
        this.state = GrantState.PENDING;
        this.rule = rule;
        this.role = wish.role();
        this.issuer = who.issuer();
        this.subject = who.subject();
        this.principalName = who.name();
        this.owner = who.owner().map(Person::name).orElse(null);
        this.onBehalfOf = who.onBehalfOf().map(Person::name).orElse(null);
        this.principal = PrincipalJson.of(who);
        this.responsible = AccountLines.of(responsible);
        this.target = wish.target();
        this.actions = String.join("\n", wish.actions());
        this.resources = String.join("\n", wish.resources());
        this.functions = String.join("\n", wish.functions());
        this.overrides = "";
        this.single = wish.single();
        this.duration = wish.duration().toString();
        this.reason = wish.reason();
        this.ticket = wish.ticket();
        this.policyVersion = policyVersion;
        this.requestedAt = now;
        this.endedReason = "";
        this.review = Review.none();
    }

    /** @param responsible every account of everybody who answers for the requester */
    static GrantEntity asked(
            String rule, Principal who, Set<Person> responsible, Wish wish, long policyVersion, Instant now) {
        return new GrantEntity(Grant.Kind.GRANT, rule, who, responsible, wish, policyVersion, now);
    }

    /** What somebody takes: it begins at once. */
    static GrantEntity taken(
            BreakGlass rule, Principal who, Set<Person> responsible, Wish wish, long policyVersion, Instant now) {
        var taken = new GrantEntity(Grant.Kind.BREAK_GLASS, rule.name(), who, responsible, wish, policyVersion, now);
        taken.overrides = String.join("\n", rule.overrides().stream().sorted().toList());
        taken.review = Review.by(rule.reviewers(), rule.reviewWithin());
        taken.begin(now);
        return taken;
    }

    void decidedBy(UUID request) {
        approval = request.toString();
    }

    void begin(Instant now) {
        if (state != GrantState.PENDING) {
            throw new IllegalStateException("a grant that is " + state + " does not begin");
        }
        state = GrantState.ACTIVE;
        startsAt = now;
        endsAt = now.plus(Duration.parse(duration));
    }

    /** It never begins. */
    void refuse(GrantState instead, String why) {
        if (state == GrantState.PENDING) {
            state = instead;
            endedReason = why;
        }
    }

    boolean active(Instant now) {
        return state == GrantState.ACTIVE && endsAt != null && now.isBefore(endsAt);
    }

    /** Returns whether its time was over and it ends so now. */
    boolean runOut(Instant now) {
        boolean due = state == GrantState.ACTIVE && endsAt != null && !now.isBefore(endsAt);
        if (due) {
            over(GrantState.ENDED, endsAt);
        }
        return due;
    }

    /** Returns whether it was in force and ends with this. */
    boolean revoke(String by, String why, Instant now) {
        boolean inForce = active(now);
        if (inForce) {
            over(GrantState.REVOKED, now);
            endedBy = by;
            endedReason = why;
        }
        return inForce;
    }

    /** The policy does not offer it any more; returns whether it was in force and ends with this. */
    boolean withdraw(Instant now) {
        boolean inForce = active(now);
        if (inForce) {
            over(GrantState.REVOKED, now);
            endedReason = NOT_OFFERED;
        }
        return inForce;
    }

    private void over(GrantState how, @Nullable Instant at) {
        state = how;
        endedAt = at;
        if (at != null) {
            review.begin(at);
        }
    }

    /**
     * Returns whether a command may run on it. Parts of one command are one use.
     *
     * @param command its number in the session
     */
    boolean permits(SessionId session, long command, Instant now) {
        return active(now) || (state == GrantState.USED && lastUsedBy(session, command));
    }

    private boolean lastUsedBy(SessionId session, long command) {
        return session.toString().equals(lastSession) && Long.valueOf(command).equals(lastCommand);
    }

    /** A command runs on it that it permits. */
    void use(SessionId session, long command, Instant now) {
        if (!permits(session, command, now)) {
            throw new IllegalStateException("a grant that is " + state + " is not used");
        }
        if (lastUsedBy(session, command)) {
            return;
        }
        uses++;
        firstUse = firstUse == null ? now : firstUse;
        lastUse = now;
        lastSession = session.toString();
        lastCommand = command;
        if (single) {
            over(GrantState.USED, now);
        }
    }

    /** @param reviewed every account of everybody who answers for it */
    void review(Person by, Set<Person> accounts, Set<Person> reviewed, Finding finding, String words, Instant now) {
        if (!state.over() || review.done()) {
            throw new IllegalStateException("there is nothing to review");
        }
        review.take(by, accounts, reviewed, finding, words, now);
    }

    Review review() {
        return review;
    }

    UUID id() {
        return id;
    }

    Grant.Kind kind() {
        return kind;
    }

    GrantState state() {
        return state;
    }

    Optional<UUID> approval() {
        return Optional.ofNullable(approval).map(UUID::fromString);
    }

    Principal principal() {
        return PrincipalJson.parse(principal);
    }

    String rule() {
        return rule;
    }

    String role() {
        return role;
    }

    String target() {
        return target;
    }

    Set<Person> responsible() {
        return AccountLines.parse(responsible);
    }

    String describedEnd() {
        return switch (state) {
            case USED -> "was for one command, which ran";
            case REVOKED ->
                endedBy == null
                        ? "was ended, because " + NOT_OFFERED + ","
                        : "was " + (principalName.equals(endedBy) ? "given back" : "revoked") + " by " + endedBy;
            default -> "has run out";
        };
    }

    Instant over() {
        return endedAt != null ? endedAt : endsAt != null ? endsAt : requestedAt;
    }

    /** What the decision is told of it. */
    Grant grant() {
        return GrantFacts.of(this, view(), lastSession, lastCommand);
    }

    GrantView view() {
        return new GrantView(
                id,
                kind,
                state,
                rule,
                Grant.rule(kind, id),
                role,
                PrincipalView.of(principal()),
                responsible(),
                target,
                lines(actions),
                lines(resources),
                lines(functions),
                lines(overrides),
                single,
                Duration.parse(duration),
                reason,
                ticket,
                approval(),
                requestedAt,
                Optional.ofNullable(startsAt),
                Optional.ofNullable(endsAt),
                Optional.ofNullable(endedAt),
                Optional.ofNullable(endedBy),
                endedReason,
                uses,
                Optional.ofNullable(firstUse),
                Optional.ofNullable(lastUse),
                review.due(),
                review.view(),
                false,
                false,
                "");
    }

    private static List<String> lines(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split("\n"));
    }
}
