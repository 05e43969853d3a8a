package org.countersign.core.risk;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.Query;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.countersign.core.risk.UseKey.Kind;
import org.countersign.model.policy.Usage;
import org.countersign.model.session.Principal;

/** What principals used, in the store. */
@Stateless
@PermitAll
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
@SuppressWarnings("NullAway.Init") // set by the container
public class UseStore {
    private static final int DAYS_LOOKED_AT = 30;
    private static final int LEAST_DAYS = 4;
    private static final Duration ROLE_DAYS_KEPT = Duration.ofDays(40);
    private static final Duration ALL_KEPT = Duration.ofDays(400);

    private static final String COLUMNS =
            "select issuer, name, kind, subject, period, rows, bytes, commands, writes from used";

    private static final String ADD =
            "with added as (insert into used (issuer, name, kind, subject, period, rows, bytes, commands, writes,"
                    + " last_at) values (?1, ?2, ?3, ?4, ?5, greatest(?6, 0), greatest(?7, 0), greatest(?8, 0), greatest(?9, 0), ?10)"
                    + " on conflict (issuer, name, kind, subject, period) do update set rows = greatest(used.rows + ?6, 0),"
                    + " bytes = greatest(used.bytes + ?7, 0), commands = greatest(used.commands + ?8, 0),"
                    + " writes = greatest(used.writes + ?9, 0), last_at = excluded.last_at"
                    + " returning issuer, name, kind, subject, period, rows, bytes, commands, writes)"
                    + " select issuer, name, kind, subject, period, rows, bytes, commands, writes from added";

    @PersistenceContext(unitName = "countersign")
    private EntityManager store;

    @Inject
    private Clock clock;

    /** What is known of a principal that comes to a target. */
    public PastUse past(Principal principal, String target, Instant now) {
        LocalDate today = UseBoard.day(now);
        Object[] days = (Object[]) store.createNativeQuery("select min(period), count(*) filter (where period >= ?4),"
                        + " avg(rows) filter (where period >= ?4) from used"
                        + " where issuer = ?1 and name = ?2 and kind = 'TARGET_DAY' and subject = ?3 and period < ?5")
                .setParameter(1, principal.issuer())
                .setParameter(2, principal.name())
                .setParameter(3, target)
                .setParameter(4, today.minusDays(DAYS_LOOKED_AT).toString())
                .setParameter(5, today.toString())
                .getSingleResult();
        boolean enough = ((Number) days[1]).longValue() >= LEAST_DAYS;
        Query sofar = store.createNativeQuery(COLUMNS + " where issuer = ?1 and name = ?2 and period in (?3, ?4)")
                .setParameter(1, principal.issuer())
                .setParameter(2, principal.name())
                .setParameter(3, today.toString())
                .setParameter(4, principal.task().orElse(today.toString()));
        return new PastUse(
                Optional.ofNullable((String) days[0]).map(LocalDate::parse),
                enough ? Optional.of(((Number) days[2]).longValue()) : Optional.empty(),
                read(sofar));
    }

    /** Adds what was counted here; returns what there is then, of all nodes. */
    public Map<UseKey, Usage> add(Map<UseKey, Usage> fresh) {
        var totals = new HashMap<UseKey, Usage>();
        // in one order: two nodes that add the same never wait for each other in a circle
        fresh.entrySet().stream()
                .sorted(Map.Entry.comparingByKey(Comparator.comparing(UseKey::toString)))
                .forEach(entry -> totals.putAll(read(store.createNativeQuery(ADD)
                        .setParameter(1, entry.getKey().issuer())
                        .setParameter(2, entry.getKey().name())
                        .setParameter(3, entry.getKey().kind().name())
                        .setParameter(4, entry.getKey().subject())
                        .setParameter(5, entry.getKey().period())
                        .setParameter(6, entry.getValue().rows())
                        .setParameter(7, entry.getValue().bytes())
                        .setParameter(8, entry.getValue().commands())
                        .setParameter(9, entry.getValue().writes())
                        .setParameter(10, Timestamp.from(clock.instant())))));
        return totals;
    }

    /** What all nodes used under these keys' names and periods. */
    public Map<UseKey, Usage> now(Collection<UseKey> keys) {
        if (keys.isEmpty()) {
            return Map.of();
        }
        var values = new ArrayList<String>();
        String names = keys.stream()
                .map(UseKey::name)
                .distinct()
                .map(name -> value(values, name))
                .collect(Collectors.joining(", "));
        String periods = keys.stream()
                .map(UseKey::period)
                .distinct()
                .map(period -> value(values, period))
                .collect(Collectors.joining(", "));
        Query query =
                store.createNativeQuery(COLUMNS + " where name in (" + names + ") and period in (" + periods + ")");
        for (int i = 0; i < values.size(); i++) {
            query.setParameter(i + 1, values.get(i));
        }
        return read(query);
    }

    /** What counts for budgets of roles today, and for tasks that somebody works on lately; the latest first. */
    public Map<UseKey, Usage> ofRoles(Instant now) {
        return read(store.createNativeQuery(COLUMNS + " where kind = 'ROLE_DAY' and period = ?1"
                        + " or kind = 'ROLE_TASK' and last_at > ?2 order by last_at desc limit 2000")
                .setParameter(1, UseBoard.day(now).toString())
                .setParameter(2, Timestamp.from(now.minus(ROLE_DAYS_KEPT))));
    }

    /** Forgets what nothing asks about any more. */
    public void tidy() {
        Instant now = clock.instant();
        store.createNativeQuery("delete from used where last_at < ?1 and kind = 'ROLE_DAY' or last_at < ?2")
                .setParameter(1, Timestamp.from(now.minus(ROLE_DAYS_KEPT)))
                .setParameter(2, Timestamp.from(now.minus(ALL_KEPT)))
                .executeUpdate();
    }

    private static String value(List<String> values, String value) {
        values.add(value);
        return "?" + values.size();
    }

    private static Map<UseKey, Usage> read(Query query) {
        var used = new LinkedHashMap<UseKey, Usage>();
        for (Object found : query.getResultList()) {
            Object[] row = (Object[]) found;
            used.put(
                    new UseKey(
                            (String) row[0], (String) row[1], Kind.valueOf((String) row[2]), (String) row[3], (String)
                                    row[4]),
                    new Usage(number(row[5]), number(row[6]), number(row[7]), number(row[8])));
        }
        return used;
    }

    private static long number(Object value) {
        return ((Number) value).longValue();
    }
}
