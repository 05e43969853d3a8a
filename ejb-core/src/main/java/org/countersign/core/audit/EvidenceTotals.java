package org.countersign.core.audit;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.Query;
import java.sql.Timestamp;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Counts in the store: every stored set of a period is intersected there. Needs a transaction. */
@ApplicationScoped
@SuppressWarnings("NullAway.Init") // set by the container
public class EvidenceTotals {
    private static final String OUTCOMES = """
        select lower(a.state), count(*) from approval a
        where a.requested_at >= ?1 and a.requested_at < ?2 group by a.state
        """;

    /**
     * As each row says it: nobody who decides may answer for the request, then or at another decision about it, or have
     * decided before. Most requests have one decision, with which nothing is compared.
     */
    private static final String PROOFS = """
        select count(*), count(*) filter (where met), count(*) filter (where not met and unkept)
        from (
          select d.accounts = '' or d.requesters = '' as unkept,
            d.shared
              or d.approval in (select approval from approval_decision group by approval having count(*) > 1)
                and exists (
                  select from approval_decision o
                  where o.approval = d.approval and o.id <> d.id
                    and (string_to_array(o.requesters, E'\\n') && string_to_array(d.accounts, E'\\n')
                      or (o.decided_at, o.id) < (d.decided_at, d.id)
                        and string_to_array(o.accounts, E'\\n') && string_to_array(d.accounts, E'\\n'))) as met
          from approval_decision d join approval a on a.id = d.approval
          where a.requested_at >= ?1 and a.requested_at < ?2) each
        """;

    private static final String UNDECIDED = """
        select count(*) from approval a
        where a.requested_at >= ?1 and a.requested_at < ?2 and a.state in ('APPROVED', 'EXECUTED', 'FAILED')
          and not exists (select from approval_decision d where d.approval = a.id)
        """;

    private static final String ATTEMPTS = """
        select reason, count(*) from refused_attempt where at >= ?1 and at < ?2 group by reason
        """;

    @PersistenceContext(unitName = "countersign")
    private EntityManager store;

    EvidenceSummary of(Period period) {
        Object[] proofs = rows(PROOFS, period).getFirst();
        long decisions = number(proofs[0]);
        long shared = number(proofs[1]);
        long unproved = number(proofs[2]);
        return new EvidenceSummary(
                counts(OUTCOMES, period),
                decisions,
                decisions - unproved - shared,
                shared,
                unproved + number(query(UNDECIDED, period).getSingleResult()),
                counts(ATTEMPTS, period));
    }

    private Map<String, Long> counts(String sql, Period period) {
        var counts = new TreeMap<String, Long>();
        rows(sql, period).forEach(row -> counts.put((String) row[0], number(row[1])));
        return counts;
    }

    private List<Object[]> rows(String sql, Period period) {
        List<?> rows = query(sql, period).getResultList();
        return rows.stream().map(Object[].class::cast).toList();
    }

    private Query query(String sql, Period period) {
        return store.createNativeQuery(sql)
                .setParameter(1, Timestamp.from(period.start()))
                .setParameter(2, Timestamp.from(period.end()));
    }

    private static long number(Object value) {
        return ((Number) value).longValue();
    }
}
