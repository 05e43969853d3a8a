package org.countersign.core.segregation;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.Query;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.countersign.model.policy.Deeds.Deed;
import org.countersign.model.policy.HistoryConstraint;
import org.countersign.model.policy.HistoryConstraint.Same;
import org.countersign.model.policy.PolicySnapshot;
import org.countersign.model.session.Person;

/** The acts of all nodes. Every method needs a transaction. */
@ApplicationScoped
public class Acts {
    /** A clock that went back does not make an act older than it was. */
    private static final String NOTE = "insert into act (origin, origin_kind, issuer, person, action, resource, target,"
            + " principal, task, command, approval, first_at, last_at)"
            + " values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, cast(?11 as uuid), ?12, ?12)"
            + " on conflict (origin, issuer, person, action, md5(resource)) do update set"
            + " last_at = greatest(act.last_at, excluded.last_at),"
            + " command = greatest(act.command, excluded.command),"
            + " approval = coalesce(excluded.approval, act.approval)";

    private static final int MANY = 500;

    private static final String SELECT = "select issuer, person, principal, action, resource, target, origin_kind,"
            + " origin, command, first_at, last_at from act where ";

    @PersistenceContext(unitName = "countersign")
    @SuppressWarnings("NullAway.Init") // set by the container
    private EntityManager store;

    /** @param persons who answer for the act */
    public void note(Act act, Set<Person> persons) {
        for (Person person : persons) {
            for (Deed deed : act.deeds()) {
                store.createNativeQuery(NOTE)
                        .setParameter(1, act.origin())
                        .setParameter(2, act.kind().name())
                        .setParameter(3, person.issuer())
                        .setParameter(4, person.name())
                        .setParameter(5, deed.action())
                        .setParameter(6, deed.resource())
                        .setParameter(7, act.target())
                        .setParameter(8, act.principal().name())
                        .setParameter(9, act.principal().task().orElse(""))
                        .setParameter(10, act.command())
                        .setParameter(11, act.approval().map(UUID::toString).orElse(null))
                        .setParameter(12, Timestamp.from(act.at()))
                        .executeUpdate();
            }
        }
    }

    /** Makes everything that is checked for one of these persons elsewhere wait until the transaction ends. */
    void oneAtATime(Collection<Person> persons) {
        persons.stream()
                .map(person -> person.issuer() + ' ' + person.name())
                .sorted()
                .forEach(this::lock);
    }

    /** As {@link #oneAtATime}, for a name of any kind. */
    void lock(String name) {
        store.createNativeQuery("select cast(pg_advisory_xact_lock(hashtextextended(?1, 6)) as text)")
                .setParameter(1, name)
                .getSingleResult();
    }

    /** The latest act of one of these persons, on a target that the constraint is about, after which they may not do this. */
    Optional<PastAct> before(
            PolicySnapshot snapshot,
            HistoryConstraint constraint,
            Set<Person> persons,
            String target,
            Deed now,
            Instant at) {
        Query query = select(new ActQuery().by(persons).counting(constraint, target, now, at));
        // neither the namespace of a name nor what a constraint selects is SQL's to find
        int some = constraint.same() == Same.NAMESPACE || constraint.same() == Same.ANY ? MANY : 1;
        Optional<PastAct> found = Optional.empty();
        int read = some;
        for (int from = 0; found.isEmpty() && read == some; from += some) {
            List<PastAct> next = acts(query.setFirstResult(from).setMaxResults(some));
            read = next.size();
            found = next.stream()
                    .filter(past -> constraint.near(past.deed(), now) && snapshot.mayConcern(constraint, past.target()))
                    .findFirst();
        }
        return found;
    }

    /** At most so many of the latest acts. */
    List<PastAct> latest(ActQuery query, int limit) {
        return acts(select(query).setMaxResults(limit));
    }

    private static List<PastAct> acts(Query query) {
        List<?> rows = query.getResultList();
        return rows.stream().map(row -> past((Object[]) row)).toList();
    }

    private Query select(ActQuery query) {
        Query select = store.createNativeQuery(SELECT + query.text() + " order by last_at desc, id desc");
        for (int i = 0; i < query.values().size(); i++) {
            select.setParameter(i + 1, query.values().get(i));
        }
        return select;
    }

    private static PastAct past(Object[] row) {
        return new PastAct(
                new Person((String) row[0], (String) row[1]),
                (String) row[2],
                new Deed((String) row[3], (String) row[4]),
                (String) row[5],
                Act.Origin.valueOf((String) row[6]),
                (UUID) row[7],
                ((Number) row[8]).longValue(),
                instant(row[9]),
                instant(row[10]));
    }

    static Instant instant(Object value) {
        return value instanceof Instant instant ? instant : ((Timestamp) value).toInstant();
    }
}
