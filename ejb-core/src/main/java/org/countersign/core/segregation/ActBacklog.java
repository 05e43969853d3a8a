package org.countersign.core.segregation;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.countersign.model.policy.Deeds.Deed;
import org.countersign.model.session.SessionId;

/**
 * Acts that no constraint in force asks about, until the store has them: a constraint of tomorrow may. What one session
 * does again and again is one entry. The recordings have them too. Safe for all threads.
 */
@ApplicationScoped
public class ActBacklog {
    private static final int MAX_ENTRIES = 20_000;

    private record Key(UUID origin, List<Deed> deeds) {}

    private final Map<Key, Act> waiting = new LinkedHashMap<>();
    private final Set<UUID> asking = new HashSet<>();

    /** Nothing runs in this session, so nothing is done in it. */
    public synchronized void asking(SessionId session) {
        asking.add(session.value());
    }

    public synchronized void closed(SessionId session) {
        asking.remove(session.value());
    }

    /** Returns false when too much waits already: what the act is about may then not happen. */
    synchronized boolean add(Act act) {
        if (asking.contains(act.origin())) {
            return true;
        }
        var key = new Key(act.origin(), act.deeds());
        if (waiting.size() >= MAX_ENTRIES && !waiting.containsKey(key)) {
            return false;
        }
        waiting.put(key, act);
        return true;
    }

    synchronized List<Act> waiting() {
        return List.copyOf(waiting.values());
    }

    /** These are in the store, unless a later one has taken the place of one. */
    synchronized void written(List<Act> acts) {
        acts.forEach(act -> waiting.remove(new Key(act.origin(), act.deeds()), act));
    }
}
