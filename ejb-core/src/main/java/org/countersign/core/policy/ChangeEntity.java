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
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.countersign.core.policy.ChangeRefusedException.Reason;
import org.countersign.model.session.Person;
import org.countersign.model.session.Principal;
import org.jspecify.annotations.Nullable;

/** A change of policy and how far it got. */
@Entity
@Table(name = "policy_change")
public class ChangeEntity {
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

    @ElementCollection(fetch = FetchType.EAGER)
    @CollectionTable(name = "policy_change_entry", joinColumns = @JoinColumn(name = "change_id"))
    @OrderColumn(name = "position")
    private List<ChangeEntry> entries;

    enum State {
        PROPOSED,
        CONFIRMED,
        SUPERSEDED
    }

    @SuppressWarnings("NullAway.Init") // filled by JPA
    protected ChangeEntity() {}

    private ChangeEntity(ChangeAuthor author, String source, List<DiffEntry> diff, Instant now) {
        this.id = UUID.randomUUID();
        this.state = State.PROPOSED;
        this.source = source;
        this.author = author;
        this.proposedAt = now;
        this.entries = new ArrayList<>(diff.stream().map(ChangeEntry::new).toList());
    }

    static ChangeEntity proposed(Principal author, String source, List<DiffEntry> diff, Instant now) {
        return new ChangeEntity(ChangeAuthor.of(author), source, diff, now);
    }

    /** The filling of an empty store, which nobody has to confirm. */
    static ChangeEntity bootstrap(String source, List<DiffEntry> diff, Instant now, long version) {
        var change = new ChangeEntity(ChangeAuthor.bootstrap(), source, diff, now);
        change.state = State.CONFIRMED;
        change.confirmedAt = now;
        change.version = version;
        return change;
    }

    /**
     * Says why this person may not confirm it now; returns when he may.
     *
     * @param himself every account of this person
     */
    void check(Principal person, Set<Person> himself) throws ChangeRefusedException {
        if (person.agent()) {
            throw new ChangeRefusedException(Reason.MACHINE_APPROVAL, "Only a person confirms a change of policy.");
        }
        if (author.isOneOf(person, himself)) {
            throw new ChangeRefusedException(
                    Reason.SELF_APPROVAL, "You proposed this change; another administrator has to confirm it.");
        }
        if (state == State.CONFIRMED) {
            throw new ChangeRefusedException(Reason.ALREADY_DECIDED, "This change was confirmed before.");
        }
        if (state == State.SUPERSEDED) {
            throw new ChangeRefusedException(
                    Reason.CONFLICT,
                    "Version " + supersededBy + " changed the same objects after this was proposed. Propose it again.");
        }
    }

    void confirm(Principal person, Set<Person> himself, long newVersion, Instant now) throws ChangeRefusedException {
        check(person, himself);
        state = State.CONFIRMED;
        confirmer = ChangeAuthor.of(person);
        confirmedAt = now;
        version = newVersion;
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
                diff());
    }
}
