package org.countersign.system;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** Debian's PgBouncer in front of the gateway, with two connections that sign in with the principal's token. */
final class Pooler implements AutoCloseable {
    private final int port;
    private final String principal;
    private final String token;
    private final Process process;

    /** @param mode {@code session} or {@code transaction} */
    Pooler(Gateway gateway, Path directory, String principal, String mode) throws IOException {
        this.principal = principal;
        token = gateway.token(principal);
        port = freePort();
        Path users = directory.resolve(mode + ".users");
        Files.writeString(users, "\"" + principal + "\" \"" + token + "\"\n");
        Path settings = directory.resolve(mode + ".ini");
        Files.writeString(settings, """
                [databases]
                * = host=127.0.0.1 port=%d
                [pgbouncer]
                listen_addr = 127.0.0.1
                listen_port = %d
                unix_socket_dir =
                auth_type = plain
                auth_file = %s
                pool_mode = %s
                default_pool_size = 2
                ignore_startup_parameters = extra_float_digits
                """.formatted(gateway.postgresPort(), port, users, mode));
        var command = new ArrayList<String>();
        if ("root".equals(System.getProperty("user.name"))) {
            command.addAll(List.of("unshare", "--user", "--")); // it refuses to be root
        }
        command.addAll(List.of("/usr/sbin/pgbouncer", settings.toString()));
        process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve(mode + ".log").toFile())
                .start();
        Awaitility.await().atMost(Duration.ofSeconds(20)).ignoreExceptions().until(() -> {
            new Socket(InetAddress.getLoopbackAddress(), port).close();
            return true;
        });
    }

    Connection connect(String target) throws SQLException {
        var properties = new Properties();
        properties.setProperty("user", principal);
        properties.setProperty("password", token);
        properties.setProperty("prepareThreshold", "0");
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port + "/" + target, properties);
    }

    private static int freePort() throws IOException {
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }
}
