package org.countersign.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.postgresql.util.PSQLException;

/** psql and pgjdbc do through the gateway what they do without it, on both versions of the target. */
@ExtendWith(RunningGateway.class)
class ClientsSystemTest {
    private final Gateway gateway;

    ClientsSystemTest(Gateway gateway) {
        this.gateway = gateway;
    }

    @ParameterizedTest
    @FieldSource("org.countersign.system.Lab#TARGETS")
    void psqlDescribesWhatThereIs(String target) {
        for (String command : List.of(
                "\\d",
                "\\dt",
                "\\dv",
                "\\dm",
                "\\d public.customers",
                "\\d+ public.orders",
                "\\l",
                "\\dn",
                "\\du",
                "\\df pg_catalog.lower",
                "\\conninfo")) {
            if (command.equals("\\l") && target.equals("lab18")) {
                continue; // psql 15 itself asks for a column that 18 has no more
            }
            Psql.Result result = gateway.psql("frank", target).run(command);
            assertThat(result.exit()).as(command + ": " + result.err()).isZero();
            assertThat(result.out()).as(command).isNotEmpty();
        }
    }

    @ParameterizedTest
    @FieldSource("org.countersign.system.Lab#TARGETS")
    void transactionsAndSavepointsWork(String target) throws SQLException {
        try (Connection frank = gateway.connect("frank", target)) {
            frank.setAutoCommit(false);
            try (Statement statement = frank.createStatement()) {
                assertThat(statement.executeUpdate("update public.orders set note = 'one' where id = 11"))
                        .isEqualTo(1);
                var savepoint = frank.setSavepoint();
                statement.executeUpdate("update public.orders set note = 'two' where id = 11");
                frank.rollback(savepoint);
                assertThat(text(statement, "select note from public.orders where id = 11"))
                        .isEqualTo("one");
                frank.rollback();
                assertThat(text(statement, "select coalesce(note, '') from public.orders where id = 11"))
                        .isNotEqualTo("one");
                frank.commit();
            }
        }
    }

    @ParameterizedTest
    @FieldSource("org.countersign.system.Lab#TARGETS")
    void aRefusalInsideATransactionAbortsItOnTheTargetToo(String target) throws SQLException {
        Lab lab = gateway.lab();
        try (Connection frank = gateway.connect("frank", target)) {
            frank.setAutoCommit(false);
            try (Statement statement = frank.createStatement()) {
                statement.executeUpdate("update public.orders set note = 'aborted' where id = 12");
                assertThatThrownBy(() -> statement.executeQuery("select pg_read_file('PG_VERSION')"))
                        .extracting(thrown -> ((SQLException) thrown).getSQLState())
                        .isEqualTo("42501");
                assertThatThrownBy(() -> statement.executeQuery("select 1"))
                        .extracting(thrown -> ((SQLException) thrown).getSQLState())
                        .isEqualTo("25P02");
                frank.commit();
            }
        }
        assertThat(lab.ask(target, "select count(*) from public.orders where note = 'aborted'"))
                .isEqualTo("0");
    }

    @Test
    void aBatchOfJdbcIsApprovedAsOne() throws Exception {
        try (Connection agent = gateway.connect("orders-agent", "shop");
                PreparedStatement update = agent.prepareStatement("update orders set note = ? where id = ?")) {
            for (int id = 111; id <= 113; id++) {
                update.setString(1, "batch of " + id);
                update.setInt(2, id);
                update.addBatch();
            }
            var updated = CompletableFuture.supplyAsync(() -> {
                try {
                    return update.executeBatch();
                } catch (SQLException e) {
                    throw new IllegalStateException(e);
                }
            });
            JsonNode approval = Polling.pendingApproval(gateway, "update orders set note = $1 where id = $2");
            JsonNode commands = approval.required("commands");
            assertThat(commands).hasSize(3);
            assertThat(commands.get(2).required("parameters").toString()).contains("batch of 113");
            assertThat(Polling.decide(gateway, "bob", approval, "approve").status())
                    .isEqualTo(200);
            assertThat(updated.get(60, TimeUnit.SECONDS)).containsExactly(1, 1, 1);
        }
        assertThat(gateway.psql("support-agent", "shop")
                        .run("select count(*) from orders where note like 'batch of %'")
                        .rows())
                .containsExactly("3");
    }

