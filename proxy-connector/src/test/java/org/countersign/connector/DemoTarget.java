package org.countersign.connector;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.countersign.model.port.Secret;
import org.countersign.model.port.SessionGrant.TlsMode;
import org.countersign.model.port.SessionGrant.Upstream;
import org.countersign.server.PostgresBinaries;
import org.countersign.server.PostgresServer;

/** A real PostgreSQL with the demo's tables and an account for the gateway. */
final class DemoTarget implements AutoCloseable {
    private static final String DATABASE = "shop";
    private static final String PRISTINE = "shop_pristine";
    private static final String GATEWAY = "shop_gateway";
    private static final String PASSWORD = "of-the-test";
    private final PostgresServer server;
    private final Path directory;

    private DemoTarget(PostgresServer server, Path directory) {
        this.server = server;
        this.directory = directory;
    }

    /** A server that has no database yet, see {@link #renew}. */
    static DemoTarget start(Path directory) throws SQLException, IOException {
        var binaries = PostgresBinaries.ofClassPath(Path.of("target", "binaries"));
        var target = new DemoTarget(new PostgresServer(binaries, directory, FreePort.find()).start(), directory);
        target.run(
                "postgres",
                List.of(
                        "create role " + GATEWAY + " login password '" + PASSWORD + "'",
                        "create database " + PRISTINE));
        target.run(PRISTINE, List.of(shop(), "grant all on all tables in schema public to " + GATEWAY));
        return target;
    }

    /** Makes the database, in place of the one there is; whoever is still connected is thrown out. */
    void renew() throws SQLException {
        run(
                "postgres",
                List.of(
                        "drop database if exists " + DATABASE + " with (force)",
                        "create database " + DATABASE + " template " + PRISTINE));
    }

    private static String shop() throws IOException {
        try (var in = PostgresServer.class.getResourceAsStream("shop.sql")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    Upstream upstream() {
        return upstreamAt(server.port());
    }

    /** The same account, reached through something on another port of this machine. */
    Upstream upstreamAt(int port) {
        return new Upstream("127.0.0.1", port, DATABASE, TlsMode.DISABLE, GATEWAY, new Secret(PASSWORD));
    }

    /** A connection past the gateway, in the same account. */
    RawClient direct() throws Exception {
        return RawClient.signedIn(server.port(), GATEWAY, PASSWORD);
    }

    /** Runs statements as superuser. */
    void run(String... statements) throws SQLException {
        run(DATABASE, List.of(statements));
    }

    private void run(String database, List<String> statements) throws SQLException {
        if (statements.isEmpty()) {
            return;
        }
        try (Connection admin = server.connect(database);
                Statement statement = admin.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** A connection of the superuser, to disturb others with. */
    Connection superuser() throws SQLException {
        return server.connect(DATABASE);
    }

    /** The first column of the first row, as superuser. */
    String ask(String sql) throws SQLException {
        try (Connection admin = server.connect(DATABASE);
                Statement statement = admin.createStatement();
                var row = statement.executeQuery(sql)) {
            row.next();
            return String.valueOf(row.getString(1));
        }
    }

    /** Makes the table that a {@link WriteLoad} writes to. */
    void prepareMarks() throws SQLException {
        run("create table ran (mark text)", "grant all on ran to " + GATEWAY);
    }

    /** Makes the server log every statement of the gateway's account. */
    void logStatements() throws SQLException {
        run("alter role " + GATEWAY + " set log_statement = 'all'");
    }

    Path log() {
        return directory.resolve("data").resolve("server.log");
    }

    /** How many sessions the gateway's account has. */
    int sessions() throws SQLException {
        return Integer.parseInt(ask("select count(*) from pg_stat_activity where usename = '" + GATEWAY + "'"));
    }

    /** Kills a process that serves the gateway; the server ends all others then. */
    void killASession() throws SQLException {
        long pid = Long.parseLong(
                ask("select pid from pg_stat_activity where usename = '" + GATEWAY + "' order by random() limit 1"));
        ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
    }

    /** Kills the server with all its processes. */
    void kill() throws IOException {
        long pid = Long.parseLong(Files.readAllLines(directory.resolve("data").resolve("postmaster.pid"))
                .getFirst()
                .strip());
        ProcessHandle postmaster = ProcessHandle.of(pid).orElseThrow();
        List<ProcessHandle> all =
                Stream.concat(Stream.of(postmaster), postmaster.descendants()).toList();
        all.forEach(ProcessHandle::destroyForcibly);
        all.forEach(process -> process.onExit().join());
    }

    /** Returns when the server can be used again; starts it when it was killed. */
    void awaitReadiness() {
        if (!server.running()) {
            server.start();
        }
        await().pollInterval(Duration.ofMillis(10)).ignoreExceptions().until(() -> sessions() == 0);
    }

    @Override
    public void close() {
        server.close();
    }
}
