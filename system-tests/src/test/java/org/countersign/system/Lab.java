package org.countersign.system;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.countersign.server.PostgresBinaries;
import org.countersign.server.PostgresServer;
import org.postgresql.util.PSQLWarning;

/**
 * Two targets of the tests' own, PostgreSQL 15 and 18, with the demo's tables and room for hostile objects. The tests are
 * their superuser; the gateway has an account that owns a schema and is not.
 */
final class Lab implements AutoCloseable {
    /** Names of the targets, for parameterised tests. */
    static final List<String> TARGETS = List.of("lab15", "lab18");

    private static final String DATABASE = "shop";
    private final PostgresServer fifteen;
    private final PostgresServer eighteen;
    private final Path directory;

    Lab(Path directory, int offset) {
        this.directory = directory;
        Path cache = directory.resolveSibling("binaries");
        fifteen = new PostgresServer(
                PostgresBinaries.ofJar(jarOf15(), cache), directory.resolve("lab15"), 15440 + offset);
        eighteen = new PostgresServer(PostgresBinaries.ofClassPath(cache), directory.resolve("lab18"), 15441 + offset);
    }

    private static Path jarOf15() {
        return Path.of(System.getProperty("countersign.postgres15"));
    }

    Lab start() throws SQLException, java.io.IOException {
        for (PostgresServer server : List.of(fifteen, eighteen)) {
            server.start();
            try (Connection admin = server.connect("postgres");
                    Statement statement = admin.createStatement()) {
                statement.execute("create role shop_gateway login password '" + password() + "'");
                statement.execute("grant set on parameter log_min_messages to shop_gateway");
                statement.execute("create database " + DATABASE);
            }
            try (Connection admin = server.connect(DATABASE);
                    Statement statement = admin.createStatement()) {
                statement.execute(shopSql());
                statement.execute("grant all on schema public to shop_gateway");
                statement.execute("grant all on all tables in schema public to shop_gateway");
                statement.execute("grant usage on all sequences in schema public to shop_gateway");
            }
        }
        return this;
    }

    /** The password of the gateway's account; the manifests name this file. */
    Path passwordFile() {
        return directory.resolve("lab-password");
    }

    private String password() throws java.io.IOException {
        if (Files.notExists(passwordFile())) {
            Files.createDirectories(directory);
            Files.writeString(passwordFile(), java.util.UUID.randomUUID().toString());
        }
        return Files.readString(passwordFile());
    }

    private static String shopSql() throws java.io.IOException {
        try (var in = PostgresServer.class.getResourceAsStream("shop.sql")) {
            return new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        }
    }

    /** What the server of a target has logged. */
    Path log(String target) {
        return directory.resolve(target).resolve("data").resolve("server.log");
    }

    int port(String target) {
        return server(target).port();
    }

    /** A direct connection as superuser, past the gateway. */
    Connection direct(String target) throws SQLException {
        return server(target).connect(DATABASE);
    }

    /** Runs statements directly, as superuser. */
    void prepare(String target, String... statements) throws SQLException {
        try (Connection admin = direct(target);
                Statement statement = admin.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** The first column of the first row, directly as superuser. */
    String ask(String target, String sql) throws SQLException {
        try (Connection admin = direct(target);
                Statement statement = admin.createStatement();
                var row = statement.executeQuery(sql)) {
            row.next();
            return String.valueOf(row.getString(1));
        }
    }

    /** The analysed and the rewritten tree the server itself prints for a query. */
    List<String> treesOf(String target, String query) throws SQLException {
        try (Connection admin = direct(target);
                Statement statement = admin.createStatement()) {
            statement.execute("set client_min_messages = log");
            statement.execute("set debug_pretty_print = off");
            statement.execute("set debug_print_parse = on");
            statement.execute("set debug_print_rewritten = on");
            statement.clearWarnings();
            statement.execute(query);
            var trees = new ArrayList<String>();
            for (var warning = statement.getWarnings(); warning != null; warning = warning.getNextWarning()) {
                if (warning instanceof PSQLWarning said) {
                    trees.add(String.valueOf(said.getServerErrorMessage().getDetail()));
                }
            }
            return trees;
        }
    }

    PostgresServer server(String target) {
        return switch (target) {
            case "lab15" -> fifteen;
            case "lab18" -> eighteen;
            default -> throw new IllegalArgumentException(target);
        };
    }

    @Override
    public void close() {
        fifteen.close();
        eighteen.close();
    }
}