    @ParameterizedTest
    @FieldSource("org.countersign.system.Lab#TARGETS")
    void preparedStatementsAndBatchesWork(String target) throws SQLException {
        try (Connection frank = gateway.connect("frank", target, "prepareThreshold=2")) {
            try (PreparedStatement insert = frank.prepareStatement(
                    "insert into public.orders (customer_id, sku, amount, note) values (?, ?, ?, ?)")) {
                for (int row = 0; row < 20; row++) {
                    insert.setInt(1, 1 + row);
                    insert.setString(2, "batch-" + target);
                    insert.setBigDecimal(3, new java.math.BigDecimal("1.50"));
                    insert.setString(4, row % 2 == 0 ? null : "grün ✓ " + row);
                    insert.addBatch();
                }
                assertThat(insert.executeBatch()).containsOnly(1).hasSize(20);
            }
            try (PreparedStatement select = frank.prepareStatement(
                    "select note, amount, updated_at from public.orders where sku = ? order by id")) {
                for (int round = 0; round < 5; round++) {
                    select.setString(1, "batch-" + target);
                    List<String> notes = new ArrayList<>();
                    try (ResultSet rows = select.executeQuery()) {
                        while (rows.next()) {
                            notes.add(rows.getString(1));
                            assertThat(rows.getBigDecimal(2)).isEqualByComparingTo("1.5");
                            assertThat(rows.getTimestamp(3)).isNotNull();
                        }
                    }
                    assertThat(notes).hasSize(20).contains("grün ✓ 3").containsNull();
                }
            }
            try (PreparedStatement delete = frank.prepareStatement("delete from public.orders where sku = ?")) {
                delete.setString(1, "batch-" + target);
                assertThat(delete.executeUpdate()).isEqualTo(20);
            }
        }
    }

    @ParameterizedTest
    @FieldSource("org.countersign.system.Lab#TARGETS")
    void aResultIsFetchedInPieces(String target) throws SQLException {
        try (Connection frank = gateway.connect("frank", target)) {
            frank.setAutoCommit(false);
            try (Statement statement = frank.createStatement()) {
                statement.setFetchSize(100);
                int rows = 0;
                try (ResultSet result =
                        statement.executeQuery("select id, note from public.orders where id <= 3000 order by id")) {
                    while (result.next()) {
                        rows++;
                    }
                }
                assertThat(rows).isBetween(2900, 3000);
            }
            frank.commit();
        }
    }

    @ParameterizedTest
    @FieldSource("org.countersign.system.Lab#TARGETS")
    void jdbcReadsItsMetadata(String target) throws SQLException {
        try (Connection frank = gateway.connect("frank", target)) {
            DatabaseMetaData metadata = frank.getMetaData();
            assertThat(names(metadata.getTables(null, "public", "%", new String[] {"TABLE"}), "TABLE_NAME"))
                    .contains("customers", "orders", "payments");
            assertThat(names(metadata.getColumns(null, "public", "orders", "%"), "COLUMN_NAME"))
                    .contains("id", "note", "amount");
            assertThat(names(metadata.getPrimaryKeys(null, "public", "orders"), "COLUMN_NAME"))
                    .containsExactly("id");
        }
    }

    @ParameterizedTest
    @FieldSource("org.countersign.system.Lab#TARGETS")
    void errorsOfTheClientsOwnMakingReachIt(String target) throws SQLException {
        try (Connection frank = gateway.connect("frank", target);
                Statement statement = frank.createStatement()) {
            assertThatThrownBy(() -> statement.executeQuery("select from where"))
                    .extracting(thrown -> ((SQLException) thrown).getSQLState())
                    .isEqualTo("42601");
            assertThatThrownBy(() -> statement.executeQuery("select * from public.nothing_here"))
                    .extracting(thrown -> ((SQLException) thrown).getSQLState())
                    .isEqualTo("42P01");
            assertThat(text(statement, "select 1")).isEqualTo("1");
        }
    }

