package org.countersign.core.audit;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import org.countersign.core.identity.AccountLines;
import org.jspecify.annotations.Nullable;

/** What happened to the policy in a period. Needs a transaction. */
@ApplicationScoped
@SuppressWarnings("NullAway.Init") // set by the container
public class EvidenceChanges {
    private static final String CONFIRMED = """
        select c.version, c.confirmed_at, c.author_name, c.confirmer_name, c.reason, c.ticket,
          (select string_agg(e.action || ' ' || e.kind || ' ' || e.name, E'\\n' order by e.position)
            from policy_change_entry e where e.change_id = c.id),
          c.author_accounts, c.confirmer_accounts
        from policy_change c
        where c.state = 'CONFIRMED' and c.confirmed_at >= ?1 and c.confirmed_at < ?2
        order by c.version desc
        """;

    private static final String CONSTRAINTS = """
        select e.name, c.confirmed_at, e.after
        from policy_change c join policy_change_entry e on e.change_id = c.id
        where c.state = 'CONFIRMED' and e.kind = 'SegregationConstraint' and c.confirmed_at < ?1
        order by c.version
        """;

    @PersistenceContext(unitName = "countersign")
    private EntityManager store;

    List<PolicyChangeRow> confirmed(Period period) {
        List<?> rows = store.createNativeQuery(CONFIRMED)
                .setParameter(1, Timestamp.from(period.start()))
                .setParameter(2, Timestamp.from(period.end()))
                .getResultList();
        return rows.stream()
                .map(Object[].class::cast)
                .map(EvidenceChanges::change)
                .toList();
    }

    private static PolicyChangeRow change(Object[] row) {
        return new PolicyChangeRow(
                ((Number) row[0]).longValue(),
                at(row[1]),
                (String) row[2],
                Optional.of(text(row[3])).filter(name -> !name.isEmpty()),
                (String) row[4],
                (String) row[5],
                Arrays.stream(text(row[6]).split("\n"))
                        .filter(line -> !line.isEmpty())
                        .toList(),
                AccountLines.parse((String) row[7]),
                AccountLines.parse((String) row[8]));
    }

    /** Returns each form of each constraint that was in force at some time of the period. */
    List<ConstraintRow> constraints(Period period) {
        List<?> rows = store.createNativeQuery(CONSTRAINTS)
                .setParameter(1, Timestamp.from(period.end()))
                .getResultList();
        var open = new HashMap<String, ConstraintRow>();
        var all = new ArrayList<ConstraintRow>();
        for (Object item : rows) {
            Object[] row = (Object[]) item;
            String name = (String) row[0];
            Instant at = at(row[1]);
            @Nullable ConstraintRow before = open.remove(name);
            if (before != null) {
                all.add(new ConstraintRow(name, before.from(), Optional.of(at), before.document()));
            }
            if (!text(row[2]).isEmpty()) {
                open.put(name, new ConstraintRow(name, at, Optional.empty(), text(row[2])));
            }
        }
        all.addAll(open.values());
        return all.stream()
                .filter(row ->
                        row.until().filter(end -> !end.isAfter(period.start())).isEmpty())
                .sorted(java.util.Comparator.comparing(ConstraintRow::name).thenComparing(ConstraintRow::from))
                .toList();
    }

    private static Instant at(Object value) {
        return ((Timestamp) value).toInstant();
    }

    private static String text(@Nullable Object value) {
        return value instanceof String text ? text : "";
    }
}
