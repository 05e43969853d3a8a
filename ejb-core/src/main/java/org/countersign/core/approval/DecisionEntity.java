package org.countersign.core.approval;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.countersign.core.approval.ApprovalView.DecisionView;
import org.countersign.core.identity.AccountLines;
import org.countersign.model.session.Person;
import org.jspecify.annotations.Nullable;

/** What one person said to a request; the store keeps a second one of the same person out. */
@Entity
@Table(name = "approval_decision")
public class DecisionEntity {
    @Id
    private UUID id;

    @ManyToOne(optional = false)
    @JoinColumn(name = "approval")
    @SuppressWarnings("UnusedVariable") // the other side of ApprovalEntity.decisions
    private ApprovalEntity approval;

    private String issuer;
    private String person;

    private int step;

    @Column(name = "in_place_of")
    private @Nullable String inPlaceOf;

    @Enumerated(EnumType.STRING)
    private DecisionKind kind;

    private String reason;

    @Column(name = "decided_at")
    private Instant at;

    /** Every account of whoever decided, and of the approver in whose place. */
    @Column
    private String accounts;

    /** Every account of everybody who answered for the request then. */
    @Column
    private String requesters;

    @SuppressWarnings("NullAway.Init") // filled by JPA
    protected DecisionEntity() {}

    /**
     * What one person said.
     *
     * @param requesters everybody who answers for the request: the sets that were tested are kept as the proof
     */
    DecisionEntity(
            ApprovalEntity approval,
            int step,
            Person person,
            Authority by,
            Set<Person> requesters,
            DecisionKind kind,
            String reason,
            Instant at) {
        this.id = UUID.randomUUID();
        this.approval = approval;
        this.step = step;
        this.issuer = person.issuer();
        this.person = person.name();
        this.inPlaceOf = by.inPlaceOf().map(Person::name).orElse(null);
        this.kind = kind;
        this.reason = reason;
        this.at = at;
        this.accounts = AccountLines.of(by.accounts());
        this.requesters = AccountLines.of(requesters);
    }

    Person person() {
        return new Person(issuer, person);
    }

    /** Everybody who has decided with it. */
    Set<Person> counted() {
        var all = new HashSet<>(AccountLines.parse(accounts));
        all.add(person());
        return all;
    }

    /** Returns the number of the step in which it counts; the first is 0. */
    int step() {
        return step;
    }

    DecisionKind kind() {
        return kind;
    }

    Instant at() {
        return at;
    }

    DecisionView view() {
        return new DecisionView(person, Optional.ofNullable(inPlaceOf), kind, step, reason, at);
    }
}
