package org.countersign.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A real PostgreSQL on 127.0.0.1 with fsync on and SCRAM-SHA-256 for everybody, whose state is one directory: {@code data}
 * (with {@code server.log} in it) and {@code superuser.password} (mode 0600). It ends with the process that started it,
 * even when that one is killed.
 *
 * <p>Start and stop are for one thread at a time.
 */
public final class PostgresServer implements AutoCloseable {

    public static final String SUPERUSER = "postgres";

    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final long STOP_SECONDS = 20;

    private final PostgresBinaries binaries;
    private final Path directory;
    private final int port;
    private @Nullable Process process;

    /**
     * @param directory holds all its state; created by the first start
     * @param port a free TCP port
     */
    public PostgresServer(PostgresBinaries binaries, Path directory, int port) {
        this.binaries = binaries;
        this.directory = directory.toAbsolutePath().normalize();
        this.port = port;
    }

    /**
     * Makes the cluster when there is none, starts the server and returns when it accepts connections.
     *
     * @throws LaunchException when it does not come up; the message says why
     */
    public PostgresServer start() {
        if (!Files.exists(data().resolve("PG_VERSION"))) {
            initialise();
        }
        stopLeftover(directory);
        List<String> command = unprivileged(
                "postgres",
                "-D",
                data().toString(),
                "-c",
                "listen_addresses=127.0.0.1",
                "-c",
                "port=" + port,
                "-c",
                "unix_socket_directories=",
                "-c",
                "fsync=on",
                "-c",
                "password_encryption=scram-sha-256",
                "-c",
                "max_connections=200",
                "-c",
                "timezone=UTC",
                "-c",
                "log_timezone=UTC");
        process = ChildProcesses.start(
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log().toFile()), "INT");
        awaitReadiness();
        return this;
    }

    /** Ends every session and stops the server (a fast shutdown); does nothing when it is not running. */
    public void stop() {
        Process running = process;
        if (running == null) {
            return;
        }
        process = null;
        interrupt(running.toHandle());
        if (!ChildProcesses.ended(running, STOP_SECONDS)) {
            running.destroyForcibly();
        }
    }

    @Override
    public void close() {
        stop();
    }

    public boolean running() {
        Process running = process;
        return running != null && running.isAlive();
    }

    public int port() {
        return port;
    }

    public String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    public String superuserPassword() {
        return PrivateFile.secret(directory.resolve("superuser.password"));
    }

    /** A connection as superuser; the caller closes it. */
    public Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(url(database), SUPERUSER, superuserPassword());
    }

    /** Stops the server that an earlier process started on this state directory and left behind, if there is one. */
    public static void stopLeftover(Path directory) {
        Path data = directory.toAbsolutePath().normalize().resolve("data");
        leftover(data).ifPresent(server -> {
            interrupt(server);
            ChildProcesses.awaitEnd(server, STOP_SECONDS);
        });
        endOrphans(data);
        try {
            Files.deleteIfExists(data.resolve("postmaster.pid"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Processes of a server whose first one was killed; they hold its shared memory and notice it by and by. */
    private static void endOrphans(Path data) {
        List<ProcessHandle> orphans = ProcessHandle.allProcesses()
                .filter(process -> process.info()
                        .command()
                        .filter(program -> program.endsWith("/postgres"))
                        .isPresent())
                .filter(process -> worksIn(process, data))
                .toList();
        orphans.forEach(ProcessHandle::destroyForcibly);
        orphans.forEach(orphan -> ChildProcesses.awaitEnd(orphan, STOP_SECONDS));
    }

    private static boolean worksIn(ProcessHandle process, Path data) {
        try {
            return Files.readSymbolicLink(Path.of("/proc", Long.toString(process.pid()), "cwd"))
                    .equals(data);
        } catch (IOException e) {
            return false;
        }
    }

    /** Returns the server that runs on the data directory, if one does. */
    static Optional<ProcessHandle> leftover(Path data) {
        try {
            long pid = Long.parseLong(Files.readAllLines(data.resolve("postmaster.pid"))
                    .getFirst()
                    .strip());
            return ChildProcesses.identified(pid, data.toString());
        } catch (IOException | NumberFormatException | java.util.NoSuchElementException e) {
            return Optional.empty();
        }
    }

    Path data() {
        return directory.resolve("data");
    }

    private Path log() {
        return data().resolve("server.log");
    }

    private void initialise() {
        PrivateFile.directory(directory);
        Directories.delete(data());
        superuserPassword();
        List<String> command = new ArrayList<>(unprivileged(
                "initdb",
                "-D",
                data().toString(),
                "-U",
                SUPERUSER,
                "--auth-local=scram-sha-256",
                "--auth-host=scram-sha-256",
                "--pwfile=" + directory.resolve("superuser.password"),
                "--encoding=UTF8",
                "--locale=C"));
        if (binaries.majorVersion() >= 17) {
            command.add("--locale-provider=builtin");
        }
        Path output = directory.resolve("initdb.log");
        Process initdb = ChildProcesses.start(
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile()), "KILL");
        if (!ChildProcesses.ended(initdb, START_LIMIT.toSeconds()) || initdb.exitValue() != 0) {
            initdb.destroyForcibly();
            Directories.delete(data());
            throw new LaunchException("initdb failed in " + directory + ":\n" + tail(output));
        }
    }

    /** PostgreSQL refuses to run as root; in a user namespace of its own without a mapping it is nobody. */
    private List<String> unprivileged(String program, String... arguments) {
        List<String> command = new ArrayList<>();
        if ("root".equals(System.getProperty("user.name"))) {
            command.addAll(List.of("unshare", "--user", "--"));
        }
        command.add(binaries.program(program));
        command.addAll(List.of(arguments));
        return command;
    }

    private void awaitReadiness() {
        Instant limit = Instant.now().plus(START_LIMIT);
        while (true) {
            if (!running()) {
                stop();
                throw new LaunchException("PostgreSQL on port " + port + " did not start:\n" + tail(log()));
            }
            try (Connection ready = connect("postgres")) {
                if (ready.isValid(5)) {
                    return;
                }
            } catch (SQLException e) {
                if (Instant.now().isAfter(limit)) {
                    stop();
                    throw new LaunchException("PostgreSQL on port " + port + " does not answer: " + e.getMessage(), e);
                }
            }
            java.util.concurrent.locks.LockSupport.parkNanos(
                    Duration.ofMillis(50).toNanos());
        }
    }

    /** SIGINT is a fast shutdown; SIGTERM would wait for the clients to leave. */
    private static void interrupt(ProcessHandle server) {
        try {
            new ProcessBuilder("kill", "-INT", Long.toString(server.pid()))
                    .start()
                    .waitFor();
        } catch (IOException e) {
            server.destroy();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            server.destroy();
        }
    }

    private static String tail(Path log) {
        try {
            String content = new String(Files.readAllBytes(log), StandardCharsets.UTF_8).strip();
            return content.substring(Math.max(0, content.length() - 1500));
        } catch (IOException e) {
            return "(no log: " + e.getMessage() + ")";
        }
    }
}
