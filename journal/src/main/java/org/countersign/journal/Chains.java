package org.countersign.journal;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * Where the chains of the sessions stand that may still grow. Ended ones are remembered for a while, so that a late
 * frame does not start a second chain. Both are bounded; those used least recently go first.
 */
final class Chains {
    static final int MAX_OPEN = 65_536;

    private static final int MAX_ENDED = 4_096;

    private final Map<UUID, Chain> open = bounded(MAX_OPEN);
    private final Map<UUID, Chain> ended = bounded(MAX_ENDED);

    Chain of(UUID session) {
        Chain chain = open.get(session);
        return chain != null ? chain : ended.getOrDefault(session, Chain.START);
    }

    void advance(UUID session, Chain chain, boolean last) {
        if (last || ended.containsKey(session)) {
            open.remove(session);
            ended.put(session, chain);
        } else {
            open.put(session, chain);
        }
    }

    Map<UUID, Chain> open() {
        return open;
    }

    private static Map<UUID, Chain> bounded(int limit) {
        return new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<UUID, Chain> eldest) {
                return size() > limit;
            }
        };
    }
}
