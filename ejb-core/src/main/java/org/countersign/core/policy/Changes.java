package org.countersign.core.policy;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.countersign.core.Cursor;

/** Changes of policy. Needs a transaction. */
@ApplicationScoped
public class Changes {
    @PersistenceContext(unitName = "countersign")
    @SuppressWarnings("NullAway.Init") // set by the container
    private EntityManager store;

    void add(ChangeEntity change) {
        store.persist(change);
    }

    Optional<ChangeEntity> find(UUID id) {
        return Optional.ofNullable(store.find(ChangeEntity.class, id));
    }

    Optional<ChangeEntity> lock(UUID id) {
        return Optional.ofNullable(store.find(ChangeEntity.class, id, LockModeType.PESSIMISTIC_WRITE));
    }

    List<ChangeEntity> proposed() {
        return store.createQuery("select x from ChangeEntity x where x.state = :state", ChangeEntity.class)
                .setParameter("state", ChangeEntity.State.PROPOSED)
                .getResultList();
    }

    /** Returns proposals whose time is over. */
    List<UUID> overdue(Instant now) {
        return store.createQuery(
                        "select x.id from ChangeEntity x where x.state = :state and x.expiresAt <= :now", UUID.class)
                .setParameter("state", ChangeEntity.State.PROPOSED)
                .setParameter("now", now)
                .getResultList();
    }

    /** Returns the changes that made an object what it is, the latest first. */
    List<ChangeEntity> confirmedOf(Manifest.Key key, int limit) {
        return store.createQuery(
                        "select distinct x from ChangeEntity x join x.entries e where x.state = :state"
                                + " and e.kind = :kind and e.name = :name order by x.version desc",
                        ChangeEntity.class)
                .setParameter("state", ChangeEntity.State.CONFIRMED)
                .setParameter("kind", key.kind().label())
                .setParameter("name", key.name())
                .setMaxResults(limit)
                .getResultList();
    }

    /** Returns one more than the limit when there is a next page. */
    List<ChangeEntity> list(int limit, Optional<Cursor> after) {
        String where = after.isEmpty() ? "" : " where x.proposedAt < :at or (x.proposedAt = :at and x.id < :id)";
        var query = store.createQuery(
                "select x from ChangeEntity x" + where + " order by x.proposedAt desc, x.id desc", ChangeEntity.class);
        after.ifPresent(cursor -> query.setParameter("at", cursor.at()).setParameter("id", cursor.id()));
        return query.setMaxResults(limit + 1).getResultList();
    }
}
