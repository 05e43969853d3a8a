package org.countersign.server;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.countersign.cli.Traffic;
import org.jspecify.annotations.Nullable;

/** {@code demo [--detach]}, {@code stop} and {@code status} of the script {@code countersign}. */
public final class Launcher {

    private static final int FAILED = 1;
    private static final int USAGE = 2;
    private static final int NOT_RUNNING = 3;
    private static final String STATUS_FOR = "status --token-from ";
    private static final long STOP_SECONDS = 120;
    private static final Duration LOOK_EVERY = Duration.ofMillis(200);

    private final Settings settings;
    private final Progress progress;

    private Launcher(Settings settings, Progress progress) {
        this.settings = settings;
        this.progress = progress;
    }

    public static void main(String[] arguments) {
        int code;
        try {
            Launcher launcher = new Launcher(Settings.of(System.getenv()), new Progress(System.out));
            String command = String.join(" ", arguments);
            code = switch (command) {
                case "demo" -> launcher.demo();
                case "demo --detach" -> launcher.detach();
                case "stop" -> launcher.stop();
                case "status" -> launcher.status(Optional.empty());
                default ->
                    command.startsWith(STATUS_FOR)
                            ? launcher.status(Optional.of(command.substring(STATUS_FOR.length())))
                            : usage();
            };
        } catch (LaunchException e) {
            System.err.println("countersign: " + e.getMessage());
            code = FAILED;
        }
        System.exit(code);
    }

    private static int usage() {
        System.err.println("usage: demo [--detach] | stop | status [--token-from SOURCE]");
        return USAGE;
    }

    /** Starts everything and stays until it is told to stop or a part ends by itself. */
    private int demo() {
        Installation installation = new Installation(settings, progress);
        AtomicBoolean stopping = new AtomicBoolean();
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            stopping.set(true);
                            installation.stop();
                        },
                        "stop"));
        try {
            installation.start();
        } catch (LaunchException e) {
            return report(stopping, e.getMessage());
        }
        progress.print(new Welcome(settings).text());
        progress.step("countersign", "running; Ctrl-C or ./countersign stop ends it");
        Optional<String> fallen = installation.fallen();
        while (fallen.isEmpty()) {
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
            fallen = installation.fallen();
        }
        return report(stopping, fallen.get() + " ended by itself; its log is in " + settings.logs());
    }

    /** What ends because everything is being stopped is no news. */
    private static int report(AtomicBoolean stopping, @Nullable String failure) {
        if (!stopping.get()) {
            System.err.println("countersign: " + failure);
        }
        return FAILED;
    }

    /** Lets a process of its own do {@link #demo} and shows what it says until everything answers. */
    private int detach() {
        PrivateFile.directory(settings.home());
        PrivateFile.directory(settings.logs());
        PrivateFile.directory(settings.run());
        runningLauncher().ifPresent(launcher -> {
            throw new LaunchException("already running (process " + launcher.pid()
                    + "): ./countersign status shows it, ./countersign stop ends it");
        });
        Path log = settings.logs().resolve("launcher.log");
        Path ready = settings.run().resolve("ready");
        try {
            Files.deleteIfExists(ready);
            Process background = new ProcessBuilder(List.of(
                            "setsid",
                            JavaServer.java(),
                            "-Xmx128m",
                            "-cp",
                            System.getProperty("java.class.path"),
                            Launcher.class.getName(),
                            "demo"))
                    .redirectErrorStream(true)
                    .redirectInput(Path.of("/dev/null").toFile())
                    .redirectOutput(log.toFile())
                    .start();
            return follow(background, log, ready);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private int follow(Process background, Path log, Path ready) throws IOException {
        try (RandomAccessFile output = new RandomAccessFile(log.toFile(), "r")) {
            while (background.isAlive() && !Files.exists(ready)) {
                show(output);
                LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
            }
            if (background.isAlive()) {
                LockSupport.parkNanos(Duration.ofMillis(500).toNanos());
            }
            show(output);
            return background.isAlive() ? 0 : FAILED;
        }
    }

    private void show(RandomAccessFile output) throws IOException {
        byte[] fresh = new byte[(int) (output.length() - output.getFilePointer())];
        output.readFully(fresh);
        progress.print(new String(fresh, StandardCharsets.UTF_8));
    }

    private int stop() {
        Optional<ProcessHandle> launcher = runningLauncher();
        launcher.ifPresent(running -> {
            progress.step("countersign", "stopping process " + running.pid());
            ChildProcesses.stop(running, STOP_SECONDS);
        });
        Installation.parts(settings, progress).reversed().forEach(Part::stopLeftover);
        try {
            Files.deleteIfExists(Installation.pidFile(settings));
            Files.deleteIfExists(settings.run().resolve("ready"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        progress.step("countersign", launcher.isPresent() ? "stopped" : "was not running");
        return 0;
    }

    /** @param tokenFrom where the token of an administrator or auditor is, if it is not login's */
    private int status(Optional<String> tokenFrom) {
        boolean running = runningLauncher().isPresent();
        boolean healthy = true;
        for (Part part : Installation.parts(settings, progress)) {
            boolean answers = running && part.healthy();
            healthy &= answers;
            System.out.printf("%-10s %-12s %s%n", part.name(), answers ? "up" : "down", part.address());
        }
        JournalDisk disk = JournalDisk.of(settings.journal());
        healthy &= disk.recordable();
        System.out.printf("%-10s %-12s %s%n", "journal", disk.word(), disk);
        if (running && healthy) {
            show(Traffic.now(tokenFrom));
        }
        if (!running) {
            System.out.println("not running (" + settings.home() + ")");
            return NOT_RUNNING;
        }
        return healthy ? 0 : FAILED;
    }

    private static void show(Traffic traffic) {
        switch (traffic) {
            case Traffic.Known known -> {
                System.out.printf("%-10s %-12d %d signed in%n", "clients", known.connections(), known.sessions());
                System.out.printf("%-10s %-12d %s%n", "held", known.held(), "commands that wait for approval");
            }
            case Traffic.Unknown unknown -> System.out.printf("%-10s %-12s %s%n", "clients", "unknown", unknown.why());
        }
    }

    private Optional<ProcessHandle> runningLauncher() {
        try {
            long pid = Long.parseLong(
                    Files.readString(Installation.pidFile(settings)).strip());
            return ChildProcesses.identified(pid, Launcher.class.getName());
        } catch (IOException | NumberFormatException e) {
            return Optional.empty();
        }
    }
}
