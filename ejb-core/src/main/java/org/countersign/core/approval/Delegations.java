package org.countersign.core.approval;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.countersign.core.store.Listing;
import org.countersign.model.session.Person;

/** Who decides in whose place. Needs a transaction. */
@ApplicationScoped
@SuppressWarnings("NullAway.Init") // set by the container
public class Delegations {
    /** Nobody decides in the place of somebody who is suspended. */
    private static final String IN_FORCE = "select x from DelegationEntity x where x.revokedAt is null"
            + " and x.until > :now and not exists (select s.id from SuspensionEntity s where s.liftedAt is null"
            + " and s.issuer = x.issuer and s.name = x.delegator)";

    @PersistenceContext(unitName = "countersign")
    private EntityManager store;

    void add(DelegationEntity delegation) {
        store.persist(delegation);
    }

    /** Returns those in force in which this very account decides in another one's place. */
    List<DelegationEntity> to(Person delegate, Instant now) {
        return store.createQuery(
                        IN_FORCE + " and x.issuer = :issuer and x.delegate = :name order by x.createdAt",
                        DelegationEntity.class)
                .setParameter("now", now)
                .setParameter("issuer", delegate.issuer())
                .setParameter("name", delegate.name())
                .getResultList();
    }

    /** Returns those in force by which somebody with one of these accounts delegated. */
    List<DelegationEntity> from(Collection<Person> delegator, Instant now) {
        return store
                .createQuery(IN_FORCE + " and x.delegator in :names", DelegationEntity.class)
                .setParameter("now", now)
                .setParameter("names", delegator.stream().map(Person::name).toList())
                .getResultList()
                .stream()
                .filter(delegation -> delegator.contains(delegation.delegator()))
                .toList();
    }

    Optional<DelegationEntity> lock(UUID id) {
        return Optional.ofNullable(store.find(DelegationEntity.class, id, LockModeType.PESSIMISTIC_WRITE));
    }

    /** @param of only those from or to this person */
    List<DelegationEntity> list(Optional<Person> of, int limit, Optional<String> after) {
        var listing = new Listing<>(DelegationEntity.class, "createdAt");
        of.ifPresent(person -> listing.where(
                "x.issuer = :issuer and (x.delegator = :name or x.delegate = :name)",
                Map.of("issuer", person.issuer(), "name", person.name())));
        return listing.after(after).read(store, limit);
    }
}
