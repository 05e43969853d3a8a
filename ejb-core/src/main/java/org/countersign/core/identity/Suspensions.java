package org.countersign.core.identity;

import jakarta.enterprise.context.ApplicationScoped;
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

    /**
     * Lets a principal pass who is not suspended, nor anybody who answers for him.
     *
     * @throws AccessRefusedException 28000 with the suspension; 57P03 when the store does not answer
     */
    public void check(Principal who) throws AccessRefusedException {
        Optional<Suspension> found;
        try {
            found = covering(Set.of(who)).stream().findFirst();
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

    /** Returns the suspensions in force that cover at least one of these principals. */
    public List<Suspension> covering(Collection<Principal> principals) {
        if (principals.isEmpty()) {
            return List.of();
        }
        var issuers = new HashSet<String>();
        var names = new HashSet<String>();
        var subjects = new HashSet<String>();
        for (Principal who : principals) {
            issuers.add(who.issuer());
            names.addAll(Suspension.names(who));
            subjects.addAll(Suspension.subjects(who));
        }
        return store
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
                .filter(suspension -> principals.stream().anyMatch(suspension::covers))
                .toList();
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
