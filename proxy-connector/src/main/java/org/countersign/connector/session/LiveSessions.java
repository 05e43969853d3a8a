package org.countersign.connector.session;

import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.countersign.model.CountersignError;
import org.countersign.model.session.Principal;

/** The sessions that are open now. Safe for all threads. */
public final class LiveSessions {
    private final Set<ClientSession> sessions = ConcurrentHashMap.newKeySet();
    private final Map<Holder, Integer> taken = new ConcurrentHashMap<>();
    private final Strangers strangers = new Strangers();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition gone = lock.newCondition();

    /** Whose sessions are counted together: one subject of one issuer, whatever its name or its roles are. */
    private record Holder(String issuer, String subject) {
        static Holder of(Principal principal) {
            return new Holder(principal.issuer(), principal.subject());
        }
    }

    /** Gives the principal a place if it has fewer than this many; each is given back by {@link #vacate}. */
    boolean admit(Principal principal, int most) {
        var admitted = new AtomicBoolean();
        taken.compute(Holder.of(principal), (holder, count) -> {
            int before = count == null ? 0 : count;
            admitted.set(before < most);
            return admitted.get() ? before + 1 : count;
        });
        return admitted.get();
    }

    void vacate(Principal principal) {
        taken.computeIfPresent(Holder.of(principal), (holder, count) -> count == 1 ? null : count - 1);
    }

    void add(ClientSession session) {
        sessions.add(session);
    }

    /**
     * Its client has not signed in.
     *
     * @param most how many such there may be
     * @return the one that has waited longest and has to go, when there are more
     */
    Optional<ClientSession> stranger(ClientSession session, int most) {
        return strangers.arrived(session, most);
    }

    /** Its client has signed in. */
    void known(ClientSession session) {
        strangers.left(session);
    }

    void remove(ClientSession session) {
        strangers.left(session);
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

    /** The session that has made the journal hold the most, if any has. */
    Optional<ClientSession> largest() {
        return sessions.stream()
                .filter(session -> session.recorder().recordedBytes() > 0)
                .max(Comparator.comparingLong(session -> session.recorder().recordedBytes()));
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
