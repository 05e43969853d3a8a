package org.countersign.system;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.countersign.server.PostgresBinaries;
import org.countersign.server.PostgresServer;

/** The store of the running gateway, for those who mean it harm. It is the product that has to bring it back. */
final class EmbeddedStore {
    private static final String DATABASE = "countersign";
    private static final String OF_THE_GATEWAY = " from pg_stat_activity where usename = 'countersign'";
    private final Path directory;
    private final PostgresServer server;

    EmbeddedStore(Gateway gateway) {
        directory = gateway.home().resolve("store");
        server = new PostgresServer(
                PostgresBinaries.ofClassPath(Path.of("target", "binaries")), directory, 15431 + gateway.offset());
    }

    /** Kills the first process of the server; the others end by themselves. */
    void killServer() throws IOException {
        long pid = Long.parseLong(Files.readAllLines(directory.resolve("data").resolve("postmaster.pid"))
                .getFirst()
                .strip());
        ProcessHandle postmaster = ProcessHandle.of(pid).orElseThrow();
        postmaster.destroyForcibly();
        postmaster.onExit().join();
    }

    /** Kills a process that serves the gateway; the server ends all others then and recovers. */
    void killASession() throws SQLException {
        List<String> pids = ask("select pid" + OF_THE_GATEWAY + " order by random() limit 1");
        for (String pid : pids) {
            ProcessHandle.of(Long.parseLong(pid)).ifPresent(ProcessHandle::destroyForcibly);
        }
    }

    /** Ends every connection of the gateway, whatever it is about. */
    void endSessions() throws SQLException {
        ask("select pg_terminate_backend(pid)" + OF_THE_GATEWAY);
    }

    /** Returns when it can be asked again. */
    void awaitReadiness() {
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(10))
                .ignoreExceptions()
                .until(() -> ask("select 1").equals(List.of("1")));
    }

    /** As superuser. */
    void run(String sql) throws SQLException {
        try (Connection admin = server.connect(DATABASE);
                Statement statement = admin.createStatement()) {
            statement.execute(sql);
        }
    }

    /** The first column, as superuser. */
    List<String> ask(String sql) throws SQLException {
        try (Connection admin = server.connect(DATABASE);
                Statement statement = admin.createStatement();
                var row = statement.executeQuery(sql)) {
            var values = new ArrayList<String>();
            while (row.next()) {
                values.add(row.getString(1));
            }
            return values;
        }
    }
}
