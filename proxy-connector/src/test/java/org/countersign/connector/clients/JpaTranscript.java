package org.countersign.connector.clients;

import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.EntityTransaction;
import jakarta.persistence.Query;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes down the SQL an implementation of Jakarta Persistence chose and the objects it made of the answers. */
final class JpaTranscript {
    /** Nobody waits for a lock in vain, whatever the implementation makes of the time it is given. */
    static final String LOCK_TIMEOUT = "options=-c%20lock_timeout=500";

    private final JdbcTranscript text = new JdbcTranscript();

    /** One thing a program does with its entities. */
    interface Operation {
        void run(EntityManagerFactory entities, JpaTranscript out) throws Exception;
    }

    /** What a program does in one transaction. */
    interface Work {
        void run(EntityManager manager) throws Exception;
    }

    /** Called by the implementation for everything it sends. */
    void sql(String sql) {
        text.line("sql " + sql.strip().replaceAll("\\s+", " "));
    }

    void line(@Nullable Object line) {
        text.line(line);
    }

    void operation(String name, EntityManagerFactory entities, Operation operation) {
        line("== " + name);
        attempt(() -> operation.run(entities, this));
    }

    /** In a transaction of its own, which a failure ends. */
    void transaction(EntityManagerFactory entities, Work work) {
        attempt(() -> {
            try (EntityManager manager = entities.createEntityManager()) {
                EntityTransaction transaction = manager.getTransaction();
                transaction.begin();
                try {
                    work.run(manager);
                    transaction.commit();
                } finally {
                    if (transaction.isActive()) {
                        transaction.rollback();
                        line("rolled back");
                    }
                }
            }
        });
    }

    void attempt(JdbcTranscript.SqlAction action) {
        try {
            action.run();
        } catch (Exception failure) {
            failed(failure);
        }
    }

    private void failed(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                text.failed(sql);
                return;
            }
            line("failed " + cause.getClass().getName());
        }
        line("because " + failure.getMessage());
    }

    void all(Query query) {
        each(query.getResultList());
    }

    void each(Collection<?> results) {
        results.forEach(result -> line("result " + shown(result)));
        line(results.size() + " results");
    }

    static String shown(@Nullable Object value) {
        return switch (value) {
            case null -> "null";
            case Object[] items ->
                Arrays.stream(items).map(JpaTranscript::shown).toList().toString();
            case byte[] bytes -> HexFormat.of().formatHex(bytes);
            case List<?> items ->
                items.stream().map(JpaTranscript::shown).toList().toString();
            default -> value.getClass().getSimpleName() + " " + value;
        };
    }

    String text() {
        return text.text();
    }
}
