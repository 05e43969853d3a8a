package org.countersign.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** A server in a Java process of its own. */
final class JavaServer {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

    private final String name;
    private final String mark;
    private final Path pidFile;
    private final Path output;
    private @Nullable Process process;

    /**
     * @param mark an argument that no other process has; tells ours from another with the same id
     * @param output gets what it prints
     */
    JavaServer(String name, String mark, Path pidFile, Path output) {
        this.name = name;
        this.mark = mark;
        this.pidFile = pidFile;
        this.output = output;
    }

    /** Runs this process's own Java with {@link #mark} and the arguments. */
    void start(List<String> arguments, Map<String, String> environment) {
        List<String> command = new ArrayList<>(List.of(java(), mark));
        command.addAll(arguments);
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        builder.environment().putAll(environment);
        Process started = ChildProcesses.start(builder, "TERM");
        process = started;
        PrivateFile.write(pidFile, Long.toString(started.pid()));
    }

    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    boolean alive() {
        Process running = process;
        return running != null && running.isAlive();
    }

    void stop(long seconds) {
        Process running = process;
        process = null;
        if (running != null) {
            ChildProcesses.stop(running.toHandle(), seconds);
        }
        deletePidFile();
    }

    void stopLeftover(long seconds) {
        try {
            long pid = Long.parseLong(Files.readString(pidFile).strip());
            ChildProcesses.identified(pid, mark).ifPresent(left -> ChildProcesses.stop(left, seconds));
        } catch (IOException | NumberFormatException e) {
            return;
        }
        deletePidFile();
    }

    /** Polls until it is ready; fails when the process ends or the time is over. */
    void await(Duration limit, BooleanSupplier ready, Path log) {
        Instant end = Instant.now().plus(limit);
        while (!ready.getAsBoolean()) {
            if (!alive()) {
                throw new LaunchException(name + " ended while starting:\n" + tail(log) + tail(output));
            }
            if (Instant.now().isAfter(end)) {
                throw new LaunchException(name + " does not answer after " + limit.toSeconds() + " s:\n" + tail(log));
            }
            LockSupport.parkNanos(Duration.ofMillis(250).toNanos());
        }
    }

    /** Returns the HTTP status at the address, 0 when nothing answers. */
    static int status(String url) {
        try {
            return HTTP.send(
                            HttpRequest.newBuilder(URI.create(url))
                                    .timeout(Duration.ofSeconds(10))
                                    .build(),
                            HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException e) {
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }

    static String tail(Path log) {
        try {
            String content = new String(Files.readAllBytes(log), StandardCharsets.UTF_8).strip();
            return content.substring(Math.max(0, content.length() - 3000)) + "\n(all of it: " + log + ")\n";
        } catch (IOException e) {
            return "";
        }
    }

    private void deletePidFile() {
        try {
            Files.deleteIfExists(pidFile);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
