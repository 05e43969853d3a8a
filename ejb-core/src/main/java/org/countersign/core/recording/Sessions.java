package org.countersign.core.recording;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.TypedQuery;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.countersign.core.Cursor;
import org.countersign.core.InvalidRequestException;
import org.countersign.core.identity.Caller;
import org.countersign.core.identity.Visibility;

/** The session index. Needs a transaction. */
@ApplicationScoped
public class Sessions {
    @PersistenceContext(unitName = "countersign")
    @SuppressWarnings("NullAway.Init") // set by the container
    private EntityManager store;

    void add(SessionEntity session) {
        store.persist(session);
    }

    Optional<SessionEntity> find(UUID id) {
        return Optional.ofNullable(store.find(SessionEntity.class, id));
    }

    Optional<SessionEntity> lock(UUID id) {
        return Optional.ofNullable(store.find(SessionEntity.class, id, LockModeType.PESSIMISTIC_WRITE));
    }

    /** Returns one more than the limit when there is a next page. */
    List<SessionEntity> list(Caller caller, SessionFilter filter) {
        var conditions = new ArrayList<String>();
        Map<String, Object> parameters = new HashMap<>();
        if (!Visibility.everything(caller)) {
            conditions.add(Visibility.condition(caller));
            parameters.putAll(Visibility.parameters(caller));
        }
        filter.principal().ifPresent(name -> {
            conditions.add("x.principalName = :principal");
            parameters.put("principal", name);
        });
        filter.target().ifPresent(name -> {
            conditions.add("x.target = :target");
            parameters.put("target", name);
        });
        filter.verdict().ifPresent(verdict -> conditions.add(having(verdict)));
        filter.from().ifPresent(from -> {
            conditions.add("x.startedAt >= :from");
            parameters.put("from", from);
        });
        filter.to().ifPresent(to -> {
            conditions.add("x.startedAt < :to");
            parameters.put("to", to);
        });
        filter.after().map(Cursor::of).ifPresent(cursor -> {
            conditions.add("(x.startedAt < :at or (x.startedAt = :at and x.id < :id))");
            parameters.put("at", cursor.at());
            parameters.put("id", cursor.id());
        });
        String where = conditions.isEmpty() ? "" : " where " + String.join(" and ", conditions);
        TypedQuery<SessionEntity> query = store.createQuery(
                "select x from SessionEntity x" + where + " order by x.startedAt desc, x.id desc", SessionEntity.class);
        parameters.forEach(query::setParameter);
        return query.setMaxResults(filter.limit() + 1).getResultList();
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
