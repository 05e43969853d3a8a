package org.countersign.core.recording;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.countersign.core.NodeIdentity;
import org.countersign.model.port.SessionControl;
import org.countersign.model.session.Person;
import org.countersign.model.session.Principal;
import org.countersign.model.session.SessionFacts;
import org.countersign.model.session.SessionId;

/** Keeps the session index. What it did is committed when a method returns. */
@Stateless
@PermitAll
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class SessionIndex {
    /** The end of a session whose gateway went away without closing it. */
    static final String GATEWAY_STOPPED = "unknown: gateway stopped";

    /** What stands for the protocol of a session that only explains. */
    static final String EXPLAIN = "explain";

    @Inject
    private Sessions sessions;

    @Inject
    private NodeIdentity node;

    @Inject
    private Clock clock;

    /**
     * Joins the caller's transaction: a session that may not open has no entry.
     *
     * @param responsible every account of everybody who answers for whose session it is
     * @param asker who wants something explained as its principal: the session is his then, and shows that
     */
    @TransactionAttribute(TransactionAttributeType.MANDATORY)
    public void opened(SessionFacts facts, Set<Person> responsible, Optional<Principal> asker) {
        sessions.add(
                asker.isEmpty()
                        ? new SessionEntity(facts, facts.principal(), responsible, facts.protocol(), node.name())
                        : new SessionEntity(facts, asker.get(), responsible, EXPLAIN, node.name()));
    }

    /** Returns what was last known about who has this name, as his token said when he opened a session. */
    public Optional<SignIn> lastSignIn(String issuer, String name) {
        return sessions.latestOf(issuer, name).map(entity -> new SignIn(entity.principal(), entity.startedAt()));
    }

    /** A sign-in. */
    public record SignIn(Principal principal, Instant at) {}

    /** Returns what was fixed about these sessions; nothing for one that only explained or is not in the index. */
    public Map<UUID, SessionFacts> facts(Collection<UUID> ids) {
        var found = new HashMap<UUID, SessionFacts>();
        ids.forEach(id -> sessions.find(id)
                .filter(entity -> !entity.protocol().equals(EXPLAIN))
                .ifPresent(entity -> found.put(
                        id,
                        new SessionFacts(
                                new SessionId(id),
                                entity.principal(),
                                entity.target(),
                                entity.protocol(),
                                Map.of(),
                                entity.address(),
                                entity.tls(),
                                entity.startedAt()))));
        return found;
    }

    /**
     * What was kept of a session when it opened.
     *
     * @param responsible every account of everybody who answered for the principal then
     * @param explained whether nothing in it ran: somebody had something explained
     */
    public record Kept(Principal principal, Set<Person> responsible, String target, boolean explained) {}

    /** Returns what was kept of these sessions; nothing for one that is not in the index. */
    public Map<UUID, Kept> kept(Collection<UUID> ids) {
        return sessions.all(ids).stream()
                .collect(Collectors.toMap(
                        SessionEntity::id,
                        entity -> new Kept(
                                entity.principal(),
                                entity.responsible(),
                                entity.target(),
                                entity.protocol().equals(EXPLAIN))));
    }

    /** Returns everybody who opened a session since then, as he was the last time. */
    public List<Principal> principalsSince(Instant from) {
        return sessions.latestOfEverybodySince(from).stream()
                .map(SessionEntity::principal)
                .toList();
    }

    /** Returns whether there is such a session. */
    public boolean closed(SessionId session, SessionControl.Counters counters, String reason, Instant at) {
        Optional<SessionEntity> found = sessions.lock(session.value());
        found.ifPresent(entity -> {
            entity.count(counters);
            entity.end(reason, at.truncatedTo(ChronoUnit.MICROS));
        });
        return found.isPresent();
    }

    /** Writes down how far the live sessions are. */
    public void count(Map<SessionId, SessionControl.Counters> counters) {
        counters.forEach((session, now) -> sessions.lock(session.value()).ifPresent(entity -> entity.count(now)));
    }

    /** Returns which of these sessions are to be ended, and by whom. */
    public List<Termination> terminations(Collection<UUID> live) {
        return live.isEmpty()
                ? List.of()
                : sessions.toTerminate(live).stream()
                        .map(entity -> new Termination(
                                new SessionId(entity.id()), entity.terminateBy().orElse("an administrator")))
                        .toList();
    }

    /** Closes what this node left open before it started; returns the sessions. */
    public List<UUID> closeAbandoned(Instant startOfNode) {
        List<SessionEntity> abandoned = sessions.openOf(node.name(), startOfNode);
        abandoned.forEach(entity -> entity.end(GATEWAY_STOPPED, now()));
        return abandoned.stream().map(SessionEntity::id).toList();
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    /** @param by name of the person who wants it */
    public record Termination(SessionId session, String by) {}
}
