package org.countersign.connector;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.countersign.model.port.Secret;
import org.countersign.model.port.SessionGrant.TlsMode;
import org.countersign.model.port.SessionGrant.Upstream;
import org.countersign.server.PostgresBinaries;
import org.countersign.server.PostgresServer;

/** A real PostgreSQL with the demo's tables and an account for the gateway. */
final class DemoTarget implements AutoCloseable {
    private static final String DATABASE = "shop";
    private static final String GATEWAY = "shop_gateway";
    private static final String PASSWORD = "of-the-test";
    private final PostgresServer server;

    private DemoTarget(PostgresServer server) {
        this.server = server;
    }

    static DemoTarget start(Path directory, int port) throws SQLException, IOException {
        var target = new DemoTarget(
                new PostgresServer(PostgresBinaries.ofClassPath(Path.of("target", "binaries")), directory, port)
                        .start());
        try (Connection admin = target.server.connect("postgres");
                Statement statement = admin.createStatement()) {
            statement.execute("create role " + GATEWAY + " login password '" + PASSWORD + "'");
            statement.execute("create database " + DATABASE);
        }
        target.run(shop(), "grant all on all tables in schema public to " + GATEWAY);
        return target;
    }

    private static String shop() throws IOException {
        try (var in = PostgresServer.class.getResourceAsStream("shop.sql")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    Upstream upstream() {
        return new Upstream("127.0.0.1", server.port(), DATABASE, TlsMode.DISABLE, GATEWAY, new Secret(PASSWORD));
    }

    /** A connection past the gateway, in the same account. */
    RawClient direct() throws Exception {
        return RawClient.signedIn(server.port(), GATEWAY, PASSWORD);
    }

    /** Runs statements as superuser. */
    void run(String... statements) throws SQLException {
        try (Connection admin = server.connect(DATABASE);
                Statement statement = admin.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
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

    @Override
    public void close() {
        server.close();
    }
}
