package org.countersign.core.recording;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.countersign.core.InvalidRequestException;
import org.countersign.core.identity.Caller;
import org.countersign.core.identity.Visibility;
import org.countersign.core.store.Listing;

/** The session index. Needs a transaction. */
@ApplicationScoped
public class Sessions {
    private static final int MAX_PRINCIPALS = 5_000;
    private static final int MAX_TOGETHER = 1_000;

    /** An agent that acts for a person is noted under his subject, a space and its own name. */
    private static final String LATEST_OF_EVERYBODY = "select s.* from principal p cross join lateral ("
            + "select * from session x where x.issuer = p.issuer"
            + " and x.subject in (p.subject, left(p.subject, greatest(length(p.subject) - length(p.name) - 1, 0)))"
            + " and x.principal_name = p.name and x.protocol <> ?2"
            + " order by x.started_at desc limit 1) s where p.last_seen >= ?1 order by p.name limit ?3";

    @PersistenceContext(unitName = "countersign")
    @SuppressWarnings("NullAway.Init") // set by the container
    private EntityManager store;

    void add(SessionEntity session) {
        store.persist(session);
    }

    Optional<SessionEntity> find(UUID id) {
        return Optional.ofNullable(store.find(SessionEntity.class, id));
    }

    /** Returns those that there are. */
    List<SessionEntity> all(Collection<UUID> ids) {
        var found = new ArrayList<SessionEntity>();
        var left = new ArrayList<>(ids);
        for (int from = 0; from < left.size(); from += MAX_TOGETHER) {
            found.addAll(store.createQuery("select x from SessionEntity x where x.id in :ids", SessionEntity.class)
                    .setParameter("ids", left.subList(from, Math.min(from + MAX_TOGETHER, left.size())))
                    .getResultList());
        }
        return found;
    }

    Optional<SessionEntity> lock(UUID id) {
        return Optional.ofNullable(store.find(SessionEntity.class, id, LockModeType.PESSIMISTIC_WRITE));
    }

    /** Returns the session that somebody of this name opened last. */
    Optional<SessionEntity> latestOf(String issuer, String name) {
        return store.createQuery(
                        "select x from SessionEntity x where x.issuer = :issuer and x.principalName = :name"
                                + " order by x.startedAt desc",
                        SessionEntity.class)
                .setParameter("issuer", issuer)
                .setParameter("name", name)
                .setMaxResults(1)
                .getResultStream()
                .findFirst();
    }

    /** Returns the latest session of each principal that was here since then; some, when there are very many. */
    List<SessionEntity> latestOfEverybodySince(Instant from) {
        List<?> found = store.createNativeQuery(LATEST_OF_EVERYBODY, SessionEntity.class)
                .setParameter(1, Timestamp.from(from))
                .setParameter(2, SessionIndex.EXPLAIN)
                .setParameter(3, MAX_PRINCIPALS)
                .getResultList();
        return found.stream().map(SessionEntity.class::cast).toList();
    }

    /** Returns one more than the limit when there is a next page. */
    List<SessionEntity> list(Caller caller, SessionFilter filter) {
        var listing = new Listing<>(SessionEntity.class, "startedAt");
        if (!Visibility.everything(caller)) {
            listing.where(Visibility.condition(caller), Visibility.parameters(caller));
        }
        filter.verdict().ifPresent(verdict -> listing.where(having(verdict), Map.of()));
        return listing.equal("principalName", filter.principal())
                .equal("target", filter.target())
                .between(filter.from(), filter.to())
                .after(filter.after())
                .read(store, filter.limit());
    }

    private static String having(String verdict) {
        return switch (verdict) {
            case "allow" -> "x.commands > x.denied";
            case "deny" -> "x.denied > 0";
            case "hold" -> "x.held > 0";
            default -> throw new InvalidRequestException("verdict", "verdict is one of allow, deny, hold");
        };
    }

    /** Returns those of the sessions that somebody wants to end. */
    List<SessionEntity> toTerminate(Collection<UUID> ids) {
        return store.createQuery(
                        "select x from SessionEntity x where x.id in :ids and x.terminateBy is not null",
                        SessionEntity.class)
                .setParameter("ids", ids)
                .getResultList();
    }

    /** Returns the sessions of a node that nobody closed, started before a time. */
    List<SessionEntity> openOf(String node, Instant before) {
        return store.createQuery(
                        "select x from SessionEntity x where x.endedAt is null and x.node = :node"
                                + " and x.startedAt < :before",
                        SessionEntity.class)
                .setParameter("node", node)
                .setParameter("before", before)
                .getResultList();
    }
}
