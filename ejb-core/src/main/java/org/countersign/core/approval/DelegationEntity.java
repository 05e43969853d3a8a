package org.countersign.core.approval;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.countersign.model.session.Person;
import org.jspecify.annotations.Nullable;

/** That one person decides in another one's place for some time. */
@Entity
@Table(name = "delegation")
public class DelegationEntity {
    @Id
    private UUID id;

    private String issuer;
    private String delegator;
    private String delegate;
    private String reason;

    @Column(name = "created_at")
    private Instant createdAt;

    private Instant until;

    @Column(name = "revoked_at")
    private @Nullable Instant revokedAt;

    @Column(name = "revoked_by")
    private @Nullable String revokedBy;

    @SuppressWarnings("NullAway.Init") // filled by JPA
    protected DelegationEntity() {}

    DelegationEntity(Person delegator, String delegate, String reason, Instant now, Instant until) {
        this.id = UUID.randomUUID();
        this.issuer = delegator.issuer();
        this.delegator = delegator.name();
        this.delegate = delegate;
        this.reason = reason;
        this.createdAt = now;
        this.until = until;
    }

    Person delegator() {
        return new Person(issuer, delegator);
    }

    Person delegate() {
        return new Person(issuer, delegate);
    }

    boolean active(Instant now) {
        return revokedAt == null && now.isBefore(until);
    }

    /** Returns whether it was in force and so ends now. */
    boolean revoke(String by, Instant now) {
        boolean active = active(now);
        if (active) {
            revokedAt = now;
            revokedBy = by;
        }
        return active;
    }

    DelegationView view(Instant now) {
        return new DelegationView(
                id,
                delegator,
                delegate,
                reason,
                createdAt,
                until,
                Optional.ofNullable(revokedAt),
                Optional.ofNullable(revokedBy),
                active(now));
    }
}
