package org.countersign.core.store;

import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.countersign.core.Cursor;

/**
 * A page of entities {@code x}, newest first. Conditions are written here and in the repositories, values are always
 * parameters.
 */
public final class Listing<E> {
    private final Class<E> entity;
    private final String time;
    private final List<String> conditions = new ArrayList<>();
    private final Map<String, Object> parameters = new HashMap<>();

    /** @param time the field that orders the entities, their id deciding between equal ones */
    public Listing(Class<E> entity, String time) {
        this.entity = entity;
        this.time = time;
    }

    /** Adds a JPQL condition on {@code x}. */
    public Listing<E> where(String condition, Map<String, Object> values) {
        conditions.add(condition);
        parameters.putAll(values);
        return this;
    }

    /** Only those whose field has this value, when there is one. */
    public Listing<E> equal(String field, Optional<?> value) {
        value.ifPresent(present -> where("x." + field + " = :" + field, Map.of(field, present)));
        return this;
    }

    /** Only those from this time on and before that one, where they are given. */
    public Listing<E> between(Optional<Instant> from, Optional<Instant> to) {
        from.ifPresent(first -> where("x." + time + " >= :from", Map.of("from", first)));
        to.ifPresent(end -> where("x." + time + " < :to", Map.of("to", end)));
        return this;
    }

    /** Only those behind the cursor of an earlier page. */
    public Listing<E> after(Optional<String> cursor) {
        cursor.map(Cursor::of)
                .ifPresent(last -> where(
                        "(x." + time + " < :at or (x." + time + " = :at and x.id < :id))",
                        Map.of("at", last.at(), "id", last.id())));
        return this;
    }

    /** Returns one more than the limit when there is a next page. */
    public List<E> read(EntityManager store, int limit) {
        String where = conditions.isEmpty() ? "" : " where " + String.join(" and ", conditions);
        TypedQuery<E> query = store.createQuery(
                "select x from " + entity.getSimpleName() + " x" + where + " order by x." + time + " desc, x.id desc",
                entity);
        parameters.forEach(query::setParameter);
        return query.setMaxResults(limit + 1).getResultList();
    }
}
