package org.countersign.connector.session;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.countersign.model.CountersignError;

/** The sessions that are open now. Safe for all threads. */
public final class LiveSessions {
    private final Set<ClientSession> sessions = ConcurrentHashMap.newKeySet();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition gone = lock.newCondition();

    void add(ClientSession session) {
        sessions.add(session);
    }

    void remove(ClientSession session) {
        sessions.remove(session);
        lock.lock();
        try {
            gone.signalAll();
        } finally {
            lock.unlock();
        }
    }

    public int count() {
        return sessions.size();
    }

    /** Ends every session and waits until they are gone, for no longer than this; not to be called on an event loop. */
    public void end(CountersignError error, String message, Duration patience) {
        sessions.forEach(session -> session.terminate(error, message));
        long left = patience.toNanos();
        lock.lock();
        try {
            while (!sessions.isEmpty() && left > 0) {
                left = gone.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }
}
