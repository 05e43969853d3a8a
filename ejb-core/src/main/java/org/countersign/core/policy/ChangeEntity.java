package org.countersign.core.policy;

import jakarta.persistence.AttributeOverride;
import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.OrderColumn;
import jakarta.persistence.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.countersign.core.identity.AccountLines;
import org.countersign.core.policy.ChangeRefusedException.Reason;
import org.countersign.model.session.Person;
import org.countersign.model.session.Principal;
import org.jspecify.annotations.Nullable;

/**
 * A change of policy and how far it got: from proposed to confirmed, once; or to rejected, withdrawn, expired, or
 * superseded by a change of the same objects.
 */
@Entity
@Table(name = "policy_change")
public class ChangeEntity {
    static final Duration LIFETIME = Duration.ofDays(14);

    @Id
    private UUID id;

    @Enumerated(EnumType.STRING)
    private State state;

    private String source;

    @Embedded
    @AttributeOverride(name = "issuer", column = @Column(name = "author_issuer"))
    @AttributeOverride(name = "subject", column = @Column(name = "author_subject"))
    @AttributeOverride(name = "name", column = @Column(name = "author_name"))
    private ChangeAuthor author;

    @Column(name = "proposed_at")
    private Instant proposedAt;

    @Embedded
    @AttributeOverride(name = "issuer", column = @Column(name = "confirmer_issuer"))
    @AttributeOverride(name = "subject", column = @Column(name = "confirmer_subject"))
    @AttributeOverride(name = "name", column = @Column(name = "confirmer_name"))
    private @Nullable ChangeAuthor confirmer;

    @Column(name = "confirmed_at")
    private @Nullable Instant confirmedAt;

    private @Nullable Long version;

    /** The version that changed the same objects first. */
    @Column(name = "superseded_by")
    private @Nullable Long supersededBy;

    private String reason;
    private String ticket;

    /** Until when it may be confirmed; none for what was never open. */
    @Column(name = "expires_at")
    private @Nullable Instant expiresAt;

    /** The version of the confirmed change whose inverse this is. */
    @Column
    private @Nullable Long reverts;

    @Embedded
    @AttributeOverride(name = "issuer", column = @Column(name = "closer_issuer"))
    @AttributeOverride(name = "subject", column = @Column(name = "closer_subject"))
    @AttributeOverride(name = "name", column = @Column(name = "closer_name"))
    private @Nullable ChangeAuthor closer;

    @Column(name = "closed_at")
    private @Nullable Instant closedAt;

    @Column(name = "closed_reason")
    private String closedReason;

    /** Every account of the author when he proposed it. */
    @Column(name = "author_accounts")
    private String authorAccounts;

    /** Every account of whoever confirmed it. */
    @Column(name = "confirmer_accounts")
    private String confirmerAccounts;

    @ElementCollection(fetch = FetchType.EAGER)
    @CollectionTable(name = "policy_change_entry", joinColumns = @JoinColumn(name = "change_id"))
    @OrderColumn(name = "position")
    private List<ChangeEntry> entries;

    enum State {
        PROPOSED,
        CONFIRMED,
        SUPERSEDED,
        REJECTED,
        WITHDRAWN,
        EXPIRED
    }

    @SuppressWarnings("NullAway.Init") // filled by JPA
    protected ChangeEntity() {}

    private ChangeEntity(ChangeAuthor author, String source, Motive motive, List<DiffEntry> diff, Instant now) {
        this.id = UUID.randomUUID();
        this.state = State.PROPOSED;
        this.source = source;
        this.author = author;
        this.proposedAt = now;
        this.reason = motive.reason();
        this.ticket = motive.ticket().orElse("");
        this.closedReason = "";
        this.authorAccounts = "";
        this.confirmerAccounts = "";
        this.entries = new ArrayList<>(diff.stream().map(ChangeEntry::new).toList());
    }

    /** @param accounts every account of the author */
    static ChangeEntity proposed(
            Principal author, Set<Person> accounts, String source, Motive motive, List<DiffEntry> diff, Instant now) {
        var change = new ChangeEntity(ChangeAuthor.of(author), source, motive, diff, now);
        change.authorAccounts = AccountLines.of(accounts);
        change.expiresAt = now.plus(LIFETIME);
        return change;
    }

    /** The filling of an empty store, which nobody has to confirm. */
    static ChangeEntity bootstrap(String source, List<DiffEntry> diff, Instant now, long version) {
        var change = new ChangeEntity(ChangeAuthor.bootstrap(), source, new Motive("The store was empty."), diff, now);
        change.state = State.CONFIRMED;
        change.confirmedAt = now;
        change.version = version;
        return change;
    }

    /** Notes that this is the inverse of that one. */
    ChangeEntity reverting(ChangeEntity confirmed) {
        reverts = confirmed.version;
        return this;
    }

    /**
     * Says why this person may not confirm it now; returns when he may.
     *
     * @param himself every account of this person
     */
    void check(Principal person, Set<Person> himself, Instant now) throws ChangeRefusedException {
        another(person, himself, "confirms", "confirm");
        checkOpen(now);
    }

