package org.countersign.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** pgbench, PgBouncer and HikariCP in front of the demo's gateway, signed in with an agent's token, get masked rows as psql does. */
@ExtendWith(RunningGateway.class)
class PoolsSystemTest {
    private static final String AGENT = "support-agent";
    private static final String TARGET = "shop";
    private static final String CUSTOMER = "select email from customers where id = ";
    private static final int ROUNDS = 10;

    @TempDir
    Path directory;

    private final Gateway gateway;

    PoolsSystemTest(Gateway gateway) {
        this.gateway = gateway;
    }

    @ParameterizedTest
    @ValueSource(strings = {"simple", "extended", "prepared"})
    void pgbenchReadsWhatItMay(String mode) throws Exception {
        Files.writeString(directory.resolve("script.sql"), """
                \\set customer 1 + :client_id
                begin;
                select count(*) from orders where customer_id = :customer;
                %s:customer \\gset
                commit;
                \\shell echo email :email
                """.formatted(CUSTOMER));
        String printed = pgbench("-M", mode, "-c", "4", "-j", "2", "-t", Integer.toString(ROUNDS), "-f", "script.sql");
        assertThat(printed)
                .contains("number of transactions actually processed: 40/40", "number of failed transactions: 0 (");
        assertThat(printed.lines().filter(line -> line.startsWith("email ")))
                .hasSize(4 * ROUNDS)
                .containsOnlyElementsOf(masked(4).stream().map("email "::concat).toList());
    }

    @Test
    void pgbenchIsToldWhyItMayNotWrite() throws Exception {
        Files.writeString(directory.resolve("script.sql"), "update orders set note = 'bench' where id = 1;\n");
        assertThat(pgbench("-t", "1", "-f", "script.sql"))
                .contains("client 0 script 0 aborted in command 0 query 0: ERROR:", "\"verdict\":\"deny\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"session", "transaction"})
    void pgBouncerSharesItsConnections(String mode) throws Exception {
        try (var pooler = new Pooler(gateway, directory, AGENT, mode)) {
            for (int round = 0; round < ROUNDS; round++) {
                try (Connection connection = pooler.connect(TARGET)) {
                    assertThat(emails(connection, 4)).isEqualTo(masked(4));
                    assertDenied(connection);
                    connection.setAutoCommit(false);
                    assertThat(emails(connection, 2)).isEqualTo(masked(2));
                    connection.commit();
                }
            }
        }
    }

    @Test
    void hikariLendsItsConnections() throws Exception {
        var config = new HikariConfig();
        config.setJdbcUrl(
                "jdbc:postgresql://127.0.0.1:" + gateway.postgresPort() + "/" + TARGET + "?prepareThreshold=2");
        config.setUsername(AGENT);
        config.setPassword(gateway.token(AGENT));
        config.setMaximumPoolSize(3);
        List<String> expected = masked(5);
        try (var pool = new HikariDataSource(config);
                var borrowers = Executors.newFixedThreadPool(6)) {
            Callable<List<String>> borrowing = () -> {
                try (Connection connection = pool.getConnection()) {
                    assertDenied(connection);
                    return emails(connection, 5);
                }
            };
            for (var borrowed : borrowers.invokeAll(
                    IntStream.range(0, 6 * ROUNDS).mapToObj(round -> borrowing).toList())) {
                assertThat(borrowed.get()).isEqualTo(expected);
            }
            assertThat(pool.getHikariPoolMXBean().getTotalConnections()).isBetween(1, 3);
        }
    }

    private static List<String> emails(Connection connection, int customers) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(CUSTOMER + "?")) {
            var emails = new ArrayList<String>();
            for (int customer = 1; customer <= customers; customer++) {
                select.setInt(1, customer);
                try (ResultSet row = select.executeQuery()) {
                    assertThat(row.next()).isTrue();
                    emails.add(row.getString(1));
                }
            }
            return emails;
        }
    }

    private static void assertDenied(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            assertThatThrownBy(() -> statement.executeUpdate("delete from orders where id = 1"))
                    .extracting(thrown -> ((SQLException) thrown).getSQLState())
                    .isEqualTo("42501");
        }
    }

    /** The addresses of the first customers as psql shows them. */
    private List<String> masked(int customers) {
        List<String> emails = gateway.psql(AGENT, TARGET)
                .run("select email from customers where id <= " + customers + " order by id")
                .rows();
        assertThat(emails)
                .hasSize(customers)
                .allSatisfy(email -> assertThat(email).contains("*"));
        return emails;
    }

    private String pgbench(String... options) throws Exception {
        Path output = directory.resolve("printed");
        var command = new ArrayList<>(List.of("pgbench", "-n"));
        command.addAll(List.of(options));
        var builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().put("PGHOST", "127.0.0.1");
        builder.environment().put("PGPORT", Integer.toString(gateway.postgresPort()));
        builder.environment().put("PGDATABASE", TARGET);
        builder.environment().put("PGUSER", AGENT);
        builder.environment().put("PGPASSWORD", gateway.token(AGENT));
        Process pgbench = builder.start();
        pgbench.getOutputStream().close();
        assertThat(pgbench.waitFor(90, TimeUnit.SECONDS)).isTrue();
        return Files.readString(output, StandardCharsets.UTF_8);
    }
}
