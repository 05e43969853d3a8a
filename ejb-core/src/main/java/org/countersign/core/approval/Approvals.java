package org.countersign.core.approval;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.countersign.core.identity.Caller;
import org.countersign.core.identity.Visibility;
import org.countersign.core.store.Listing;
import org.countersign.model.port.ApprovalDesk.State;
import org.countersign.model.port.HeldCommand;
import org.countersign.model.session.Principal;
import org.jspecify.annotations.Nullable;

/** The approvals there are. Needs a transaction. */
@ApplicationScoped
public class Approvals {
    private static final int MAX_OVERDUE = 100;

    @PersistenceContext(unitName = "countersign")
    private @Nullable EntityManager store;

    private EntityManager store() {
        if (store == null) {
            throw new IllegalStateException("no store: not in a container");
        }
        return store;
    }

    void add(ApprovalEntity approval) {
        store().persist(approval);
    }

    Optional<ApprovalEntity> find(UUID id) {
        return Optional.ofNullable(store().find(ApprovalEntity.class, id));
    }

    /** Returns the approval as it is now; nobody else changes it before the transaction ends. */
    Optional<ApprovalEntity> lock(UUID id) {
        return Optional.ofNullable(store().find(ApprovalEntity.class, id, LockModeType.PESSIMISTIC_WRITE));
    }

    /**
     * Returns the deferred request of this principal for this very command that is pending or approved, and keeps
     * everybody else from making one before the transaction ends.
     */
    Optional<ApprovalEntity> lockDeferred(HeldCommand held) {
        Principal who = held.session().principal();
        store().createNativeQuery("select 1 from pg_advisory_xact_lock(hashtextextended(?1, 0))")
                .setParameter(1, who.issuer() + "\n" + who.subject() + "\n" + held.digest())
                .getSingleResult();
        return store().createQuery(
                        "select x from ApprovalEntity x where x.issuer = :issuer and x.subject = :subject"
                                + " and x.digest = :digest and x.deferred = true and x.state in :states",
                        ApprovalEntity.class)
                .setParameter("issuer", who.issuer())
                .setParameter("subject", who.subject())
                .setParameter("digest", held.digest())
                .setParameter("states", List.of(State.PENDING, State.APPROVED))
                .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                .getResultStream()
                .findFirst();
    }

    /** Returns pending requests for exactly this, the oldest first, and nobody else changes them before the transaction ends. */
    List<ApprovalEntity> lockPending(String digest, int limit) {
        return store().createQuery(
                        "select x from ApprovalEntity x where x.digest = :digest and x.state = :pending"
                                + " order by x.requestedAt, x.id",
                        ApprovalEntity.class)
                .setParameter("digest", digest)
                .setParameter("pending", State.PENDING)
                .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                .setMaxResults(limit)
                .getResultList();
    }

    /** Counts the other pending requests for exactly the same. */
    int identical(ApprovalEntity than) {
        return store().createQuery(
                        "select count(x) from ApprovalEntity x where x.digest = :digest and x.state = :pending"
                                + " and x.id <> :id",
                        Long.class)
                .setParameter("digest", than.digest())
                .setParameter("pending", State.PENDING)
                .setParameter("id", than.id())
                .getSingleResult()
                .intValue();
    }

    /** Returns earlier requests of the same principal for the same target, the latest first. */
    List<ApprovalEntity> earlier(ApprovalEntity than, int limit) {
        return store().createQuery(
                        "select x from ApprovalEntity x where x.issuer = :issuer and x.subject = :subject"
                                + " and x.target = :target and x.requestedAt < :before"
                                + " order by x.requestedAt desc, x.id desc",
                        ApprovalEntity.class)
                .setParameter("issuer", than.principal().issuer())
                .setParameter("subject", than.principal().subject())
                .setParameter("target", than.target())
                .setParameter("before", than.requestedAt())
                .setMaxResults(limit)
                .getResultList();
    }

    /** Makes what was changed so far visible to the next statement. */
    void flush() {
        store().flush();
    }

    /** Returns pending requests, the latest first. */
    List<OpenRequests.Open> open(int limit) {
        return store().createQuery(
                        "select x.id, x.principal, x.target, x.requirement, x.requestedAt from ApprovalEntity x"
                                + " where x.state = :pending order by x.requestedAt desc",
                        Object[].class)
                .setParameter("pending", State.PENDING)
                .setMaxResults(limit)
                .getResultStream()
                .map(row -> new OpenRequests.Open(
                        (UUID) row[0], (String) row[1], (String) row[2], (String) row[3], (Instant) row[4]))
                .toList();
    }

    /**
     * Returns one more than the limit when there is a next page.
     *
     * @param concerned those that a caller may see besides his own and what he has decided
     */
    List<ApprovalEntity> list(Caller caller, Set<UUID> concerned, ApprovalFilter filter) {
        var listing = new Listing<>(ApprovalEntity.class, "requestedAt");
        if (!Visibility.everything(caller)) {
            var values = new HashMap<>(Visibility.parameters(caller));
            var visible =
                    new StringBuilder("((").append(Visibility.condition(caller)).append(')');
            if (!concerned.isEmpty()) { // SQL has no empty list
                visible.append(" or x.id in :concerned");
                values.put("concerned", concerned);
            }
            if (!caller.machine()) {
                visible.append(" or x.id in (select d.approval.id from DecisionEntity d"
                        + " where d.issuer = :ownIssuer and d.person = :ownName)");
            }
            listing.where(visible.append(')').toString(), values);
        }
        if (filter.settled()) {
            listing.where("x.state <> :open", Map.of("open", State.PENDING));
        }
        return listing.equal("state", filter.state())
                .equal("principalName", filter.principal())
                .equal("target", filter.target())
                .between(filter.from(), filter.to())
                .after(filter.after())
                .read(store(), filter.limit());
    }

    /** Returns those of the approvals that are no longer pending. */
    List<ApprovalEntity> settled(Collection<UUID> ids) {
        return store().createQuery(
                        "select x from ApprovalEntity x where x.id in :ids and x.state <> :pending",
                        ApprovalEntity.class)
                .setParameter("ids", ids)
                .setParameter("pending", State.PENDING)
                .getResultList();
    }

    /** Returns approvals whose time is over, some at a time. */
    List<UUID> overdue(Instant now) {
        return store().createQuery(
                        "select x.id from ApprovalEntity x where (x.state = :pending and x.expiresAt <= :now)"
                                + " or (x.state = :approved and x.executeBy <= :now)",
                        UUID.class)
                .setParameter("pending", State.PENDING)
                .setParameter("approved", State.APPROVED)
                .setParameter("now", now)
                .setMaxResults(MAX_OVERDUE)
                .getResultList();
    }

    /** Returns pending requests that further persons may decide from now on, some at a time. */
    List<UUID> escalating(Instant now) {
        return store().createQuery(
                        "select x.id from ApprovalEntity x where x.state = :pending and x.escalatedAt is null"
                                + " and x.escalatesAt <= :now",
                        UUID.class)
                .setParameter("pending", State.PENDING)
                .setParameter("now", now)
                .setMaxResults(MAX_OVERDUE)
                .getResultList();
    }

    /** Returns the pending requests of these sessions. */
    List<UUID> pendingOf(Collection<UUID> sessions) {
        return store().createQuery(
                        "select x.id from ApprovalEntity x where x.state = :pending and x.deferred = false"
                                + " and x.session in :sessions",
                        UUID.class)
                .setParameter("pending", State.PENDING)
                .setParameter("sessions", sessions)
                .getResultList();
    }
}