    void confirm(Principal person, Set<Person> himself, long newVersion, Instant now) throws ChangeRefusedException {
        check(person, himself, now);
        state = State.CONFIRMED;
        confirmer = ChangeAuthor.of(person);
        confirmerAccounts = AccountLines.of(himself);
        confirmedAt = now;
        version = newVersion;
    }

    /** Another administrator says no, for good. */
    void reject(Principal person, Set<Person> himself, String why, Instant now) throws ChangeRefusedException {
        another(person, himself, "rejects", "reject");
        checkOpen(now);
        close(State.REJECTED, ChangeAuthor.of(person), why, now);
    }

    /** Its author, with whichever of his accounts, takes it back. */
    void withdraw(Principal person, Set<Person> himself, Instant now) throws ChangeRefusedException {
        if (person.agent()) {
            throw new ChangeRefusedException(Reason.MACHINE_APPROVAL, "Only a person withdraws a change of policy.");
        }
        if (!isAuthor(person, himself)) {
            throw new ChangeRefusedException(
                    Reason.NOT_THE_AUTHOR, "Only " + author.name() + " can withdraw this change; you can reject it.");
        }
        checkOpen(now);
        close(State.WITHDRAWN, ChangeAuthor.of(person), "", now);
    }

    /** Returns whether nobody confirmed it in time, so that it is expired from now on. */
    boolean expire(Instant now) {
        boolean overdue = overdue(now);
        if (overdue) {
            state = State.EXPIRED;
            closedAt = now;
        }
        return overdue;
    }

    /** Says what keeps a confirmed change from being reverted; returns when nothing does. */
    void checkRevertible() throws ChangeRefusedException {
        if (state != State.CONFIRMED) {
            throw new ChangeRefusedException(Reason.CONFLICT, "Only a change that is or was in force can be reverted.");
        }
    }

    private void another(Principal person, Set<Person> himself, String does, String verb)
            throws ChangeRefusedException {
        if (person.agent()) {
            throw new ChangeRefusedException(Reason.MACHINE_APPROVAL, "Only a person " + does + " a change of policy.");
        }
        if (isAuthor(person, himself)) {
            throw new ChangeRefusedException(
                    Reason.SELF_APPROVAL, "You proposed this change; another administrator has to " + verb + " it.");
        }
    }

    /** Accounts that were linked when he proposed it count as well as those that are today. */
    private boolean isAuthor(Principal person, Set<Person> himself) {
        return author.isOneOf(person, himself) || !Collections.disjoint(AccountLines.parse(authorAccounts), himself);
    }

    /** Says why nobody can confirm it any more; returns while somebody can. */
    void checkOpen(Instant now) throws ChangeRefusedException {
        if (state == State.EXPIRED || overdue(now)) {
            throw new ChangeRefusedException(
                    Reason.EXPIRED,
                    "Nobody confirmed this change within " + LIFETIME.toDays() + " days. Propose it again.");
        }
        if (state == State.SUPERSEDED) {
            throw new ChangeRefusedException(
                    Reason.CONFLICT,
                    "Version " + supersededBy + " changed the same objects after this was proposed. Propose it again.");
        }
        if (state != State.PROPOSED) {
            throw new ChangeRefusedException(
                    Reason.ALREADY_DECIDED, "This change was " + state.name().toLowerCase(Locale.ROOT) + " before.");
        }
    }

    private boolean overdue(Instant now) {
        return state == State.PROPOSED && expiresAt != null && !now.isBefore(expiresAt);
    }

    private void close(State closed, ChangeAuthor by, String why, Instant now) {
        state = closed;
        closer = by;
        closedAt = now;
        closedReason = why;
    }

    /** Another change of the same objects came first: what this one's author saw is no longer there. */
    void supersede(ChangeEntity other) {
        if (state == State.PROPOSED && !other.id.equals(id) && keys().stream().anyMatch(other.keys()::contains)) {
            state = State.SUPERSEDED;
            supersededBy = other.version;
        }
    }

    ChangeAuthor author() {
        return author;
    }

    UUID id() {
        return id;
    }

    List<DiffEntry> diff() {
        return entries.stream().map(ChangeEntry::diff).toList();
    }

    private List<Manifest.Key> keys() {
        return diff().stream().map(DiffEntry::key).toList();
    }

    private Optional<ChangeView.Closing> closing() {
        return Optional.ofNullable(closedAt)
                .map(at ->
                        new ChangeView.Closing(Optional.ofNullable(closer).map(ChangeAuthor::name), at, closedReason));
    }

    ChangeView view() {
        return new ChangeView(
                id,
                state.name().toLowerCase(Locale.ROOT),
                author.name(),
                proposedAt,
                source,
                Optional.ofNullable(confirmer).map(ChangeAuthor::name),
                Optional.ofNullable(confirmedAt),
                Optional.ofNullable(version),
                reason,
                ticket.isEmpty() ? Optional.empty() : Optional.of(ticket),
                state == State.PROPOSED ? Optional.ofNullable(expiresAt) : Optional.empty(),
                Optional.ofNullable(reverts),
                closing(),
                diff());
    }
}
