package org.countersign.journal;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Frames waiting for the journal's thread, in order and bounded. Any thread may add. */
final class AppendQueue {
    /** What is written and forced at once, unless a single frame is larger. */
    private static final int BATCH_BYTES = 1 << 20;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<Append> waiting = new ArrayDeque<>();
    private final long maxBytes;
    private long bytes;
    private boolean closed;

    AppendQueue(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** @throws JournalException when the queue is full or closed */
    void add(Append append) {
        lock.lock();
        try {
            if (closed) {
                throw new JournalException("the journal is closed");
            }
            if (bytes + append.bytes() > maxBytes && bytes > 0) {
                throw new JournalException("the journal is behind by " + bytes + " bytes, limit " + maxBytes);
            }
            bytes += append.bytes();
            waiting.add(append);
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    boolean full() {
        lock.lock();
        try {
            return bytes >= maxBytes;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits for frames.
     *
     * @param nanos how long at most; 0 waits for ever
     * @return the next ones; empty when the time is over, or when the queue is closed and has no more
     */
    List<Append> take(long nanos) throws InterruptedException {
        lock.lock();
        try {
            long left = nanos;
            while (waiting.isEmpty() && !closed && (nanos == 0 || left > 0)) {
                if (nanos == 0) {
                    changed.await();
                } else {
                    left = changed.awaitNanos(left);
                }
            }
            return batch();
        } finally {
            lock.unlock();
        }
    }

    /** Takes all that waits. */
    List<Append> drain() {
        lock.lock();
        try {
            List<Append> all = new ArrayList<>(waiting);
            waiting.clear();
            return all;
        } finally {
            lock.unlock();
        }
    }

    /** Gives the room of frames back that were taken. */
    void done(List<Append> taken) {
        lock.lock();
        try {
            for (Append append : taken) {
                bytes -= append.bytes();
            }
        } finally {
            lock.unlock();
        }
    }

    void close() {
        lock.lock();
        try {
            closed = true;
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    boolean exhausted() {
        lock.lock();
        try {
            return closed && waiting.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    private List<Append> batch() {
        List<Append> batch = new ArrayList<>();
        long size = 0;
        while (!waiting.isEmpty()
                && (batch.isEmpty() || size + waiting.getFirst().bytes() <= BATCH_BYTES)) {
            Append append = waiting.removeFirst();
            size += append.bytes();
            batch.add(append);
        }
        return batch;
    }
}
