package org.countersign.connector.postgres;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.countersign.wire.postgres.Subject;
import org.jspecify.annotations.Nullable;

/** The names a client gave its statements and portals; none of them exists on the target. */
final class ClientNames {
    private static final int MAX_STATEMENTS = 10_000;
    private final Talk talk;
    private final Map<String, Prepared> statements = new HashMap<>();
    private final Map<String, Portal> portals = new HashMap<>();

    ClientNames(Talk talk) {
        this.talk = talk;
    }

    boolean full() {
        return statements.size() >= MAX_STATEMENTS;
    }

    /** Remembers a statement; one of the same name is gone with its portals. */
    void prepare(String name, Prepared prepared) {
        closeStatement(name);
        statements.put(name, prepared);
    }

    boolean hasStatement(String name) {
        return statements.containsKey(name);
    }

    Optional<Prepared> statement(String name) {
        return Optional.ofNullable(statements.get(name));
    }

    void bind(String name, Portal portal) {
        closePortal(name);
        portals.put(name, portal);
    }

    boolean hasPortal(String name) {
        return portals.containsKey(name);
    }

    Optional<Portal> portal(String name) {
        return Optional.ofNullable(portals.get(name));
    }

    void closeStatement(String name) {
        @Nullable Prepared gone = statements.remove(name);
        if (gone != null) {
            gone.statement().target().ifPresent(target -> talk.leave(Subject.STATEMENT, target));
        }
    }

    /** All of them: DEALLOCATE ALL. */
    void closeStatements() {
        for (String name : statements.keySet().toArray(String[]::new)) {
            closeStatement(name);
        }
    }

    void closePortal(String name) {
        @Nullable Portal gone = portals.remove(name);
        if (gone != null && gone.open()) {
            talk.leave(Subject.PORTAL, gone.name());
        }
    }

    /** The transaction is over, and every portal with it. */
    void transactionEnded() {
        portals.clear();
    }
}
