package org.countersign.journal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The writing side of a journal; one per directory, for all threads. One thread of its own writes: all that waits is
 * written together, forced to the disk once, and only then acknowledged. A segment whose write or force failed is never
 * written to again: what was on its way fails, and a new segment is tried, at most once per interval, until one can be
 * started.
 */
public final class Journal implements Closeable {
    private static final System.Logger LOG = System.getLogger(Journal.class.getName());
    private static final long UNKNOWN = Long.MAX_VALUE;
    private static final Duration RETRY = Duration.ofSeconds(1);

    /** How long frames wait for others that nobody waits for. */
    private static final Duration PATIENCE = Duration.ofMillis(1);

    private final JournalLimits limits;
    private final SegmentStore store;
    private final AppendQueue queue;
    private final long retryNanos;
    private final Thread thread;
    private final CountDownLatch firstAttempt = new CountDownLatch(1);
    private long nextAttempt = System.nanoTime();
    private long nextSpaceCheck = nextAttempt;
    private volatile @Nullable Exception trouble;
    private volatile long freeBytes = UNKNOWN;
    private volatile Consumer<JournalState> watcher = state -> {};

    private Journal(JournalLimits limits, SegmentStore store, Duration retry) {
        this.limits = limits;
        this.store = store;
        queue = new AppendQueue(limits.maxQueuedBytes(), PATIENCE);
        retryNanos = retry.toNanos();
        thread = new Thread(this::run, "countersign-journal");
        thread.setDaemon(true);
    }

    /**
     * Opens a journal and repairs its end. A directory that cannot be written to gives a journal that is not writable
     * and heals by itself when the directory does.
     */
    public static Journal open(Path directory, JournalLimits limits) {
        return open(directory, limits, Storage.disk(), Clock.systemUTC(), RETRY);
    }

    static Journal open(Path directory, JournalLimits limits, Storage storage, Clock clock, Duration retry) {
        Journal journal =
                new Journal(limits, new SegmentStore(new SegmentDirectory(directory), limits, storage, clock), retry);
        journal.thread.start();
        try {
            journal.firstAttempt.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return journal;
    }

    /** Records one frame, as {@link #append(UUID, List)} does. */
    public CompletionStage<Void> append(UUID session, byte type, byte[] payload) {
        return append(session, List.of(new Entry(type, payload)));
    }

    /** Records frames as {@link #append(UUID, List, Executor, Haste)} does; completes on the journal's thread, not to be kept. */
    public CompletionStage<Void> append(UUID session, List<Entry> frames) {
        return append(session, frames, Runnable::run, Haste.AT_ONCE);
    }

    /**
     * Records frames behind all frames of the session appended before. A frame of type 8 ends the session.
     *
     * @param frames at least one; not to be changed afterwards
     * @param haste whether anybody waits for them already
     * @param on where the result is told, unless the frames are refused at once; what becomes durable together is told
     *     in one task, so that it is woken once
     * @return completes when all of the frames are durable, after everything that was appended before; exceptionally
     *     with a {@link JournalException} when they do not count
     */
    public CompletionStage<Void> append(UUID session, List<Entry> frames, Executor on, Haste haste) {
        if (frames.isEmpty()) {
            throw new IllegalArgumentException("nothing to append");
        }
        Append append = new Append(session, frames, on, haste);
        try {
            check(frames);
            queue.add(append);
        } catch (JournalException e) {
            append.durable().completeExceptionally(e);
        }
        return append.durable();
    }

    /** Whether an append would be accepted now, as far as one can know without trying. */
    public boolean writable() {
        return trouble == null && thread.isAlive() && !queue.full();
    }

    /** How it stands now, as far as one can know without trying. */
    public JournalState state() {
        long free = freeBytes;
        return new JournalState(writable(), free == UNKNOWN ? 0 : free, free < limits.lowFreeBytes());
    }

    /**
     * @param watcher called about every second, on the journal's thread, which must not be kept; replaces the one before
     */
    public void watch(Consumer<JournalState> watcher) {
        this.watcher = watcher;
    }

    /** Writes what waits, then closes. Later appends fail. */
    @Override
    public void close() {
        queue.close();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void check(List<Entry> frames) {
        for (Entry frame : frames) {
            if (frame.payload().length > limits.maxFrameBytes()) {
                throw new JournalException(
                        "frame has " + frame.payload().length + " bytes, limit " + limits.maxFrameBytes());
            }
        }
    }

    private void run() {
        try (store) {
            heal();
            firstAttempt.countDown();
            while (!queue.exhausted()) {
                List<Append> batch = queue.take(retryNanos);
                if (batch.isEmpty()) {
                    heal();
                } else {
                    write(batch);
                }
            }
        } catch (InterruptedException | IOException e) {
            LOG.log(System.Logger.Level.ERROR, "journal ended", e);
        } finally {
            firstAttempt.countDown();
            refuse(queue.end(), new JournalException("the journal is closed"));
        }
    }

    /** Once per interval when nobody appends: what is wrong is found and mended also then. */
    private void heal() {
        try {
            prepare();
        } catch (JournalException e) {
            note(e);
        } catch (IOException | RuntimeException e) {
            store.abandon();
            note(e);
        }
        tell();
    }

    private void write(List<Append> batch) {
        try {
            prepare();
            store.write(batch);
        } catch (IOException | RuntimeException | OutOfMemoryError e) {
            fail(batch, e);
            return;
        }
        queue.done(batch);
        Settlement.settle(batch, null);
    }

    /** Leaves a segment open and room on the disk, or throws. */
    private void prepare() throws IOException {
        long now = System.nanoTime();
        Exception known = trouble;
        if (!store.isOpen()) {
            if (now < nextAttempt && known != null) {
                throw new JournalException("the journal cannot be written to", known);
            }
            nextAttempt = now + retryNanos;
            store.open();
            nextSpaceCheck = now;
        }
        if (now >= nextSpaceCheck) {
            checkSpace();
            nextSpaceCheck = now + retryNanos;
        }
        if (known != null) {
            LOG.log(System.Logger.Level.INFO, "journal is writable again");
        }
        trouble = null;
    }

    private void checkSpace() throws IOException {
        try {
            store.checkSpace();
        } finally {
            freeBytes = store.freeBytes();
        }
        tell();
    }

    private void tell() {
        try {
            watcher.accept(state());
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "a watcher of the journal failed", e);
        }
    }

    private void fail(List<Append> batch, Throwable cause) {
        if (!(cause instanceof JournalException)) {
            store.abandon();
            nextAttempt = System.nanoTime();
        }
        JournalException refusal = refusal(cause);
        note(refusal);
        refuse(batch, refusal);
        refuse(queue.drain(), refusal);
    }

    private void refuse(List<Append> appends, JournalException refusal) {
        queue.done(appends);
        Settlement.settle(appends, refusal);
    }

    private void note(Exception cause) {
        if (trouble == null) {
            LOG.log(System.Logger.Level.ERROR, "journal cannot be written to", cause);
        }
        trouble = cause;
    }

    private static JournalException refusal(Throwable cause) {
        return cause instanceof JournalException known
                ? known
                : new JournalException("the journal could not record: " + cause, cause);
    }
}
