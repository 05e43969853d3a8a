package org.countersign.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** A disk of which the test says how much room it has, for where none can be mounted. */
public final class InjectedDisk implements Storage {
    private static final Duration RETRY = Duration.ofMillis(50);
    private final Storage real = Storage.disk();
    private final AtomicLong room;

    public InjectedDisk(long bytes) {
        room = new AtomicLong(bytes);
    }

    public void grow(long bytes) {
        room.addAndGet(bytes);
    }

    /** A journal whose segments are made on this disk. */
    public Journal open(Path directory, JournalLimits limits) {
        return Journal.open(directory, limits, this, Clock.systemUTC(), RETRY);
    }

    @Override
    public SegmentFile create(Path file, long zeros) throws IOException {
        if (room.addAndGet(-zeros) < 0) {
            room.addAndGet(zeros);
            throw new IOException("No space left on device");
        }
        return real.create(file, zeros);
    }

    @Override
    public long usableBytes(Path directory) {
        return room.get();
    }
}
