package org.countersign.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.countersign.journal.Entry;
import org.countersign.journal.Journal;
import org.countersign.journal.JournalLimits;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Microseconds until frames of 512 bytes are durable: one alone, and with sixteen sessions that share commits one each
 * and four each, as a command has.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 5, time = 1)
public class JournalBenchmark {
    private static final byte RECEIVED = 2;
    private final byte[] payload = new byte[512];
    private final List<Entry> frames = Collections.nCopies(4, new Entry(RECEIVED, payload));
    private @Nullable Path directory;
    private @Nullable Journal journal;

    /** A session of its own for each thread. */
    @State(Scope.Thread)
    public static class Session {
        final UUID id = UUID.randomUUID();
    }

    @Setup
    public void open() throws IOException {
        directory = Files.createTempDirectory(Path.of("."), "journal-bench");
        journal = Journal.open(directory, JournalLimits.defaults());
    }

    @TearDown
    public void close() throws IOException {
        if (journal != null) {
            journal.close();
        }
        if (directory != null) {
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    @Benchmark
    @Threads(1)
    public Object oneSession(Session session) {
        return append(session);
    }

    @Benchmark
    @Threads(16)
    public Object sixteenSessions(Session session) {
        return append(session);
    }

    @Benchmark
    @Threads(16)
    public Object sixteenSessionsOfFourFrames(Session session) {
        opened().append(session.id, frames).toCompletableFuture().join();
        return session;
    }

    private Object append(Session session) {
        opened().append(session.id, RECEIVED, payload).toCompletableFuture().join();
        return session;
    }

    private Journal opened() {
        Journal open = journal;
        if (open == null) {
            throw new IllegalStateException("not open");
        }
        return open;
    }
}
