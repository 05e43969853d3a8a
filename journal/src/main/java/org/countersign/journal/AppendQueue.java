package org.countersign.journal;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * What waits for the journal's thread, in order and bounded. Any thread may add, and none of them ever waits for another;
 * the journal's thread is woken only when it sleeps. Taking is the journal's thread's alone.
 */
final class AppendQueue {
    /** What is written and forced at once, unless a single append is larger. */
    private static final int BATCH_BYTES = 1 << 20;

    /** An append that takes more than this part of the queue is large: the last quarter is not for it. */
    private static final int LARGE_PART = 256;

    private static final Append CLOSED = new Append(new UUID(0, 0), List.of(), Runnable::run);

    /** The newest one not taken, linked to the older ones; {@link #CLOSED} once nothing will be taken any more. */
    private final AtomicReference<@Nullable Append> newest = new AtomicReference<>();

    private final AtomicLong bytes = new AtomicLong();
    private final AtomicBoolean asleep = new AtomicBoolean();
    private final Deque<Append> taken = new ArrayDeque<>();
    private final long maxBytes;
    private volatile boolean closed;
    private volatile @Nullable Thread sleeper;

    AppendQueue(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** @throws JournalException when the queue is full or closed */
    void add(Append append) {
        if (closed) {
            throw new JournalException("the journal is closed");
        }
        reserve(append.bytes());
        Append head;
        do {
            head = newest.get();
            if (head == CLOSED) {
                throw new JournalException("the journal is closed");
            }
            append.next = head;
        } while (!newest.compareAndSet(head, append));
        wake();
    }

    boolean full() {
        return bytes.get() >= maxBytes;
    }

    /**
     * Waits for appends.
     *
     * @param nanos how long at most; 0 waits for ever
     * @return the next ones; empty when the time is over, or when the queue is closed and has no more
     */
    List<Append> take(long nanos) throws InterruptedException {
        if (taken.isEmpty()) {
            await(nanos);
        }
        collect(newest.getAndSet(null));
        return batch();
    }

    /** Takes all that waits. */
    List<Append> drain() {
        return drain(null);
    }

    /** Takes all that waits; whatever comes later is refused. */
    List<Append> end() {
        closed = true;
        return drain(CLOSED);
    }

    /** Gives the room of appends back that were taken. */
    void done(List<Append> taken) {
        long room = 0;
        for (Append append : taken) {
            room += append.bytes();
        }
        bytes.addAndGet(-room);
    }

    void close() {
        closed = true;
        wake();
    }

    boolean exhausted() {
        return closed && taken.isEmpty() && newest.get() == null;
    }

    private List<Append> drain(@Nullable Append then) {
        collect(newest.getAndSet(then));
        List<Append> all = new ArrayList<>(taken);
        taken.clear();
        return all;
    }

    private void reserve(int more) {
        long limit = more > maxBytes / LARGE_PART ? maxBytes / 4 * 3 : maxBytes;
        long before;
        do {
            before = bytes.get();
            if (before + more > limit && before > 0) {
                throw new JournalException("the journal is behind by " + before + " bytes, limit " + limit);
            }
        } while (!bytes.compareAndSet(before, before + more));
    }

    private void await(long nanos) throws InterruptedException {
        sleeper = Thread.currentThread();
        long until = System.nanoTime() + nanos;
        while (newest.get() == null && !closed) {
            long left = nanos == 0 ? Long.MAX_VALUE : until - System.nanoTime();
            if (left <= 0) {
                return;
            }
            asleep.set(true);
            if (newest.get() == null && !closed) {
                LockSupport.parkNanos(this, left);
            }
            asleep.set(false);
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        }
    }

    private void wake() {
        if (asleep.get() && asleep.compareAndSet(true, false)) {
            LockSupport.unpark(sleeper);
        }
    }

    /** Moves what came in, which is linked newest first, behind what was taken before. */
    private void collect(@Nullable Append head) {
        Append turned = null;
        for (Append rest = head; rest != null && rest != CLOSED; ) {
            Append older = rest.next;
            rest.next = turned;
            turned = rest;
            rest = older;
        }
        while (turned != null) {
            taken.add(turned);
            turned = turned.next;
        }
    }

    private List<Append> batch() {
        List<Append> batch = new ArrayList<>(taken.size());
        long size = 0;
        while (!taken.isEmpty() && (batch.isEmpty() || size + taken.getFirst().bytes() <= BATCH_BYTES)) {
            Append append = taken.removeFirst();
            size += append.bytes();
            batch.add(append);
        }
        return batch;
    }
}
