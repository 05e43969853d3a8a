package org.countersign.core.identity;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.countersign.model.session.Person;
import org.jspecify.annotations.Nullable;

/** What the latest token of a principal said about it. Written by one statement of {@link Principals}. */
@Entity
@Table(name = "principal")
public class PrincipalEntity {
    @EmbeddedId
    private Id id;

    @Column
    private String name;

    @Column
    private boolean agent;

    /** Blank for a person. */
    private String owner;

    @Column(name = "last_seen")
    private Instant lastSeen;

    @Column(name = "first_seen")
    private Instant firstSeen;

    /** Issuer and subject make a principal. */
    @Embeddable
    public static class Id implements Serializable {
        private static final long serialVersionUID = 1L;
        private String issuer;
        private String subject;

        @SuppressWarnings("NullAway.Init") // filled by JPA
        protected Id() {}

        Id(String issuer, String subject) {
            this.issuer = issuer;
            this.subject = subject;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Id id && issuer.equals(id.issuer) && subject.equals(id.subject);
        }

        @Override
        public int hashCode() {
            return Objects.hash(issuer, subject);
        }
    }

    @SuppressWarnings("NullAway.Init") // filled by JPA
    protected PrincipalEntity() {}

    Id id() {
        return id;
    }

    /** Empty for an agent that acted for a person: it is noted under his subject and its own name. */
    Optional<String> ownSubject() {
        return id.subject.endsWith(" " + name) ? Optional.empty() : Optional.of(id.subject);
    }

    Principals.SeenAgent agent() {
        return new Principals.SeenAgent(name, owner, firstSeen, lastSeen);
    }

    Optional<Person> owner() {
        return owner.isBlank() ? Optional.empty() : Optional.of(new Person(id.issuer, owner));
    }
}
