package org.countersign.system;

import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** One bash that runs command after command, as in somebody's terminal, in a directory where the script is. */
final class Shell implements AutoCloseable {
    private static final Duration LONGEST = Duration.ofMinutes(2);
    private final Process bash;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

    /** @param directory gets a link to the script */
    Shell(Gateway gateway, Path directory) throws IOException {
        Path script = directory.resolve("countersign");
        if (!Files.exists(script)) {
            Files.createSymbolicLink(
                    script, Path.of("..", "countersign").toAbsolutePath().normalize());
        }
        var builder = new ProcessBuilder("bash", "--noprofile", "--norc")
                .directory(directory.toFile())
                .redirectErrorStream(true);
        builder.environment().put("COUNTERSIGN_HOME", gateway.home().toString());
        builder.environment().put("COUNTERSIGN_PORT_OFFSET", Integer.toString(gateway.offset()));
        builder.environment().put("COUNTERSIGN_IN_TESTS", "yes");
        builder.environment().put("PSQLRC", "/dev/null");
        builder.environment().put("PGCLIENTENCODING", "UTF8");
        builder.environment().put("LC_ALL", "C.UTF-8");
        bash = builder.start();
        Thread.ofVirtual().start(this::read);
    }

    /** What a command printed, both streams, and its exit code. */
    record Printed(int exit, List<String> lines) {}

    /** @param heard sees each line as it comes */
    Printed run(String command, Consumer<String> heard) throws IOException, InterruptedException {
        String mark = "-- " + UUID.randomUUID() + " ";
        var out = bash.getOutputStream();
        out.write(("{\n" + command + "\n} </dev/null\nprintf '\\n%s\\n' \"" + mark + "$?\"\n")
                .getBytes(StandardCharsets.UTF_8));
        out.flush();
        var printed = new ArrayList<String>();
        Instant end = Instant.now().plus(LONGEST);
        while (true) {
            String line =
                    lines.poll(Math.max(1, Duration.between(Instant.now(), end).toMillis()), TimeUnit.MILLISECONDS);
            if (line == null) {
                throw new IllegalStateException("still running: " + command + "\n" + String.join("\n", printed));
            }
            if (line.startsWith(mark)) {
                while (!printed.isEmpty() && printed.getLast().isBlank()) {
                    printed.removeLast();
                }
                return new Printed(Integer.parseInt(line.substring(mark.length())), List.copyOf(printed));
            }
            heard.accept(line);
            printed.add(line);
        }
    }

    private void read() {
        try (var in =
                new java.io.BufferedReader(new InputStreamReader(bash.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                lines.add(line);
            }
        } catch (IOException e) {
            lines.add("the shell is gone: " + e.getMessage());
        }
    }

    @Override
    public void close() {
        bash.descendants().forEach(ProcessHandle::destroy);
        bash.destroy();
    }
}
