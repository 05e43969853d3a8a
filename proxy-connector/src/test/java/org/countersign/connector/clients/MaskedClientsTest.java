package org.countersign.connector.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringWriter;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.countersign.connector.TestGateway;
import org.countersign.connector.TestTargets;
import org.countersign.connector.corpus.Secret;
import org.countersign.model.command.FieldName;
import org.countersign.model.masking.MaskKind;
import org.countersign.model.policy.Glob;
import org.countersign.model.policy.Permission;
import org.countersign.model.policy.PolicySnapshot;
import org.countersign.model.policy.ResourcePattern;
import org.countersign.model.policy.RolePolicy;
import org.countersign.model.port.SessionGrant.Upstream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.PGConnection;

/** Clients of somebody who may do everything but is shown a column masked: nothing breaks, and nothing leaks. */
@Timeout(60)
class MaskedClientsTest {
    private static final String MASKED = "walter";
    private static final String CLEAR = "clara";
    private static final String SHOWN = "q***@secret.example";
    private static final String UNTOLD = "The column public.person.email is masked for you: no condition";
    private static final String UNMOVED = "The column public.person.email is masked for you and may not be copied";

    /** What is said of a session that ended; no part of an identifier looks like one of these SQLSTATEs. */
    private static final String BROKEN =
            "server closed|connection to server was lost|synchronization|\\b(08|57P|XX)[0-9A-Z]{2,3}\\b";

    private static final List<Secret> SECRETS = List.of(
            Secret.of("an address", "quillon.featherby@secret.example", "illon.featherby"),
            Secret.of("another address", "ottoline.vance@secret.example", "toline.vance"));

    @TempDir
    static Path directory;

    private static ComparedTarget target;
    private static TestGateway gateway;

    @BeforeAll
    static void start() throws Exception {
        target = ComparedTarget.start(18, directory.resolve("target"));
        target.refresh();
        try (var connection = DriverManager.getConnection(target.endpoint().url());
                var statement = connection.createStatement()) {
            statement.execute("create table person (id int primary key, name text, email text unique);"
                    + "insert into person values (1, 'Quillon', 'quillon.featherby@secret.example'),"
                    + "(2, 'Ottoline', 'ottoline.vance@secret.example')");
        }
        gateway = new TestGateway(target.upstream(), directory.resolve("journal"), policy(target.upstream()));
    }

    @AfterAll
    static void stop() {
        gateway.close();
        target.close();
    }

    private static PolicySnapshot policy(Upstream upstream) {
        var shop =
                TestTargets.shop(upstream, Map.of(new FieldName("public.person", "email"), Set.of("email")), Set.of());
        return new PolicySnapshot(
                1,
                Map.of("shop", shop),
                List.of(role(MASKED, MaskKind.PARTIAL), role(CLEAR, MaskKind.CLEAR)),
                List.of(),
                List.of());
    }

    private static RolePolicy role(String holder, MaskKind addresses) {
        return new RolePolicy(
                "role-of-" + holder,
                new RolePolicy.Holders(Set.of(), Set.of(), Set.of(), Set.of(holder)),
                List.of(new Permission(
                        List.of(new Glob("shop")),
                        List.of(new Glob("*")),
                        List.of(new ResourcePattern("*")),
                        List.of(new Glob("*")))),
                Map.of("email", addresses),
                Long.MAX_VALUE);
    }

    private interface Operation {
        String operate(Endpoint endpoint) throws Exception;
    }

    /** What was printed, once neither that nor what the gateway sent holds a secret. */
    private static String masked(Operation operation) throws Exception {
        try (Tap tap = new Tap(gateway.port())) {
            String printed = operation.operate(endpoint(tap, MASKED));
            for (String seen : List.of(printed, tap.sent())) {
                assertThat(SECRETS.stream().flatMap(secret -> secret.foundIn(seen).stream()))
                        .isEmpty();
            }
            assertThat(tap.sent()).contains("person");
            assertThat(printed).doesNotContainPattern(BROKEN);
            return printed;
        }
    }

