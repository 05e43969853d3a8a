package org.countersign.connector.postgres;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.countersign.connector.metrics.Metric;
import org.countersign.connector.net.SessionLimits;
import org.countersign.wire.postgres.FrontendMessage.Sync;
import org.countersign.wire.postgres.Subject;
import org.countersign.wire.postgres.TransactionStatus;
import org.jspecify.annotations.Nullable;

/** The names a client gave its statements and portals; none of them exists on the target. */
final class ClientNames {
    private static final long MAX_STATEMENT_CHARACTERS = 16 << 20;
    private static final int MAX_NAME_BYTES = 63;
    private final Talk talk;
    private final Map<String, Prepared> statements = new HashMap<>();
    private final Map<String, Portal> portals = new HashMap<>();
    private final List<Statement> replaced = new ArrayList<>();
    private long statementCharacters;
    private long portalBytes;
    private boolean unsure;

    ClientNames(Talk talk) {
        this.talk = talk;
    }

    /** The first 63 bytes of a name, which is what PostgreSQL makes of an identifier. */
    static String truncated(String name) {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        int end = MAX_NAME_BYTES;
        if (bytes.length <= end) {
            return name;
        }
        while ((bytes[end] & 0xC0) == 0x80) {
            end--;
        }
        return new String(bytes, 0, end, StandardCharsets.UTF_8);
    }

    boolean full() {
        return counted(statements.size() >= talk.session.surroundings().limits().maxStatements()
                || statementCharacters > MAX_STATEMENT_CHARACTERS);
    }

    /** Whether the values of open portals take all the memory that a session may have for them. */
    boolean portalsFull() {
        SessionLimits limits = talk.session.surroundings().limits();
        return counted(portals.size() >= limits.maxStatements() || portalBytes > limits.messageBytes());
    }

    private boolean counted(boolean full) {
        if (full) {
            talk.session.surroundings().metrics().count(Metric.PREPARED_TOO_MANY);
        }
        return full;
    }

    /** Remembers a statement; one of the same name is gone with its portals. */
    void prepare(String name, Prepared prepared) {
        closeStatement(name);
        statements.put(name, prepared);
        statementCharacters += prepared.statement().text().length();
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
        portalBytes += MessageSize.of(portal.bind());
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
            statementCharacters -= gone.statement().text().length();
            boolean bound = portals.values().stream().anyMatch(portal -> portal.prepared() == gone && !portal.open());
            if (bound) {
                replaced.add(
                        gone.statement()); // a portal of it may still be executed, and comes to the target only then
            } else {
                talk.leave(gone.statement());
            }
        }
    }

    /** What ran may have changed what they mean. */
    void suspect() {
        statements.values().forEach(Prepared::suspect);
    }

    /** All of them: DEALLOCATE ALL. */
    void closeStatements() {
        for (String name : statements.keySet().toArray(String[]::new)) {
            closeStatement(name);
        }
    }

    void closePortal(String name) {
        @Nullable Portal gone = portals.remove(name);
        if (gone != null) {
            portalBytes -= MessageSize.of(gone.bind());
            if (gone.open() && !gone.spent()) {
                talk.leave(Subject.PORTAL, gone.name());
            }
        }
    }

    /** CLOSE ALL. */
    void closePortals() {
        for (String name : portals.keySet().toArray(String[]::new)) {
            closePortal(name);
        }
    }

    /** A part of the transaction was taken back, and perhaps the cursors that were opened in it. */
    void undone() {
        unsure = true;
    }

    /** Asks the target which of the cursors that could be gone are. */
    CompletionStage<Void> settled() {
        boolean holding = portals.values().stream().anyMatch(Portal::holds);
        boolean idle = talk.target.status() == TransactionStatus.IDLE;
        boolean ask = idle ? holding : unsure && !portals.isEmpty() && talk.inTransaction();
        if (!ask) {
            return CompletableFuture.completedStage(null);
        }
        unsure = false;
        var requests = new ArrayList<>(talk.takeLeftovers());
        requests.addAll(talk.helpers.run(Helpers.Helper.CURSORS));
        requests.add(new Sync());
        return talk.target.run(requests).thenAccept(round -> {
            if (round.error().isPresent()) {
                throw new IllegalStateException("the cursors cannot be read");
            }
            Set<String> there = round.rows().stream().map(row -> row.text(0)).collect(Collectors.toSet());
            portals.values().removeIf(portal -> portal.open() && !portal.spent() && !there.contains(portal.name()));
        });
    }

    /** The transaction is over, and every portal with it that is not held. */
    void transactionEnded() {
        portals.values().removeIf(portal -> !portal.holds());
        portalBytes = 0;
        unsure = false;
        replaced.forEach(talk::leave);
        replaced.clear();
    }
}
