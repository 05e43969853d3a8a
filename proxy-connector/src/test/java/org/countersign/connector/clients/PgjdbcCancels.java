package org.countersign.connector.clients;

import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.countersign.connector.clients.JdbcTranscript.Operation;

/** Cancel requests, by the driver's timer and by hand. */
final class PgjdbcCancels {
    private static final String ASLEEP = "select count(*) > 0 from pg_stat_activity"
            + " where datname = current_database() and usename = current_user and wait_event = 'PgSleep'";

    private PgjdbcCancels() {}

    static Map<String, Operation> all() {
        var all = new LinkedHashMap<String, Operation>();
        all.put("query timeout", PgjdbcCancels::queryTimeout);
        all.put("cancel", PgjdbcCancels::cancel);
        all.put("cancel in a transaction", PgjdbcCancels::cancelInTransaction);
        all.put("cancel of nothing", PgjdbcCancels::cancelNothing);
        return all;
    }

    private static void queryTimeout(Connection connection, JdbcTranscript out) throws Exception {
        try (Statement statement = connection.createStatement()) {
            statement.setQueryTimeout(1);
            out.execute(statement, "select pg_sleep(60)");
            out.execute(statement, "select 'usable'");
        }
    }

    static void cancel(Connection connection, JdbcTranscript out) throws Exception {
        try (Statement statement = connection.createStatement()) {
            CompletableFuture<Void> cancelling = onceAsleep(statement);
            out.execute(statement, "select pg_sleep(60)");
            cancelling.join();
            out.execute(statement, "select 'usable'");
        }
    }

    private static void cancelInTransaction(Connection connection, JdbcTranscript out) throws Exception {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            out.execute(statement, "insert into child values (1, 1)");
            CompletableFuture<Void> cancelling = onceAsleep(statement);
            out.execute(statement, "select count(pg_sleep(0.01)) from generate_series(1, 6000)");
            cancelling.join();
            out.execute(statement, "select 'ignored'");
            connection.rollback();
            out.execute(statement, "select count(*) from child where id = 1");
        }
    }

    private static void cancelNothing(Connection connection, JdbcTranscript out) throws Exception {
        try (Statement statement = connection.createStatement()) {
            out.execute(statement, "select 1");
            statement.cancel();
            JdbcTranscript.own(connection).cancelQuery();
            out.execute(statement, "select 'not disturbed', pg_sleep(0.2)");
        }
    }

    /** Cancels the statement once another connection sees it asleep on the target; before, the request would be lost. */
    private static CompletableFuture<Void> onceAsleep(Statement statement) {
        return CompletableFuture.runAsync(() -> {
            try (Connection other = DriverManager.getConnection(
                            statement.getConnection().getMetaData().getURL());
                    Statement watching = other.createStatement()) {
                await().pollInterval(Duration.ofMillis(20)).until(() -> isAsleep(watching));
                statement.cancel();
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private static boolean isAsleep(Statement watching) throws SQLException {
        try (ResultSet answer = watching.executeQuery(ASLEEP)) {
            return answer.next() && answer.getBoolean(1);
        }
    }
}
