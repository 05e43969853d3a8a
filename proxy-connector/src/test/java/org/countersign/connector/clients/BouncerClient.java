package org.countersign.connector.clients;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.countersign.connector.FreePort;
import org.countersign.connector.clients.JdbcTranscript.Operation;

/** pgjdbc behind Debian's PgBouncer, which pools sessions, then transactions, of two connections. */
record BouncerClient(Path directory) implements Client {
    @Override
    public String name() {
        return "pgbouncer";
    }

    @Override
    public String operate(Endpoint endpoint) throws Exception {
        var out = new JdbcTranscript();
        for (String mode : List.of("session", "transaction")) {
            int port = FreePort.find();
            Process bouncer = start(mode, port, endpoint);
            try {
                String url = new Endpoint(port, endpoint.user(), endpoint.password(), endpoint.database())
                        .url("prepareThreshold=0");
                operations(mode).forEach((name, operation) -> out.operation(mode + ": " + name, url, operation));
            } finally {
                bouncer.destroy();
                if (!bouncer.waitFor(10, TimeUnit.SECONDS)) {
                    bouncer.destroyForcibly();
                }
            }
        }
        return out.text();
    }

    /** Every statement where each transaction may get another connection; the session's own state in both. */
    private static Map<String, Operation> operations(String mode) {
        var all = new LinkedHashMap<String, Operation>();
        all.put("setting left behind", BouncerClient::leave);
        all.put("next on the same connection", BouncerClient::look);
        if (mode.equals("transaction")) {
            all.putAll(PgjdbcStatements.all());
        }
        all.putAll(PgjdbcTransactions.all());
        all.put("batch", PgjdbcBulk::batch);
        all.put("cursor", PgjdbcBulk::cursor);
        all.putAll(PgjdbcCancels.all());
        all.put("ended by the target", BouncerClient::end);
        all.put("last", BouncerClient::look);
        return all;
    }

    private static void leave(Connection connection, JdbcTranscript out) throws Exception {
        try (Statement statement = connection.createStatement()) {
            out.execute(statement, "set work_mem = '7MB'");
            out.execute(statement, "show work_mem");
            out.execute(statement, "create temporary table left_behind (i int)");
            out.execute(statement, "prepare left_behind as select 1");
        }
    }

    private static void look(Connection connection, JdbcTranscript out) throws Exception {
        try (Statement statement = connection.createStatement()) {
            out.execute(statement, "show work_mem");
            out.execute(statement, "select * from left_behind");
            out.execute(statement, "execute left_behind");
            out.execute(statement, "select current_user, current_database()");
        }
    }

    private static void end(Connection connection, JdbcTranscript out) throws Exception {
        try (Statement statement = connection.createStatement()) {
            out.execute(statement, "select pg_terminate_backend(pg_backend_pid())");
        }
    }

    private Process start(String mode, int port, Endpoint endpoint) throws IOException {
        Files.createDirectories(directory);
        Path users = directory.resolve("users.txt");
        Files.writeString(users, "\"" + endpoint.user() + "\" \"" + endpoint.password() + "\"\n");
        Path settings = directory.resolve(mode + ".ini");
        Files.writeString(settings, """
                [databases]
                %s = host=%s port=%d
                [pgbouncer]
                listen_addr = %s
                listen_port = %d
                unix_socket_dir =
                auth_type = plain
                auth_file = %s
                pool_mode = %s
                default_pool_size = 2
                server_reset_query = DISCARD ALL
                server_reset_query_always = 1
                ignore_startup_parameters = extra_float_digits,options
                """.formatted(
                        endpoint.database(), Endpoint.HOST, endpoint.port(), Endpoint.HOST, port, users, mode));
        var command = new ArrayList<String>();
        if ("root".equals(System.getProperty("user.name"))) {
            command.addAll(List.of("unshare", "--user", "--")); // it refuses to be root
        }
        command.addAll(List.of("/usr/sbin/pgbouncer", settings.toString()));
        Process bouncer = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve(mode + ".log").toFile())
                .start();
        Awaitility.await().atMost(Duration.ofSeconds(20)).ignoreExceptions().until(() -> {
            new Socket(InetAddress.getLoopbackAddress(), port).close();
            return true;
        });
        return bouncer;
    }
}
