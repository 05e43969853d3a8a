package org.countersign.connector.clients;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** One run of an installed client, in a directory of its own. */
final class Program {
    private static final Duration LONGEST = Duration.ofMinutes(5);

    private Program() {}

    /**
     * Runs to the end and returns what was printed, errors among the rest as on a terminal, and the exit code.
     *
     * @throws IllegalStateException when it is not installed or does not end
     */
    static String printed(Path directory, Endpoint endpoint, List<String> command)
            throws IOException, InterruptedException {
        Files.createDirectories(directory);
        Path output = directory.resolve("printed");
        var builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().keySet().removeIf(variable -> variable.startsWith("PG"));
        builder.environment().putAll(environment(endpoint));
        Process process = builder.start();
        process.getOutputStream().close();
        if (!process.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            throw new IllegalStateException(command + " does not end:\n" + tail(output));
        }
        return read(output) + "\nexit code " + process.exitValue();
    }

    private static Map<String, String> environment(Endpoint endpoint) {
        return Map.of(
                "PGHOST",
                Endpoint.HOST,
                "PGPORT",
                Integer.toString(endpoint.port()),
                "PGUSER",
                endpoint.user(),
                "PGPASSWORD",
                endpoint.password(),
                "PGDATABASE",
                endpoint.database(),
                "PGCONNECT_TIMEOUT",
                "20",
                "LC_ALL",
                "C.UTF-8",
                "TZ",
                "UTC");
    }

    private static String tail(Path output) throws IOException {
        String text = read(output);
        return text.substring(Math.max(0, text.length() - 2000));
    }

    private static String read(Path output) throws IOException {
        return new String(Files.readAllBytes(output), StandardCharsets.UTF_8);
    }
}
