package org.countersign.connector.clients;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;
import org.countersign.connector.clients.JdbcTranscript.Operation;
import org.postgresql.PGNotification;

/** What drivers do besides queries: listen, look at the catalog, change the session. */
final class PgjdbcSpecials {
    private PgjdbcSpecials() {}

    static Map<String, Operation> all() {
        var all = new LinkedHashMap<String, Operation>();
        all.put("statement timeout", PgjdbcSpecials::statementTimeout);
        all.put("notifications", PgjdbcSpecials::notifications);
        all.put("reported parameters", PgjdbcSpecials::reportedParameters);
        all.put("client info and schema", PgjdbcSpecials::clientInfo);
        all.put("metadata", PgjdbcSpecials::metadata);
        all.put("parameter metadata", PgjdbcSpecials::parameterMetadata);
        all.put("validity", PgjdbcSpecials::validity);
        all.put("large object", PgjdbcSpecials::largeObject);
        all.put("network timeout", PgjdbcSpecials::networkTimeout);
        all.put("abort", PgjdbcSpecials::aborted);
        all.put("terminated backend", PgjdbcSpecials::terminated);
        return all;
    }

    private static void statementTimeout(Connection connection, JdbcTranscript out) throws Exception {
        try (Statement statement = connection.createStatement()) {
            out.execute(statement, "set statement_timeout = 100");
            out.execute(statement, "select pg_sleep(5)");
            out.execute(statement, "reset statement_timeout");
            out.execute(statement, "select 'usable'");
        }
    }

    private static void notifications(Connection connection, JdbcTranscript out) throws Exception {
        try (Statement statement = connection.createStatement()) {
            out.execute(statement, "listen jdbc_channel");
            out.execute(statement, "notify jdbc_channel, 'päyload'");
            out.execute(statement, "select pg_notify('jdbc_channel', i::text) from generate_series(1, 3) i");
            PGNotification[] heard = JdbcTranscript.own(connection).getNotifications(2000);
            for (PGNotification notification : heard == null ? new PGNotification[0] : heard) {
                out.line(notification.getName() + " " + notification.getParameter());
            }
            out.execute(statement, "unlisten *");
        }
    }

    private static void reportedParameters(Connection connection, JdbcTranscript out) throws Exception {
        var own = JdbcTranscript.own(connection);
        try (Statement statement = connection.createStatement()) {
            out.line(own.getParameterStatuses());
            out.execute(statement, "set application_name = 'compared'");
            out.execute(statement, "set timezone = 'Asia/Tokyo'");
            out.execute(statement, "set datestyle = 'ISO, DMY'");
            out.execute(statement, "set standard_conforming_strings = on");
            out.line(own.getParameterStatuses());
            out.execute(statement, "reset all");
            out.line(own.getParameterStatuses());
            out.execute(statement, "set client_encoding = 'UTF8'");
            out.execute(statement, "set intervalstyle = 'sql_standard'");
            out.execute(statement, "select interval '1 day 2 hours'");
            out.line(own.getParameterStatuses());
        }
    }

    private static void clientInfo(Connection connection, JdbcTranscript out) throws Exception {
        connection.setClientInfo("ApplicationName", "named ünder JDBC");
        out.line(connection.getClientInfo());
        out.line(connection.getSchema() + " " + connection.getCatalog());
        connection.setSchema("pg_catalog");
        out.line(connection.getSchema());
        try (Statement statement = connection.createStatement()) {
            out.execute(statement, "select current_schemas(true)");
            out.execute(statement, "discard all");
            out.execute(statement, "select current_schema");
        }
    }

    private static void metadata(Connection connection, JdbcTranscript out) throws Exception {
        DatabaseMetaData metadata = connection.getMetaData();
        out.line(
                metadata.getDatabaseMajorVersion() + " " + metadata.getUserName() + " " + metadata.getMaxConnections());
        out.rows(metadata.getTables(null, "public", "e%", null));
        out.rows(metadata.getColumns(null, "public", "entries", null));
        out.rows(metadata.getPrimaryKeys(null, "public", "entries"));
        out.rows(metadata.getImportedKeys(null, "public", "child"));
        out.rows(metadata.getIndexInfo(null, "public", "entries", false, true));
        out.rows(metadata.getProcedures(null, "public", null));
        out.rows(metadata.getFunctionColumns(null, "public", "both_ways", null));
        out.rows(metadata.getSchemas());
        out.rows(metadata.getTableTypes());
        out.rows(metadata.getUDTs(null, "public", null, null));
    }

    private static void parameterMetadata(Connection connection, JdbcTranscript out) throws SQLException {
        try (PreparedStatement prepared =
                connection.prepareStatement("select id, name from entries where id = ? and name = ? and amount < ?")) {
            var parameters = prepared.getParameterMetaData();
            for (int i = 1; i <= parameters.getParameterCount(); i++) {
                out.line(parameters.getParameterTypeName(i) + " " + parameters.getParameterClassName(i));
            }
            out.line(prepared.getMetaData().getColumnCount());
            prepared.setInt(1, 1);
            prepared.setString(2, "entry 1");
            prepared.setBigDecimal(3, BigDecimal.TEN);
            out.rows(prepared.executeQuery());
        }
    }

    private static void validity(Connection connection, JdbcTranscript out) throws Exception {
        out.line(connection.isValid(5));
        connection.setAutoCommit(false);
        out.line(connection.isValid(5));
        try (Statement statement = connection.createStatement()) {
            out.execute(statement, "select 1 / 0");
        }
        out.line(connection.isValid(5));
        connection.rollback();
    }

    private static void largeObject(Connection connection, JdbcTranscript out) throws Exception {
        connection.setAutoCommit(false);
        out.attempt(() ->
                out.line(JdbcTranscript.own(connection).getLargeObjectAPI().createLO() > 0));
        connection.rollback();
    }

    private static void networkTimeout(Connection connection, JdbcTranscript out) throws Exception {
        connection.setNetworkTimeout(Runnable::run, 500);
        try (Statement statement = connection.createStatement()) {
            out.execute(statement, "select pg_sleep(10)");
        }
        out.line(connection.isClosed());
    }

    private static void aborted(Connection connection, JdbcTranscript out) throws SQLException {
        connection.abort(Runnable::run);
        out.line(connection.isClosed());
    }

    static void terminated(Connection connection, JdbcTranscript out) throws Exception {
        try (Statement statement = connection.createStatement()) {
            out.execute(statement, "select pg_terminate_backend(pg_backend_pid())");
            out.execute(statement, "select 1");
        }
        try (ResultSet none = connection.createStatement().executeQuery("select 2")) {
            out.rows(none);
        }
    }
}
