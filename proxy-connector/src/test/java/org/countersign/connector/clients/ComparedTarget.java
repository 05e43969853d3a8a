package org.countersign.connector.clients;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.countersign.connector.FreePort;
import org.countersign.model.port.Secret;
import org.countersign.model.port.SessionGrant.TlsMode;
import org.countersign.model.port.SessionGrant.Upstream;
import org.countersign.server.PostgresBinaries;
import org.countersign.server.PostgresServer;

/** One version of PostgreSQL with an account that is called like the principal, so that both ways show the same names. */
final class ComparedTarget implements AutoCloseable {
    static final String DATABASE = "shop";
    static final String USER = "frank";
    static final String PASSWORD = "token";
    private static final String TEMPLATE = "shop_template";
    private final PostgresServer server;

    private ComparedTarget(PostgresServer server) {
        this.server = server;
    }

    static ComparedTarget start(int version, Path directory) throws IOException, SQLException {
        Path cache = Path.of("target", "binaries");
        var binaries = PostgresBinaries.ofJar(cache.resolve("postgres" + version + ".jar"), cache);
        var target = new ComparedTarget(new PostgresServer(binaries, directory, FreePort.find()).start());
        target.run("postgres", "alter system set autovacuum = off", "select pg_reload_conf()");
        target.run(
                "postgres",
                "create role " + USER + " login createdb password '" + PASSWORD + "'",
                "create role shop_gateway",
                "create database " + TEMPLATE + " owner " + USER);
        target.run(
                TEMPLATE,
                "alter schema public owner to " + USER,
                "set session authorization " + USER,
                Resources.text("schema.sql"),
                Resources.shop());
        return target;
    }

    /** Replaces the database by a copy of the template; whoever is still connected is thrown out. */
    void refresh() throws SQLException {
        run(
                "postgres",
                "drop database if exists " + DATABASE + " with (force)",
                "create database " + DATABASE + " template " + TEMPLATE + " owner " + USER);
    }

    Endpoint endpoint() {
        return new Endpoint(server.port(), USER, PASSWORD, DATABASE);
    }

    Upstream upstream() {
        return new Upstream(Endpoint.HOST, server.port(), DATABASE, TlsMode.DISABLE, USER, new Secret(PASSWORD));
    }

    private void run(String database, String... statements) throws SQLException {
        try (Connection admin = server.connect(database);
                Statement statement = admin.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
