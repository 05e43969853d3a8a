package org.countersign.core.recording;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.countersign.core.identity.AccountLines;
import org.countersign.core.identity.PrincipalJson;
import org.countersign.model.port.SessionControl;
import org.countersign.model.session.Person;
import org.countersign.model.session.Principal;
import org.countersign.model.session.SessionFacts;
import org.jspecify.annotations.Nullable;

/** The index entry of one session; what happened in it is in its recording. */
@Entity
@Table(name = "session")
public class SessionEntity {
    @Id
    private UUID id;

    @Column
    private String node;

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
    private String protocol;
    private String address;
    private boolean tls;

    @Column(name = "started_at")
    private Instant startedAt;

    @Column(name = "ended_at")
    private @Nullable Instant endedAt;

    @Column(name = "end_reason")
    private @Nullable String endReason;

    private long commands;
    private long denied;
    private long held;

    /** Who wants the session to end; its own node sees it and ends it. */
    @Column(name = "terminate_by")
    private @Nullable String terminateBy;

    @SuppressWarnings("NullAway.Init") // filled by JPA
    protected SessionEntity() {}

    /**
     * A session that begins.
     *
     * @param who it belongs to
     * @param responsible every account of everybody who answers for that principal
     * @param protocol what it is spoken in
     */
    SessionEntity(SessionFacts facts, Principal who, Set<Person> responsible, String protocol, String node) {
        this.id = facts.id().value();
        this.node = node;
        this.issuer = who.issuer();
        this.subject = who.subject();
        this.principalName = who.name();
        this.owner = who.owner().map(Person::name).orElse(null);
        this.onBehalfOf = who.onBehalfOf().map(Person::name).orElse(null);
        this.principal = PrincipalJson.of(who);
        this.responsible = AccountLines.of(responsible);
        this.target = facts.target();
        this.protocol = protocol;
        this.address = facts.address();
        this.tls = facts.tls();
        this.startedAt = facts.startedAt();
    }

    /** Counts only upwards: a late flush of the pulse takes nothing back. */
    void count(SessionControl.Counters counters) {
        commands = Math.max(commands, counters.commands());
        denied = Math.max(denied, counters.denied());
        held = Math.max(held, counters.held());
    }

    /** Ends it once; whoever comes later changes nothing. */
    void end(String reason, Instant now) {
        if (endedAt == null) {
            endedAt = now;
            endReason = reason;
        }
    }

    void requestTermination(String by) {
        if (endedAt == null && terminateBy == null) {
            terminateBy = by;
        }
    }

    UUID id() {
        return id;
    }

    Principal principal() {
        return PrincipalJson.parse(principal);
    }

    /** Everybody who answered for the principal when the session opened, as far as that was kept. */
    Set<Person> responsible() {
        return responsible.isEmpty() ? principal().responsiblePersons() : AccountLines.parse(responsible);
    }

    String target() {
        return target;
    }

    String protocol() {
        return protocol;
    }

    String address() {
        return address;
    }

    boolean tls() {
        return tls;
    }

    Instant startedAt() {
        return startedAt;
    }

    Optional<Instant> endedAt() {
        return Optional.ofNullable(endedAt);
    }

    Optional<String> endReason() {
        return Optional.ofNullable(endReason);
    }

    Optional<String> terminateBy() {
        return Optional.ofNullable(terminateBy);
    }

    SessionControl.Counters counters() {
        return new SessionControl.Counters(commands, denied, held);
    }
}
