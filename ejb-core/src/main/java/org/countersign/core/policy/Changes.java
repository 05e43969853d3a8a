package org.countersign.core.policy;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
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

    /** Returns one more than the limit when there is a next page. */
    List<ChangeEntity> list(int limit, Optional<Cursor> after) {
        String where = after.isEmpty() ? "" : " where x.proposedAt < :at or (x.proposedAt = :at and x.id < :id)";
        var query = store.createQuery(
                "select x from ChangeEntity x" + where + " order by x.proposedAt desc, x.id desc", ChangeEntity.class);
        after.ifPresent(cursor -> query.setParameter("at", cursor.at()).setParameter("id", cursor.id()));
        return query.setMaxResults(limit + 1).getResultList();
    }
}
