package org.countersign.core.approval;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.countersign.model.session.Person;
import org.jspecify.annotations.Nullable;

/** What people look at and how they decide. Needs a transaction. */
@ApplicationScoped
@SuppressWarnings("NullAway.Init") // set by the container
public class Habits {
    private static final int MAX_APPROVERS = 500;

    private static final String HABITS = "with made as (select d.person, d.kind,"
            + " count(*) over (partition by d.issuer, d.person, date_trunc('hour', d.decided_at)) as in_hour,"
            + " extract(epoch from d.decided_at - s.first_at) as seconds"
            + " from approval_decision d left join approval_seen s"
            + " on s.approval = d.approval and s.issuer = d.issuer and s.person = d.person"
            + " where d.decided_at >= ?1 and d.decided_at < ?2)"
            + " select person, count(*), count(*) filter (where kind = 'REJECT'), max(in_hour),"
            + " cast(percentile_cont(0.5) within group (order by seconds) as bigint)"
            + " from made group by person order by count(*) desc, person limit " + MAX_APPROVERS;

    @PersistenceContext(unitName = "countersign")
    private EntityManager store;

    /** Notes that somebody who could decide a request opened it; only the first time counts. */
    void seen(UUID approval, Person by, Instant now) {
        store.createNativeQuery("insert into approval_seen (approval, issuer, person, first_at)"
                        + " values (cast(?1 as uuid), ?2, ?3, ?4) on conflict do nothing")
                .setParameter(1, approval.toString())
                .setParameter(2, by.issuer())
                .setParameter(3, by.name())
                .setParameter(4, Timestamp.from(now))
                .executeUpdate();
    }

    /** Returns everybody who decided anything in this time, whoever decided most first. */
    List<ApproverHabits> between(Instant from, Instant to) {
        Stream<?> rows = store
                .createNativeQuery(HABITS)
                .setParameter(1, Timestamp.from(from))
                .setParameter(2, Timestamp.from(to))
                .getResultList()
                .stream();
        return rows.map(Object[].class::cast)
                .map(row -> new ApproverHabits(
                        (String) row[0], number(row[1]), number(row[2]), number(row[3]), seconds(row[4])))
                .toList();
    }

    private static Optional<Long> seconds(@Nullable Object value) {
        return Optional.ofNullable(value).map(Habits::number);
    }

    private static long number(Object value) {
        return ((Number) value).longValue();
    }
}
