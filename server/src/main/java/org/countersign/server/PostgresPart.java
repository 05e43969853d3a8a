package org.countersign.server;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** One of the two embedded PostgreSQLs. */
abstract class PostgresPart implements Part {

    private final String name;
    private final Path directory;
    private final int port;
    private final PostgresServer server;

    PostgresPart(String name, PostgresBinaries binaries, Path directory, int port) {
        this.name = name;
        this.directory = directory;
        this.port = port;
        this.server = new PostgresServer(binaries, directory, port);
    }

    /** Brings roles, database and schema to what the product needs; called at every start. */
    abstract void prepare(PostgresServer running) throws SQLException;

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final void start() {
        server.start();
        try {
            prepare(server);
        } catch (SQLException e) {
            throw new LaunchException("cannot prepare the " + name + " on port " + port + ": " + e.getMessage(), e);
        }
    }

    @Override
    public final void awaitReadiness() {
        // start returns when it accepts connections
    }

    @Override
    public final void stop() {
        server.stop();
    }

    @Override
    public final boolean alive() {
        return server.running();
    }

    /** What is committed is on its disk: it goes on from there, and those who were connected come back. */
    @Override
    public final boolean revived() {
        try {
            server.start();
            return true;
        } catch (LaunchException e) {
            return false;
        }
    }

    @Override
    public final void stopLeftover() {
        PostgresServer.stopLeftover(directory);
    }

    @Override
    public final boolean healthy() {
        return PortCheck.answers(port);
    }

    @Override
    public final String address() {
        return "127.0.0.1:" + port;
    }

    /** Makes the role when it is missing and gives it the password: the file of secrets decides, not the database. */
    static void login(Connection connection, String role, String password) throws SQLException {
        if (!exists(connection, "SELECT 1 FROM pg_roles WHERE rolname = '" + role + "'")) {
            execute(connection, "CREATE ROLE " + role);
        }
        execute(connection, "ALTER ROLE " + role + " LOGIN NOSUPERUSER PASSWORD '" + password.replace("'", "''") + "'");
    }

    static void database(Connection connection, String database, String owner) throws SQLException {
        if (!exists(connection, "SELECT 1 FROM pg_database WHERE datname = '" + database + "'")) {
            execute(connection, "CREATE DATABASE " + database + " OWNER " + owner);
        }
        execute(connection, "REVOKE CONNECT ON DATABASE postgres, template1 FROM PUBLIC");
    }

    static boolean exists(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            return rows.next();
        }
    }

    static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
