package org.countersign.connector.clients;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.countersign.connector.FreePort;
import org.countersign.connector.TestGateway;
import org.countersign.model.port.Secret;
import org.countersign.model.port.SessionGrant.TlsMode;
import org.countersign.model.port.SessionGrant.Upstream;
import org.countersign.server.PostgresBinaries;
import org.countersign.server.PostgresServer;

/**
 * One version of PostgreSQL with a database that holds an object of every kind, and one into which it is restored; before
 * each of them a gateway, whose account may do everything.
 */
final class RichTarget implements AutoCloseable {
    private static final String DATABASE = RichPolicy.TARGET;
    private static final String RESTORED = "restored";
    private static final String PASSWORD = "token";
    private final PostgresServer server;
    private final TestGateway gateway;
    private final TestGateway restoring;

    private RichTarget(PostgresServer server, Path directory) throws IOException {
        this.server = server;
        gateway = new TestGateway(
                upstream(DATABASE),
                directory.resolve("journal"),
                RichPolicy.of(upstream(DATABASE), RichPolicy.CLASSES));
        restoring = new TestGateway(
                upstream(RESTORED), directory.resolve("journal-restored"), RichPolicy.of(upstream(RESTORED), Map.of()));
    }

    static RichTarget start(int version, PostgresClients programs, Path directory) throws Exception {
        Path cache = Path.of("target", "binaries");
        var binaries = PostgresBinaries.ofJar(cache.resolve("postgres" + version + ".jar"), cache);
        var server = new PostgresServer(binaries, directory.resolve("target"), FreePort.find()).start();
        run(
                server,
                "alter system set autovacuum = off",
                "alter system set fsync = off",
                "select pg_reload_conf()",
                "create role " + RichPolicy.CLEAR + " superuser login password '" + PASSWORD + "'",
                "create role clerk",
                "create database " + DATABASE + " owner " + RichPolicy.CLEAR);
        var target = new RichTarget(server, directory);
        target.fill(programs, directory);
        return target;
    }

    private void fill(PostgresClients programs, Path directory) throws IOException, InterruptedException {
        String printed = Program.printed(
                directory,
                direct(),
                List.of(
                        programs.program("psql"),
                        "-X",
                        "-q",
                        "-o",
                        "filled",
                        "-v",
                        "ON_ERROR_STOP=1",
                        "-f",
                        Resources.path("rich/schema.sql").toString(),
                        "-f",
                        Resources.path("rich/data.sql").toString()));
        if (!printed.equals("\nexit code 0")) {
            throw new IllegalStateException("the rich schema: " + printed);
        }
    }

    Endpoint direct() {
        return new Endpoint(server.port(), RichPolicy.CLEAR, PASSWORD, DATABASE);
    }

    /** As a principal, through the gateway. */
    Endpoint guarded(String principal) {
        return new Endpoint(gateway.port(), principal, PASSWORD, RichPolicy.TARGET);
    }

    Endpoint restoredDirectly() {
        return new Endpoint(server.port(), RichPolicy.CLEAR, PASSWORD, RESTORED);
    }

    Endpoint restoredGuarded() {
        return new Endpoint(restoring.port(), RichPolicy.CLEAR, PASSWORD, RichPolicy.TARGET);
    }

    /** Makes the database into which is restored an empty one. */
    void empty() throws SQLException {
        run(
                server,
                "drop database if exists " + RESTORED + " with (force)",
                "create database " + RESTORED + " template template0 owner " + RichPolicy.CLEAR);
    }

    private Upstream upstream(String database) {
        return new Upstream(
                Endpoint.HOST, server.port(), database, TlsMode.DISABLE, RichPolicy.CLEAR, new Secret(PASSWORD));
    }

    private static void run(PostgresServer server, String... statements) throws SQLException {
        try (Connection admin = server.connect("postgres");
                Statement statement = admin.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    @Override
    public void close() {
        gateway.close();
        restoring.close();
        server.close();
    }
}
