package org.countersign.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Starts processes that die with this one, even when this one is killed.
 *
 * <p>Each gets a session of its own: Ctrl-C reaches the launcher alone, which stops them in order. The kernel sends the parent-death signal when the <em>thread</em> that forked ends, so one thread forks for everybody
 * and lives as long as the process.
 */
final class ChildProcesses {

    private static final Path SETPRIV = Path.of("/usr/bin/setpriv");

    private static final ExecutorService FORKER = Executors.newSingleThreadExecutor(
            work -> Thread.ofPlatform().daemon().name("forker").unstarted(work));

    private ChildProcesses() {}

    /** Starts the builder's command so that it gets {@code signal} (INT, TERM, KILL) when this process ends in any way. */
    static Process start(ProcessBuilder builder, String signal) {
        if (!Files.isExecutable(SETPRIV)) {
            throw new LaunchException("need " + SETPRIV + " (package util-linux) so that no process is left behind");
        }
        List<String> command = new ArrayList<>(List.of("setsid", SETPRIV.toString(), "--pdeathsig", signal, "--"));
        command.addAll(builder.command());
        builder.command(command);
        try {
            return FORKER.submit(builder::start).get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException cause) {
                throw new UncheckedIOException(cause);
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LaunchException(
                    "interrupted while starting " + builder.command().getFirst(), e);
        }
    }

    /** Returns whether it ended within the time; an interrupt counts as no. */
    static boolean ended(Process process, long seconds) {
        try {
            return process.waitFor(seconds, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /**
     * Returns the running process that has this id and names {@code mark} on its command line: process ids are reused, so
     * an id from a file proves nothing by itself.
     */
    static Optional<ProcessHandle> identified(long pid, String mark) {
        try {
            String line = Files.readString(Path.of("/proc", Long.toString(pid), "cmdline"))
                    .replace('\0', ' ');
            return line.contains(mark) ? ProcessHandle.of(pid) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Asks it to end, then kills it when it has not after {@code seconds}. */
    static void stop(ProcessHandle process, long seconds) {
        process.destroy();
        awaitEnd(process, seconds);
    }

    /** Waits for its end and kills it when it has not come after {@code seconds}. */
    static void awaitEnd(ProcessHandle process, long seconds) {
        try {
            process.onExit().get(seconds, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        } catch (ExecutionException | TimeoutException e) {
            process.destroyForcibly();
        }
    }
}
