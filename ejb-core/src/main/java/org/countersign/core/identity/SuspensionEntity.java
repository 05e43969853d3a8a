package org.countersign.core.identity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** That somebody was suspended, and maybe that it was lifted. Made by one statement of {@link Suspensions}. */
@Entity
@Table(name = "suspension")
public class SuspensionEntity {
    @Id
    private UUID id;

    @Column
    private String issuer;

    @Column
    private String name;

    @Column
    private @Nullable String subject;

    private String reason;

    @Column(name = "suspended_by")
    private String suspendedBy;

    @Column(name = "suspended_at")
    private Instant suspendedAt;

    @Column(name = "lifted_by")
    private @Nullable String liftedBy;

    @Column(name = "lifted_at")
    private @Nullable Instant liftedAt;

    @SuppressWarnings("NullAway.Init") // filled by JPA
    protected SuspensionEntity() {}

    SuspensionEntity(Suspension suspension, String reason) {
        this.id = UUID.randomUUID();
        this.issuer = suspension.issuer();
        this.name = suspension.name();
        this.subject = suspension.subject().orElse(null);
        this.reason = reason;
        this.suspendedBy = suspension.by();
        this.suspendedAt = suspension.since();
    }

    /** Lifts it once; whoever comes later changes nothing. */
    void lift(String by, Instant now) {
        if (liftedAt == null) {
            liftedBy = by;
            liftedAt = now;
        }
    }

    Suspension suspension() {
        return new Suspension(issuer, name, Optional.ofNullable(subject), suspendedBy, suspendedAt);
    }

    SuspensionView view() {
        return new SuspensionView(
                id,
                name,
                Optional.ofNullable(subject),
                reason,
                suspendedBy,
                suspendedAt,
                Optional.ofNullable(liftedBy),
                Optional.ofNullable(liftedAt));
    }
}