    private static Endpoint endpoint(Tap tap, String user) {
        return new Endpoint(
                tap.port(), user, ComparedTarget.PASSWORD, target.endpoint().database());
    }

    private static String psql(Endpoint endpoint) throws Exception {
        return Program.printed(
                directory.resolve("psql"),
                endpoint,
                List.of(
                        PostgresClients.of(18).program("psql"),
                        "-X",
                        "-f",
                        Resources.path("psql/masked.sql").toString()));
    }

    @Test
    void psql() throws Exception {
        assertThat(masked(MaskedClientsTest::psql))
                .contains(SHOWN, UNTOLD, UNMOVED, "UPDATE 1", "usable   |     2")
                .endsWith("exit code 0");
    }

    /** Everything is found, printed and sent, where nothing is masked. */
    @Test
    void secretsOfTheClearAreFound() throws Exception {
        try (Tap tap = new Tap(gateway.port())) {
            String printed = psql(endpoint(tap, CLEAR));
            for (String seen : List.of(printed, tap.sent())) {
                assertThat(SECRETS).allMatch(secret -> secret.foundIn(seen).isPresent());
            }
        }
    }

    @Test
    void dump() throws Exception {
        var dumps = new DumpClient(PostgresClients.of(18), directory.resolve("dump"));
        for (var options : List.of(List.of("--table=person"), List.of("--table=person", "--inserts"))) {
            assertThat(masked(endpoint -> dumps.dump(endpoint, options)))
                    .contains("masked for you")
                    .endsWith("exit code 1");
        }
    }

    @Test
    void psycopg2() throws Exception {
        assertThat(masked(endpoint -> Program.printed(
                        directory.resolve("psycopg2"),
                        endpoint,
                        List.of(
                                "/usr/bin/python3",
                                Resources.path("psycopg2/masked.py").toString()))))
                .contains(SHOWN, UNTOLD, UNMOVED, "UPDATE 1", "('usable', 2)")
                .endsWith("exit code 0");
    }

    @Test
    void nodePostgres() throws Exception {
        assertThat(masked(endpoint -> new NodeClient("node-postgres").run(endpoint, "masked.mjs")))
                .contains(SHOWN, UNTOLD, UNMOVED, "UPDATE []", "[[\"usable\",2]]")
                .endsWith("exit code 0");
    }

    @Test
    void pgjdbc() throws Exception {
        String seen = masked(endpoint -> {
            var out = new StringBuilder();
            try (var connection = DriverManager.getConnection(
                    endpoint.url("prepareThreshold=-1", "defaultRowFetchSize=1", "binaryTransfer=true"))) {
                connection.setAutoCommit(false);
                out.append("== cursor\n");
                run(connection, "select email from person order by id", out);
                connection.commit();
                connection.setAutoCommit(true);
                var copied = new StringWriter();
                connection
                        .unwrap(PGConnection.class)
                        .getCopyAPI()
                        .copyOut("copy (select email from person order by id) to stdout", copied);
                out.append("== copy\n").append(copied);
                run(connection, "select email::int from person", out);
                run(connection, "insert into person select id + 10, name, email from person", out);
                run(connection, "update person set name = 'Of Java' where id = 2", out);
                run(connection, "select 'usable', count(*) from person", out);
            }
            return out.toString();
        });
        assertThat(seen).contains("== cursor\n" + SHOWN, "== copy\n" + SHOWN, UNTOLD, UNMOVED, "1 rows", "usable");
    }

    private static void run(Connection connection, String sql, StringBuilder out) {
        try (var statement = connection.prepareStatement(sql)) {
            if (statement.execute()) {
                var rows = statement.getResultSet();
                while (rows.next()) {
                    out.append(rows.getString(1)).append('\n');
                }
            } else {
                out.append(statement.getUpdateCount()).append(" rows\n");
            }
        } catch (SQLException e) {
            out.append(e.getSQLState()).append(' ').append(e.getMessage()).append('\n');
        }
    }
}
