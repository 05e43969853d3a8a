package org.countersign.connector.clients;

import java.sql.Array;
import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.SQLXML;
import java.sql.Statement;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.core.BaseConnection;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** Writes down all that JDBC shows of an answer. */
final class JdbcTranscript {
    private final StringBuilder text = new StringBuilder();

    /** What is done on one connection. */
    interface Operation {
        void run(Connection connection, JdbcTranscript out) throws Exception;
    }

    /** Where the connection of an operation comes from. */
    interface Source {
        Connection open() throws SQLException;
    }

    /** Does it on a connection of its own; a failure is a part of the transcript. */
    void operation(String name, String url, Operation operation) {
        operation(name, () -> DriverManager.getConnection(url), operation);
    }

    /** Does it on a connection of this source. */
    void operation(String name, Source source, Operation operation) {
        line("== " + name);
        try (Connection connection = source.open()) {
            try {
                operation.run(connection, this);
            } catch (SQLException failure) {
                failed(failure);
            }
            if (!connection.isClosed()) {
                line("transaction " + connection.unwrap(BaseConnection.class).getTransactionState());
                warnings(connection.getWarnings());
            }
        } catch (SQLException failure) {
            failed(failure);
        } catch (Exception e) {
            line("not SQL's: " + e);
        }
    }

    void line(@Nullable Object line) {
        text.append(line).append('\n');
    }

    /** Runs what must not stop the rest. */
    void attempt(SqlAction action) throws Exception {
        try {
            action.run();
        } catch (SQLException failure) {
            failed(failure);
        }
    }

    interface SqlAction {
        void run() throws Exception;
    }

    /** Executes and writes every result and update count. */
    void execute(Statement statement, String sql) throws SQLException {
        try {
            results(statement, statement.execute(sql));
        } catch (SQLException failure) {
            failed(failure);
        }
    }

    void results(Statement statement, boolean isRows) throws SQLException {
        boolean more = isRows;
        while (true) {
            if (more) {
                rows(statement.getResultSet());
            } else if (statement.getUpdateCount() < 0) {
                break;
            } else {
                line("count " + statement.getLargeUpdateCount());
            }
            more = statement.getMoreResults();
        }
        warnings(statement.getWarnings());
    }

    void rows(ResultSet rows) throws SQLException {
        try (rows) {
            ResultSetMetaData columns = rows.getMetaData();
            for (int i = 1; i <= columns.getColumnCount(); i++) {
                line("column " + columns.getColumnLabel(i) + " " + columns.getColumnTypeName(i) + " "
                        + columns.getColumnType(i) + " " + columns.getPrecision(i) + " " + columns.getScale(i) + " "
                        + columns.getColumnClassName(i));
            }
            while (rows.next()) {
                var row = new StringBuilder("row");
                for (int i = 1; i <= columns.getColumnCount(); i++) {
                    row.append(" [").append(shown(rows.getObject(i))).append(']');
                }
                line(row);
            }
        }
    }

    static String shown(@Nullable Object value) throws SQLException {
        return switch (value) {
            case null -> "null";
            case byte[] bytes -> HexFormat.of().formatHex(bytes);
            case Array array -> array.getBaseTypeName() + array;
            case Object[] items -> Arrays.deepToString(items);
            case SQLXML xml -> "xml " + xml.getString();
            default -> value.getClass().getSimpleName() + " " + value;
        };
    }

    void warnings(@Nullable SQLWarning first) {
        for (SQLWarning warning = first; warning != null; warning = warning.getNextWarning()) {
            line("warning " + warning.getSQLState() + " " + warning.getMessage());
        }
    }

    void failed(SQLException failure) {
        ServerErrorMessage server = failure instanceof PSQLException ours ? ours.getServerErrorMessage() : null;
        if (server == null) {
            line("failed " + failure.getSQLState() + " " + failure.getMessage());
        } else {
            line("failed " + server.getSeverity() + " " + server.getSQLState() + " " + server.getMessage()
                    + " | detail " + server.getDetail() + " | hint " + server.getHint() + " | at "
                    + server.getPosition() + " | where " + server.getWhere() + " | in " + server.getSchema() + "."
                    + server.getTable() + "." + server.getColumn() + " " + server.getDatatype() + " "
                    + server.getConstraint() + " | from " + server.getFile() + ":" + server.getLine() + " "
                    + server.getRoutine() + " | inside " + server.getInternalQuery() + ":"
                    + server.getInternalPosition());
        }
        if (failure instanceof BatchUpdateException batch) {
            line("counts " + Arrays.toString(batch.getUpdateCounts()));
        }
        for (SQLException next = failure.getNextException(); next != null; next = next.getNextException()) {
            line("next " + next.getSQLState() + " " + next.getMessage());
        }
    }

    static PGConnection own(Connection connection) throws SQLException {
        return connection.unwrap(PGConnection.class);
    }

    String text() {
        return text.toString();
    }
}
