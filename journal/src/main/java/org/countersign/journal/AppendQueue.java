package org.countersign.journal;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
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

    private static final Append CLOSED = new Append(new UUID(0, 0), List.of(), Runnable::run, Haste.AT_ONCE);

    /** What the journal's thread does, for those who may have to wake it. */
    private enum Sleep {
        /** It works, and looks into the queue before it sleeps. */
        NONE,
        /** It waits out the patience of what is in the queue. */
        LIGHT,
        /** Nothing is in the queue. */
        DEEP
    }

    /** The newest one not taken, linked to the older ones; {@link #CLOSED} once nothing will be taken any more. */
    private final AtomicReference<@Nullable Append> newest = new AtomicReference<>();

    private final AtomicLong bytes = new AtomicLong();
    private final AtomicReference<Sleep> sleep = new AtomicReference<>(Sleep.NONE);
    private final Deque<Append> taken = new ArrayDeque<>();
    private final long maxBytes;
    private final long patienceNanos;
    private volatile boolean closed;
    private volatile boolean urgent;
    private volatile @Nullable Thread sleeper;

    /** @param patience how long what nobody waits for may wait for others */
    AppendQueue(long maxBytes, Duration patience) {
        this.maxBytes = maxBytes;
        patienceNanos = patience.toNanos();
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
        if (append.haste() == Haste.AT_ONCE) {
            urgent = true;
            wake(true);
        } else {
            wake(false);
        }
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
            Thread.yield(); // where processors are scarce others first add what they have: it is forced together
        }
        urgent = false; // before the queue is looked at: what is urgent and comes later will be seen
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
        wake(true);
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
        long now = System.nanoTime();
        long until = now + nanos;
        long patient = now + patienceNanos;
        while (!closed) {
            boolean empty = newest.get() == null;
            if (empty) {
                patient = now + patienceNanos;
            }
            long left = empty && nanos == 0 ? Long.MAX_VALUE : (empty ? until : patient) - now;
            if (!empty && urgent || left <= 0) {
                return;
            }
            sleep.set(empty ? Sleep.DEEP : Sleep.LIGHT);
            if (newest.get() == null == empty && !(urgent && !empty) && !closed) {
                LockSupport.parkNanos(this, left);
            }
            sleep.set(Sleep.NONE);
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            now = System.nanoTime();
        }
    }

    /** @param urgent whether it is to write now, and not only to know that there is something */
    private void wake(boolean urgent) {
        Sleep seen = sleep.get();
        if ((seen == Sleep.DEEP || urgent && seen == Sleep.LIGHT) && sleep.compareAndSet(seen, Sleep.NONE)) {
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
