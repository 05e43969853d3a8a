package org.countersign.system;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Starts the product once for the whole run, by the command of the README, and gives it to tests as a parameter. Stops it
 * after the last test.
 */
final class RunningGateway implements BeforeAllCallback, AfterAllCallback, ParameterResolver {
    private static final int OFFSET = 2100;
    private static final int START_MINUTES = 12;

    /** What runs, and how it ends. */
    record Running(Gateway gateway) {
        void close() throws Exception {
            gateway.lab().close();
            countersign(gateway.home(), OFFSET, Map.of(), "stop");
        }
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        if (inContainer()) {
            return;
        }
        running(context);
    }

    /** What a test that failed left waiting would be seen by others; without its client a held command is withdrawn. */
    @Override
    public void afterAll(ExtensionContext context) {
        ProcessHandle.current()
                .children()
                .filter(child -> child.info().command().orElse("").endsWith("/psql"))
                .forEach(ProcessHandle::destroyForcibly);
    }

    /** Whether this is the container's side of a test. */
    static boolean inContainer() {
        return System.getProperty("jboss.server.name") != null;
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Gateway.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return running(context).gateway();
    }

    private static Running running(ExtensionContext context) {
        return context.getRoot()
                .getStore(ExtensionContext.Namespace.create(RunningGateway.class))
                .computeIfAbsent("attempt", key -> new Attempt(), Attempt.class)
                .running();
    }

    /** The one start of a run: when it fails, every test says why, and none tries again. */
    private static final class Attempt implements AutoCloseable {
        private final java.util.concurrent.FutureTask<Running> start =
                new java.util.concurrent.FutureTask<>(RunningGateway::start);

        Running running() {
            start.run();
            if (start.state() == java.util.concurrent.Future.State.FAILED) {
                throw new IllegalStateException("the gateway did not start", start.exceptionNow());
            }
            return start.resultNow();
        }

        @Override
        public void close() throws Exception {
            if (start.state() == java.util.concurrent.Future.State.SUCCESS) {
                start.resultNow().close();
            }
        }
    }

    private static Running start() {
        Path home = Path.of("target", "home").toAbsolutePath();
        try {
            countersign(home, OFFSET, Map.of(), "stop");
            deleteTree(home);
            Output started = countersign(home, OFFSET, Map.of(), "demo", "--detach");
            if (started.exit() != 0) {
                throw new IllegalStateException("the gateway did not start:\n" + started.text());
            }
            System.setProperty("countersign.wildfly", wildfly().toString());
            System.setProperty("countersign.management", Integer.toString(9990 + OFFSET));
            Lab lab = lab(Path.of("target", "lab").toAbsolutePath());
            var gateway = new Gateway(home, OFFSET, lab);
            new TestClients(gateway).create();
            LabPolicy.publish(gateway);
            return new Running(gateway);
        } catch (Exception e) {
            countersign(home, OFFSET, Map.of(), "stop");
            throw new IllegalStateException(e);
        }
    }

    private static Lab lab(Path directory) throws IOException, java.sql.SQLException {
        deleteTree(directory);
        return new Lab(directory, OFFSET).start();
    }

    private static Path wildfly() throws IOException {
        try (var distributions = Files.list(
                Path.of("..", "server", "target", "dist").toAbsolutePath().normalize())) {
            return distributions
                    .filter(path -> Files.isDirectory(path)
                            && path.getFileName().toString().matches("wildfly-[0-9a-f]+"))
                    .max(java.util.Comparator.comparing(path -> path.toFile().lastModified()))
                    .orElseThrow();
        }
    }

    /** What a command printed, both streams, and its exit code. */
    record Output(int exit, String text) {}

    /** Runs the command of the README in the repository's root. */
    static Output countersign(Path home, int offset, Map<String, String> environment, String... arguments) {
        try {
            Path root = Path.of("..").toAbsolutePath().normalize();
            var command = new java.util.ArrayList<>(
                    java.util.List.of("bash", root.resolve("countersign").toString()));
            command.addAll(java.util.List.of(arguments));
            Path log = Files.createTempFile("countersign", ".log");
            var builder = new ProcessBuilder(command)
                    .directory(root.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile());
            builder.environment().put("COUNTERSIGN_HOME", home.toString());
            builder.environment().put("COUNTERSIGN_PORT_OFFSET", Integer.toString(offset));
            builder.environment().putAll(environment);
            Process process = builder.start();
            process.getOutputStream().close();
            if (!process.waitFor(START_MINUTES, TimeUnit.MINUTES)) {
                process.destroyForcibly();
            }
            String text = Files.readString(log, StandardCharsets.UTF_8);
            Files.delete(log);
            return new Output(process.exitValue(), text);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    static void deleteTree(Path tree) throws IOException {
        if (Files.exists(tree)) {
            try (var files = Files.walk(tree)) {
                for (Path file :
                        files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
