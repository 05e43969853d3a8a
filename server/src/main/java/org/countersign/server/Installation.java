package org.countersign.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** Everything that runs for one home directory, in the order in which it starts; it stops in the opposite one. */
final class Installation {

    private static final long MIN_FREE_BYTES = 2L << 30;

    private final Settings settings;
    private final Progress progress;
    private final List<Part> parts;
    private @Nullable FileLock lock;
    private boolean stopped;

    Installation(Settings settings, Progress progress) {
        this.settings = settings;
        this.progress = progress;
        this.parts = parts(settings, progress);
    }

    List<Part> parts() {
        return parts;
    }

    /** Starts everything and returns when everything answers; stops what it started when something does not. */
    void start() {
        PrivateFile.directory(settings.home());
        PrivateFile.directory(settings.logs());
        PrivateFile.directory(settings.run());
        lock = lock(settings.run().resolve("lock"));
        PrivateFile.write(
                pidFile(settings), Long.toString(ProcessHandle.current().pid()));
        parts.reversed().forEach(Part::stopLeftover);
        requireSpace(settings.home());
        requireSpace(Build.root());
        ports().forEach(port -> PortCheck.requireFree(port.label(), settings.port(port)));
        if (settings.demo()) {
            DemoSecrets.write(settings);
        }
        settings.store().ifPresent(external -> Migrations.run(external, progress));
        prepareDistributions();
        parts.forEach(Part::start);
        parts.forEach(Part::awaitReadiness);
        PrivateFile.write(settings.run().resolve("ready"), "");
    }

    /** Starts again what ended by itself and can be; returns the name of the first part that stays ended, if one does. */
    synchronized Optional<String> fallen() {
        return parts.stream()
                .filter(part -> !part.alive() && !revived(part))
                .map(Part::name)
                .findFirst();
    }

    private boolean revived(Part part) {
        boolean revived = !stopped && part.revived();
        if (revived) {
            progress.step(part.name(), "ended by itself, started again");
        }
        return revived;
    }

    synchronized void stop() {
        stopped = true;
        for (Part part : parts.reversed()) {
            if (part.alive()) {
                progress.step(part.name(), "stopping");
            }
            part.stop();
        }
        forget();
    }

    /** Removes what says that it runs, if it is us that run. */
    private void forget() {
        FileLock held = lock;
        if (held == null) {
            return;
        }
        lock = null;
        try {
            Files.deleteIfExists(settings.run().resolve("ready"));
            Files.deleteIfExists(pidFile(settings));
            held.acquiredBy().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Path pidFile(Settings settings) {
        return settings.run().resolve("launcher.pid");
    }

    static List<Part> parts(Settings settings, Progress progress) {
        List<Part> parts = new ArrayList<>();
        if (settings.issuer().isEmpty()) {
            parts.add(new KeycloakPart(settings, progress));
        }
        if (settings.store().isEmpty()) {
            parts.add(new StorePart(settings, progress));
        }
        if (settings.demo()) {
            parts.add(new DemoTargetPart(settings, progress));
        }
        parts.add(new GatewayPart(settings, progress));
        return List.copyOf(parts);
    }

    private List<Port> ports() {
        List<Port> ports = new ArrayList<>(List.of(Port.values()));
        if (settings.issuer().isPresent()) {
            ports.remove(Port.KEYCLOAK);
        }
        if (settings.store().isPresent()) {
            ports.remove(Port.STORE);
        }
        if (!settings.demo()) {
            ports.remove(Port.DEMO_TARGET);
        }
        return ports;
    }

    /** Both take half a minute the first time; side by side they do not add up. */
    private void prepareDistributions() {
        CompletableFuture<Void> wildfly = CompletableFuture.runAsync(() -> Distribution.wildfly(progress));
        try {
            if (settings.issuer().isEmpty()) {
                Distribution.keycloak(progress);
            }
        } finally {
            try {
                wildfly.join();
            } catch (CompletionException e) {
                if (e.getCause() instanceof LaunchException cause) {
                    throw cause;
                }
                throw e;
            }
        }
    }

    private static FileLock lock(Path file) {
        try {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = channel.tryLock();
            if (lock == null) {
                throw new LaunchException("already running: ./countersign status shows it, ./countersign stop ends it");
            }
            return lock;
        } catch (OverlappingFileLockException e) {
            throw new LaunchException("already running in this process", e);
        } catch (IOException e) {
            throw new LaunchException("cannot lock " + file + ": " + e.getMessage(), e);
        }
    }

    private static void requireSpace(Path directory) {
        try {
            long free = Files.getFileStore(directory).getUsableSpace();
            if (free < MIN_FREE_BYTES) {
                throw new LaunchException(
                        "not enough disk space for " + directory + ": " + (free >> 20) + " MB free, 2048 MB needed");
            }
        } catch (IOException e) {
            throw new LaunchException("cannot see the disk space of " + directory + ": " + e.getMessage(), e);
        }
    }
}