    @Test
    void tlsIsOfferedOnTheSamePort() throws SQLException {
        try (Connection frank = gateway.connect("frank", "lab18", "sslmode=require");
                Statement statement = frank.createStatement()) {
            assertThat(text(statement, "select 1")).isEqualTo("1");
        }
    }

    @Test
    void aRolesRowLimitEndsACommand() throws SQLException {
        try (Connection frank = gateway.connect("frank", "lab18");
                Statement statement = frank.createStatement()) {
            assertThatThrownBy(() -> statement.executeQuery(
                            "select a.id from public.orders a, public.orders b where a.id <= 100"))
                    .hasMessageContaining("250000")
                    .extracting(thrown -> ((SQLException) thrown).getSQLState())
                    .isEqualTo("54000");
            assertThat(text(statement, "select 1")).isEqualTo("1");
        }
    }

    @Test
    void deferredModeAnswersAtOnceAndRunsAfterTheApproval() throws Exception {
        String sql = "update orders set note = 'deferred' where id = 91";
        JsonNode detail = deferred(sql);
        JsonNode approval = gateway.api("bob")
                .read("approvals/" + detail.required("approval").asText())
                .json();
        assertThat(approval.required("state").asText()).isEqualTo("pending");
        assertThat(deferred(sql).required("approval").asText())
                .isEqualTo(detail.required("approval").asText());
        assertThat(Polling.decide(gateway, "bob", approval, "approve").status()).isEqualTo(200);
        try (Connection agent = gateway.connect("orders-agent", "shop", "options=-c countersign.approval=defer");
                Statement statement = agent.createStatement()) {
            assertThat(statement.executeUpdate(sql)).isEqualTo(1);
        }
        assertThat(deferred(sql).required("approval").asText())
                .isNotEqualTo(detail.required("approval").asText());
    }

    @Test
    void aChangedParameterNeedsAnotherApproval() throws Exception {
        String sql = "update orders set note = ? where id = ?";
        String first = deferredWith(sql, "a", 92);
        Polling.decide(
                gateway, "bob", gateway.api("bob").read("approvals/" + first).json(), "approve");
        String second = deferredWith(sql, "a", 93);
        assertThat(second).isNotEqualTo(first);
    }

    private JsonNode deferred(String sql) throws SQLException, IOException {
        try (Connection agent = gateway.connect("orders-agent", "shop", "options=-c countersign.approval=defer");
                Statement statement = agent.createStatement()) {
            statement.executeUpdate(sql);
            throw new AssertionError("it ran");
        } catch (PSQLException e) {
            assertThat(e.getSQLState()).as(e.getMessage()).isEqualTo("SD001");
            return new ObjectMapper().readTree(e.getServerErrorMessage().getDetail());
        }
    }

    private String deferredWith(String sql, String note, int id) throws SQLException, IOException {
        try (Connection agent = gateway.connect("orders-agent", "shop", "options=-c countersign.approval=defer");
                PreparedStatement statement = agent.prepareStatement(sql)) {
            statement.setString(1, note);
            statement.setInt(2, id);
            statement.executeUpdate();
            throw new AssertionError("it ran");
        } catch (PSQLException e) {
            assertThat(e.getSQLState()).as(e.getMessage()).isEqualTo("SD001");
            return new ObjectMapper()
                    .readTree(e.getServerErrorMessage().getDetail())
                    .required("approval")
                    .asText();
        }
    }

    private static String text(Statement statement, String sql) throws SQLException {
        try (ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    private static List<String> names(ResultSet rows, String column) throws SQLException {
        var names = new ArrayList<String>();
        try (rows) {
            while (rows.next()) {
                names.add(rows.getString(column));
            }
        }
        return names;
    }
}
