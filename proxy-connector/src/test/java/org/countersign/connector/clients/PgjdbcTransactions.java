package org.countersign.connector.clients;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;
import org.countersign.connector.clients.JdbcTranscript.Operation;

/** Transactions, done in every query mode. */
final class PgjdbcTransactions {
    private static final String COUNT = "select count(*) from entries where name like 'tx%'";

    private PgjdbcTransactions() {}

    static Map<String, Operation> all() {
        var all = new LinkedHashMap<String, Operation>();
        all.put("commit and rollback", PgjdbcTransactions::commitAndRollback);
        all.put("savepoints", PgjdbcTransactions::savepoints);
        all.put("failed transaction", PgjdbcTransactions::failed);
        all.put("isolation and read only", PgjdbcTransactions::isolation);
        all.put("deferred constraint", PgjdbcTransactions::deferred);
        return all;
    }

    private static void commitAndRollback(Connection connection, JdbcTranscript out) throws SQLException {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            out.execute(statement, "delete from entries where name like 'tx%'");
            out.execute(statement, "insert into entries (id, name) values (8000, 'tx one')");
            connection.commit();
            out.execute(statement, "insert into entries (id, name) values (8001, 'tx two')");
            out.execute(statement, COUNT);
            connection.rollback();
            out.execute(statement, COUNT);
            connection.commit();
            connection.setAutoCommit(true);
            out.execute(statement, COUNT);
            out.execute(statement, "begin");
            out.execute(statement, "delete from entries where name like 'tx%'");
            out.execute(statement, "commit");
        }
    }

    private static void savepoints(Connection connection, JdbcTranscript out) throws SQLException {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            Savepoint first = connection.setSavepoint("first");
            out.execute(statement, "insert into entries (id, name) values (8010, 'tx a')");
            Savepoint second = connection.setSavepoint();
            out.execute(statement, "insert into entries (id, name) values (8010, 'tx duplicate')");
            connection.rollback(second);
            out.execute(statement, COUNT);
            connection.releaseSavepoint(second);
            connection.rollback(first);
            out.execute(statement, COUNT);
            connection.releaseSavepoint(first);
            try {
                connection.rollback(first);
            } catch (SQLException failure) {
                out.failed(failure);
            }
            connection.rollback();
        }
    }

    private static void failed(Connection connection, JdbcTranscript out) throws SQLException {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            out.execute(statement, "insert into entries (id, name) values (8020, 'tx failed')");
            out.execute(statement, "select 1 / 0");
            out.execute(statement, "select 'after'");
            try {
                connection.commit();
            } catch (SQLException failure) {
                out.failed(failure);
            }
            out.execute(statement, COUNT);
            connection.rollback();
        }
    }

    private static void isolation(Connection connection, JdbcTranscript out) throws SQLException {
        connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
        connection.setReadOnly(true);
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            out.execute(statement, "show transaction_isolation");
            out.execute(statement, "show transaction_read_only");
            out.execute(statement, "delete from entries where id = 1");
            connection.rollback();
            connection.setReadOnly(false);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            out.execute(statement, "show transaction_isolation");
            out.execute(statement, "set transaction isolation level read committed");
            connection.rollback();
            out.line(connection.getTransactionIsolation());
        }
    }

    private static void deferred(Connection connection, JdbcTranscript out) throws SQLException {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            out.execute(statement, "insert into child values (77, -1)");
            try {
                connection.commit();
            } catch (SQLException failure) {
                out.failed(failure);
            }
            out.execute(statement, "select count(*) from child");
            connection.commit();
            connection.setAutoCommit(true);
            out.execute(statement, "insert into child values (78, -1)");
            out.execute(statement, "select 'usable'");
        }
    }
}
