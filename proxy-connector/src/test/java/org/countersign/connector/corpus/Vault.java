package org.countersign.connector.corpus;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.countersign.connector.FreePort;
import org.countersign.connector.RawClient;
import org.countersign.connector.TestGateway;
import org.countersign.model.port.Secret;
import org.countersign.model.port.SessionGrant.TlsMode;
import org.countersign.model.port.SessionGrant.Upstream;
import org.countersign.server.PostgresBinaries;
import org.countersign.server.PostgresServer;

/** One version of PostgreSQL full of secrets, whose account of the gateway may do everything, and a gateway before it. */
final class Vault implements AutoCloseable {
    private static final String DATABASE = "shop";
    private static final String ACCOUNT = "vault_gateway";
    private static final String PASSWORD = "of-the-test";
    private static final String TOKEN = "token";
    private final PostgresServer server;
    private final TestGateway gateway;

    private Vault(PostgresServer server, TestGateway gateway) {
        this.server = server;
        this.gateway = gateway;
    }

    static Vault start(int version, Path directory) throws IOException, SQLException {
        Path cache = Path.of("target", "binaries");
        var binaries = PostgresBinaries.ofJar(cache.resolve("postgres" + version + ".jar"), cache);
        var server = new PostgresServer(binaries, directory.resolve("target" + version), FreePort.find()).start();
        run(
                server,
                "postgres",
                "alter system set fsync = off",
                "alter system set autovacuum = off",
                "select pg_reload_conf()",
                "create role " + ACCOUNT + " superuser login password '" + PASSWORD + "'",
                "create database " + DATABASE);
        run(server, DATABASE, Corpus.text("vault.sql"));
        var upstream =
                new Upstream("127.0.0.1", server.port(), DATABASE, TlsMode.DISABLE, ACCOUNT, new Secret(PASSWORD));
        return new Vault(
                server, new TestGateway(upstream, directory.resolve("journal" + version), VaultPolicy.of(upstream)));
    }

    /** Past the gateway, in its own account. */
    Speaker direct() throws Exception {
        return new Speaker(RawClient.signedIn(server.port(), ACCOUNT, PASSWORD));
    }

    Speaker guarded(String principal) throws Exception {
        return new Speaker(RawClient.signedIn(gateway.port(), principal, TOKEN));
    }

    /** Past the gateway, as the superuser. */
    Connection administrator() throws SQLException {
        return server.connect(DATABASE);
    }

    private static void run(PostgresServer server, String database, String... statements) throws SQLException {
        try (Connection admin = server.connect(database);
                Statement statement = admin.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    @Override
    public void close() {
        gateway.close();
        server.close();
    }
}
