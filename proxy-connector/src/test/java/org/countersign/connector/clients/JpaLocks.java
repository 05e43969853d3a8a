package org.countersign.connector.clients;

import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.LockModeType;
import java.util.LinkedHashMap;
import java.util.Map;
import org.countersign.connector.clients.JpaModel.Author;
import org.countersign.connector.clients.JpaModel.Book;

/** Two transactions that want the same object. */
final class JpaLocks {
    private static final String TIMEOUT = "jakarta.persistence.lock.timeout";
    private static final int SKIP_LOCKED = -2;

    private JpaLocks() {}

    static Map<String, JpaTranscript.Operation> all() {
        var all = new LinkedHashMap<String, JpaTranscript.Operation>();
        all.put("optimistic conflict", JpaLocks::conflict);
        all.put("optimistic removal", JpaLocks::removal);
        for (LockModeType mode : LockModeType.values()) {
            all.put("lock " + mode, (entities, out) -> lock(entities, out, mode));
        }
        all.put("locked: no wait", (entities, out) -> contended(entities, out, 0));
        all.put("locked: skip", (entities, out) -> contended(entities, out, SKIP_LOCKED));
        all.put("locked: wait a moment", (entities, out) -> contended(entities, out, 100));
        all.put("queue", JpaLocks::queue);
        all.put("lock of the session", JpaLocks::advisory);
        return all;
    }

    private static void conflict(EntityManagerFactory entities, JpaTranscript out) {
        try (EntityManager slow = entities.createEntityManager()) {
            slow.getTransaction().begin();
            Author seen = slow.find(Author.class, 1L);
            out.transaction(entities, manager -> manager.find(Author.class, 1L).name = "first");
            seen.name = "second";
            out.attempt(() -> slow.getTransaction().commit());
        }
        out.transaction(entities, manager -> out.line(manager.find(Author.class, 1L)));
    }

    private static void removal(EntityManagerFactory entities, JpaTranscript out) {
        out.transaction(entities, manager -> {
            var book = new Book("Short-lived", "1.00", 1);
            manager.persist(book);
            manager.flush();
            out.line(manager.createQuery("delete from Book b where b.title = 'Short-lived'")
                    .executeUpdate());
            book.title = "changed";
        });
    }

    private static void lock(EntityManagerFactory entities, JpaTranscript out, LockModeType mode) {
        out.transaction(entities, manager -> {
            out.line(manager.find(Author.class, 2L, mode));
            Author other = manager.find(Author.class, 3L);
            manager.lock(other, mode);
            manager.refresh(other, mode);
            out.all(manager.createQuery("select b from Book b where b.author.id = 2 order by b.id")
                    .setLockMode(mode));
        });
    }

    /** While another transaction has the row. */
    private static void contended(EntityManagerFactory entities, JpaTranscript out, int timeout) {
        try (EntityManager holder = entities.createEntityManager()) {
            holder.getTransaction().begin();
            holder.find(Author.class, 2L, LockModeType.PESSIMISTIC_WRITE);
            out.transaction(
                    entities,
                    manager -> out.line(
                            manager.find(Author.class, 2L, LockModeType.PESSIMISTIC_WRITE, Map.of(TIMEOUT, timeout))));
            out.transaction(
                    entities,
                    manager -> out.all(manager.createQuery("select a from Author a order by a.id")
                            .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                            .setHint(TIMEOUT, timeout)));
            holder.getTransaction().rollback();
        }
    }

    /** As programs take work from a table. */
    private static void queue(EntityManagerFactory entities, JpaTranscript out) {
        String next = "select id, title from book where id > 0 order by id limit 2 for no key update skip locked";
        try (EntityManager first = entities.createEntityManager()) {
            first.getTransaction().begin();
            out.all(first.createNativeQuery(next));
            out.transaction(entities, manager -> out.all(manager.createNativeQuery(next)));
            out.transaction(
                    entities,
                    manager -> out.all(
                            manager.createNativeQuery("select id from book order by id limit 1 for share nowait")));
            first.getTransaction().rollback();
        }
    }

    private static void advisory(EntityManagerFactory entities, JpaTranscript out) {
        out.transaction(entities, manager -> {
            out.all(manager.createNativeQuery("select pg_try_advisory_xact_lock(7)"));
            out.transaction(entities, other -> out.all(other.createNativeQuery("select pg_try_advisory_xact_lock(7)")));
        });
    }
}
