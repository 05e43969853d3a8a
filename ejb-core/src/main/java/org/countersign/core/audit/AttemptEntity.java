package org.countersign.core.audit;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.countersign.model.session.Principal;

/** Somebody wanted to countersign or change something and was refused. */
@Entity
@Table(name = "refused_attempt")
public class AttemptEntity {
    @Id
    private UUID id;

    @Column
    private Instant at;

    @Column
    private String issuer;

    @Column
    private String subject;

    @Column
    private String name;

    @Column
    private boolean agent;

    @Enumerated(EnumType.STRING)
    private Attempt attempt;

    private String object;
    private String reason;
    private String message;

    @SuppressWarnings("NullAway.Init") // filled by JPA
    protected AttemptEntity() {}

    AttemptEntity(Principal who, Attempt attempt, String object, String reason, String message, Instant at) {
        this.id = UUID.randomUUID();
        this.at = at;
        this.issuer = who.issuer();
        this.subject = who.subject();
        this.name = who.name();
        this.agent = who.agent();
        this.attempt = attempt;
        this.object = object;
        this.reason = reason;
        this.message = message;
    }

    AttemptView view() {
        return new AttemptView(id, at, name, agent, attempt, object, reason, message);
    }
}
