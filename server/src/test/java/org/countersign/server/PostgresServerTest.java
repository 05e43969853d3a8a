package org.countersign.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresServerTest {
    @TempDir
    Path directory;

    @Test
    void startsAgainAfterItsFirstProcessWasKilled() throws Exception {
        try (var server = new PostgresServer(
                PostgresBinaries.ofClassPath(Path.of("target", "binaries")), directory, freePort())) {
            server.start();
            run(server, "create table kept as select 1");
            CompletableFuture<Void> busy = CompletableFuture.runAsync(() -> busy(server));
            while (!asked(server, "select 1 from pg_stat_activity where wait_event = 'PgSleep'")) {
                Thread.onSpinWait();
            }
            killFirstProcess();
            assertThat(busy).failsWithin(java.time.Duration.ofSeconds(20));

            server.start();

            assertThat(asked(server, "select 1 from kept")).isTrue();
        }
    }

    private void killFirstProcess() throws IOException {
        long pid = Long.parseLong(Files.readAllLines(directory.resolve("data").resolve("postmaster.pid"))
                .getFirst()
                .strip());
        ProcessHandle first = ProcessHandle.of(pid).orElseThrow();
        first.destroyForcibly();
        first.onExit().join();
    }

    private static void busy(PostgresServer server) {
        try {
            run(server, "select pg_sleep(600)");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void run(PostgresServer server, String sql) throws SQLException {
        try (var connection = server.connect("postgres");
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static boolean asked(PostgresServer server, String sql) throws SQLException {
        try (var connection = server.connect("postgres");
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            return rows.next();
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
