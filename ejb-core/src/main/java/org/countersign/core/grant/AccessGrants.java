package org.countersign.core.grant;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.countersign.core.identity.Caller;
import org.countersign.core.identity.Visibility;
import org.countersign.core.store.Listing;
import org.countersign.model.policy.Grant;
import org.countersign.model.session.Person;

/** What was ever asked for or taken. Needs a transaction. */
@ApplicationScoped
@SuppressWarnings("NullAway.Init") // set by the container
public class AccessGrants {
    /** How long a refusal says that a grant ended. */
    static final Duration REMEMBERED = Duration.ofHours(12);

    private static final int MAX_REMEMBERED = 1_000;
    private static final int BATCH = 100;

    /** Asked for since then, or usable, ended or reviewed. */
    private static final String STILL_OF_NOTE = "(x.requestedAt >= :from or x.endedAt >= :from"
            + " or x.endedAt is null and x.endsAt >= :from or x.review.at >= :from)";

    @PersistenceContext(unitName = "countersign")
    private EntityManager store;

    void add(GrantEntity grant) {
        store.persist(grant);
    }

    void flush() {
        store.flush();
    }

    Optional<GrantEntity> find(UUID id) {
        return Optional.ofNullable(store.find(GrantEntity.class, id));
    }

    /** Returns the grant as it is now; nobody else changes it before the transaction ends. */
    Optional<GrantEntity> lock(UUID id) {
        return Optional.ofNullable(store.find(GrantEntity.class, id, LockModeType.PESSIMISTIC_WRITE));
    }

    /** Returns whether a grant is what the approval is about. */
    boolean askedBy(UUID approval) {
        return store.createQuery("select count(x) from GrantEntity x where x.approval = :approval", Long.class)
                        .setParameter("approval", approval.toString())
                        .getSingleResult()
                > 0;
    }

    Optional<GrantEntity> lockAskedBy(UUID approval) {
        return store.createQuery("select x from GrantEntity x where x.approval = :approval", GrantEntity.class)
                .setParameter("approval", approval.toString())
                .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                .getResultStream()
                .findFirst();
    }

    /** Returns one more than the limit when there is a next page. */
    List<GrantEntity> list(Caller caller, GrantFilter filter) {
        var listing = new Listing<>(GrantEntity.class, "requestedAt");
        if (!Visibility.everything(caller)) {
            listing.where(Visibility.condition(caller), Visibility.parameters(caller));
        }
        if (!filter.states().isEmpty()) {
            listing.where("x.state in :states", Map.of("states", filter.states()));
        }
        return listing.equal("kind", Optional.of(filter.kind()))
                .equal("principalName", filter.principal())
                .equal("target", filter.target())
                .after(filter.after())
                .read(store, filter.limit());
    }

    /** Returns those that are in force or were lately. */
    List<GrantEntity> recent(Instant now) {
        return store.createQuery(
                        "select x from GrantEntity x where x.state = :active or x.endedAt > :lately"
                                + " order by x.endedAt desc nulls first, x.requestedAt desc, x.id",
                        GrantEntity.class)
                .setParameter("active", GrantState.ACTIVE)
                .setParameter("lately", now.minus(REMEMBERED))
                .setMaxResults(MAX_REMEMBERED)
                .getResultList();
    }

    /** Returns those in force, in the order in which everybody locks them. */
    List<GrantEntity> lockActive() {
        return store.createQuery("select x from GrantEntity x where x.state = :active order by x.id", GrantEntity.class)
                .setParameter("active", GrantState.ACTIVE)
                .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                .getResultList();
    }

    /** Returns those whose time is over, some at a time. */
    List<UUID> overdue(Instant now) {
        return store.createQuery(
                        "select x.id from GrantEntity x where x.state = :active and x.endsAt <= :now", UUID.class)
                .setParameter("active", GrantState.ACTIVE)
                .setParameter("now", now)
                .setMaxResults(BATCH)
                .getResultList();
    }

    /** Returns what was taken and nobody has reviewed, the latest first. */
    List<GrantEntity> unreviewed() {
        return store.createQuery(
                        "select x from GrantEntity x where x.kind = :taken and x.review.at is null"
                                + " order by x.requestedAt desc, x.id",
                        GrantEntity.class)
                .setParameter("taken", Grant.Kind.BREAK_GLASS)
                .getResultList();
    }

    /** The same by anybody of these accounts. */
    Optional<GrantEntity> unreviewedOf(Set<Person> accounts) {
        return unreviewed().stream()
                .filter(grant -> !Collections.disjoint(grant.responsible(), accounts))
                .findFirst();
    }

    /** As {@link #between}, some at a time and only those that are looked for. */
    List<GrantEntity> list(
            Optional<Instant> from,
            Optional<Instant> to,
            Optional<String> principal,
            Optional<String> target,
            Optional<String> after,
            int limit) {
        var listing = new Listing<>(GrantEntity.class, "requestedAt").between(Optional.empty(), to);
        from.ifPresent(start -> listing.where(STILL_OF_NOTE, Map.of("from", start)));
        return listing.equal("principalName", principal)
                .equal("target", target)
                .after(after)
                .read(store, limit);
    }

    /** Returns those that were asked for, could be used or were reviewed in a period, the latest first, at most so many. */
    List<GrantEntity> between(Instant from, Instant to, int limit) {
        return store.createQuery(
                        "select x from GrantEntity x where x.requestedAt < :to and " + STILL_OF_NOTE
                                + " order by x.requestedAt desc, x.id desc",
                        GrantEntity.class)
                .setParameter("from", from)
                .setParameter("to", to)
                .setMaxResults(limit)
                .getResultList();
    }
}
