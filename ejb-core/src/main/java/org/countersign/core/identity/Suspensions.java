package org.countersign.core.identity;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.countersign.core.segregation.ResponsiblePersons;
import org.countersign.core.store.Listing;
import org.countersign.model.CountersignError;
import org.countersign.model.port.AccessRefusedException;
import org.countersign.model.session.Person;
import org.countersign.model.session.Principal;

/** The suspensions there are and were. */
@ApplicationScoped
public class Suspensions {
    @PersistenceContext(unitName = "countersign")
    @SuppressWarnings("NullAway.Init") // set by the container
    private EntityManager store;

    @Inject
    @SuppressWarnings("NullAway.Init") // set by the container
    private ResponsiblePersons responsible;

    /**
     * Lets a principal pass who is not suspended, nor anybody who answers for him.
     *
     * @throws AccessRefusedException 28000 with the suspension; 57P03 when the store does not answer
     */
    public void check(Principal who) throws AccessRefusedException {
        Optional<Suspension> found;
        try {
            found = nobodySuspended(who.issuer())
                    ? Optional.empty()
                    : covering(Map.of(who, responsible.owning(who))).values().stream()
                            .findFirst();
        } catch (RuntimeException e) {
            // whoever cannot be looked up may be suspended
            throw new AccessRefusedException(
                    CountersignError.POLICY_NOT_CONFIRMED,
                    "The gateway cannot reach its store, so nobody new is let in.",
                    "Try again shortly; if it lasts, tell an administrator.");
        }
        if (found.isPresent()) {
            throw found.get().refusal(who);
        }
    }

    /** Returns which of these principals are suspended, each with one suspension that covers it. */
    public Map<Principal, Suspension> among(Set<Principal> principals) {
        boolean nobody = principals.stream().map(Principal::issuer).distinct().allMatch(this::nobodySuspended);
        return nobody ? Map.of() : covering(responsible.owning(principals));
    }

    /** What nearly every look finds, so that nobody's accounts are looked up for it. */
    private boolean nobodySuspended(String issuer) {
        return store.createQuery(
                        "select x.id from SuspensionEntity x where x.liftedAt is null and x.issuer = :issuer",
                        UUID.class)
                .setParameter("issuer", issuer)
                .setMaxResults(1)
                .getResultList()
                .isEmpty();
    }

    /** @param answering who owns each principal or is it, with every account of theirs */
    private Map<Principal, Suspension> covering(Map<Principal, Set<Person>> answering) {
        var issuers = new HashSet<String>();
        var names = new HashSet<String>();
        var subjects = new HashSet<String>();
        answering.forEach((who, persons) -> {
            issuers.add(who.issuer());
            names.addAll(Suspension.names(who));
            subjects.addAll(Suspension.subjects(who));
            persons.forEach(person -> names.add(person.name()));
        });
        List<Suspension> candidates = store
                .createQuery(
                        "select x from SuspensionEntity x where x.liftedAt is null and x.issuer in :issuers"
                                + " and (x.name in :names or x.subject in :subjects)",
                        SuspensionEntity.class)
                .setParameter("issuers", issuers)
                .setParameter("names", names)
                .setParameter("subjects", subjects)
                .getResultList()
                .stream()
                .map(SuspensionEntity::suspension)
                .toList();
        var covered = new HashMap<Principal, Suspension>();
        answering.forEach((who, persons) -> candidates.stream()
                .filter(suspension -> suspension.covers(who, persons))
                .findFirst()
                .ifPresent(suspension -> covered.put(who, suspension)));
        return covered;
    }

    /** Returns whether one of these accounts, all of one person, is suspended by its name. */
    public boolean anyOf(Collection<Person> accounts) {
        return accounts.stream()
                .anyMatch(account -> store.createQuery(
                                        "select count(x) from SuspensionEntity x where x.liftedAt is null"
                                                + " and x.issuer = :issuer and x.name = :name",
                                        Long.class)
                                .setParameter("issuer", account.issuer())
                                .setParameter("name", account.name())
                                .getSingleResult()
                        > 0);
    }

    /** Returns the suspensions in force by the names they were given, in lower case. */
    public Map<String, SuspensionView> inForce(String issuer) {
        var inForce = new HashMap<String, SuspensionView>();
        store.createQuery(
                        "select x from SuspensionEntity x where x.liftedAt is null and x.issuer = :issuer",
                        SuspensionEntity.class)
                .setParameter("issuer", issuer)
                .getResultStream()
                .map(SuspensionEntity::view)
                .forEach(suspension -> inForce.put(suspension.principal(), suspension));
        return inForce;
    }

    /** Suspends, unless that is in force already; returns what is in force then. Needs a transaction. */
    SuspensionEntity add(Suspension suspension, String reason) {
        SuspensionView view = new SuspensionEntity(suspension, reason).view();
        // one statement: two administrators may suspend at once
        store.createNativeQuery("insert into suspension"
                        + " (id, issuer, name, subject, reason, suspended_by, suspended_at)"
                        + " values (cast(?1 as uuid), ?2, ?3, nullif(?4, ''), ?5, ?6, ?7)"
                        + " on conflict (issuer, name) where lifted_at is null do nothing")
                .setParameter(1, view.id().toString())
                .setParameter(2, suspension.issuer())
                .setParameter(3, suspension.name())
                .setParameter(4, suspension.subject().orElse(""))
                .setParameter(5, reason)
                .setParameter(6, suspension.by())
                .setParameter(7, java.sql.Timestamp.from(suspension.since()))
                .executeUpdate();
        return lockActive(suspension.issuer(), suspension.name()).orElseThrow();
    }

    /** Returns the one that is in force; nobody else lifts it before the transaction ends. */
    Optional<SuspensionEntity> lockActive(String issuer, String name) {
        return store.createQuery(
                        "select x from SuspensionEntity x where x.liftedAt is null and x.issuer = :issuer"
                                + " and x.name = :name",
                        SuspensionEntity.class)
                .setParameter("issuer", issuer)
                .setParameter("name", name)
                .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                .getResultStream()
                .findFirst();
    }

    /** Returns one more than the limit when there is a next page. */
    List<SuspensionEntity> list(SuspensionFilter filter) {
        var listing = new Listing<>(SuspensionEntity.class, "suspendedAt");
        filter.state().ifPresent(state -> listing.where(condition(state), Map.of()));
        return listing.equal("name", filter.principal().map(Suspension::lower))
                .between(filter.from(), filter.to())
                .after(filter.after())
                .read(store, filter.limit());
    }

    private static String condition(SuspensionFilter.State state) {
        return switch (state) {
            case ACTIVE -> "x.liftedAt is null";
            case LIFTED -> "x.liftedAt is not null";
        };
    }
}
