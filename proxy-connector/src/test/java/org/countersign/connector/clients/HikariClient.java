package org.countersign.connector.clients;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;
import org.countersign.connector.clients.JdbcTranscript.Operation;

/** HikariCP: everything that pgjdbc does, on connections that are borrowed again and again. */
record HikariClient() implements Client {
    @Override
    public String name() {
        return "hikari";
    }

    @Override
    public String operate(Endpoint endpoint) {
        var out = new JdbcTranscript();
        for (boolean autoCommit : new boolean[] {true, false}) {
            try (var pool = new HikariDataSource(config(endpoint, autoCommit))) {
                operations(autoCommit)
                        .forEach((name, operation) -> out.operation(
                                "auto commit " + autoCommit + ": " + name, pool::getConnection, operation));
            }
        }
        return out.text();
    }

    private static HikariConfig config(Endpoint endpoint, boolean autoCommit) {
        var config = new HikariConfig();
        config.setJdbcUrl(endpoint.url());
        config.setMaximumPoolSize(2);
        config.setMinimumIdle(1);
        config.setAutoCommit(autoCommit);
        config.setSchema("public");
        config.setConnectionInitSql("set application_name = 'pooled'");
        if (!autoCommit) {
            config.setConnectionTestQuery("select 1");
        }
        return config;
    }

    private static Map<String, Operation> operations(boolean autoCommit) {
        var all = new LinkedHashMap<String, Operation>();
        all.put("borrowed", HikariClient::described);
        all.put("settings changed", HikariClient::change);
        all.put("settings given back", HikariClient::described);
        all.put("left in a failed transaction", HikariClient::leave);
        all.put("borrowed after it", HikariClient::described);
        if (autoCommit) {
            all.putAll(PgjdbcStatements.all());
        }
        all.putAll(PgjdbcTransactions.all());
        all.put("batch", PgjdbcBulk::batch);
        all.put("cursor", PgjdbcBulk::cursor);
        all.put("closed under the pool", HikariClient::kill);
        all.put("borrowed after that", HikariClient::described);
        all.put("ended by the target", HikariClient::end);
        all.put("borrowed at last", HikariClient::described);
        return all;
    }

    private static void described(Connection connection, JdbcTranscript out) throws Exception {
        out.line(connection.getAutoCommit() + " " + connection.isReadOnly() + " " + connection.getTransactionIsolation()
                + " " + connection.getSchema() + " " + connection.isValid(5));
        try (Statement statement = connection.createStatement()) {
            out.execute(statement, "show application_name");
            out.execute(statement, "show default_transaction_read_only");
        }
    }

    private static void change(Connection connection, JdbcTranscript out) throws Exception {
        connection.setReadOnly(true);
        connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
        connection.setSchema("pg_catalog");
        described(connection, out);
    }

    private static void leave(Connection connection, JdbcTranscript out) throws Exception {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            out.execute(statement, "select 1 / 0");
        }
    }

    private static void end(Connection connection, JdbcTranscript out) throws Exception {
        try (Statement statement = connection.createStatement()) {
            out.execute(statement, "select pg_terminate_backend(pg_backend_pid())");
        }
        out.line(connection.isClosed());
    }

    private static void kill(Connection connection, JdbcTranscript out) throws Exception {
        connection.abort(Runnable::run);
        out.line(connection.isValid(1));
    }
}
