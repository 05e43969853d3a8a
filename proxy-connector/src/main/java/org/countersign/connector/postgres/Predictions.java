package org.countersign.connector.postgres;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.countersign.connector.postgres.analysis.Piece;
import org.countersign.connector.postgres.analysis.TextForm;
import org.countersign.model.port.SessionGrant.Upstream;
import org.jspecify.annotations.Nullable;

/**
 * What forms of statements turned out to mean on which target, for all sessions. An entry is believed for a short while
 * only, because what stands outside of the trees, a trigger added behind the gateway's back, shows in no tree; what is
 * defined through the gateway ends all of the target's at once. Bounded; safe for all threads.
 */
final class Predictions {
    /** How long after a change behind the gateway's back an entry may still be believed. */
    static final Duration WINDOW = Duration.ofSeconds(5);

    private static final int MAX_ENTRIES = 4_096;
    private static final int MAX_FORM_CHARACTERS = 16 << 10;
    private final Map<Key, Foresight> entries = new LinkedHashMap<>(256, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Foresight> eldest) {
            return size() > MAX_ENTRIES;
        }
    };

    /**
     * @param place the target's address, database and account
     * @param settings the session's tracked settings
     */
    record Key(String place, List<String> settings, String form) {}

    /** Empty for a text that is too long to be remembered. */
    static Optional<Key> key(Upstream upstream, List<String> settings, Piece piece) {
        if (piece.text().length() > MAX_FORM_CHARACTERS) {
            return Optional.empty();
        }
        String place = upstream.host() + ':' + upstream.port() + '/' + upstream.database() + '/' + upstream.user();
        return Optional.of(new Key(place, settings, TextForm.of(piece)));
    }

    synchronized Optional<Foresight> find(Key key) {
        @Nullable Foresight found = entries.get(key);
        if (found != null && System.nanoTime() - found.madeAtNanos() > WINDOW.toNanos()) {
            entries.remove(key);
            found = null;
        }
        return Optional.ofNullable(found);
    }

    synchronized void learn(Key key, Foresight foresight) {
        entries.put(key, foresight);
    }

    /** What was predicted did not come true. */
    synchronized void forget(Key key) {
        entries.remove(key);
    }

    /** Something was defined on the target. */
    synchronized void forget(Upstream upstream) {
        String place = upstream.host() + ':' + upstream.port() + '/' + upstream.database() + '/';
        entries.keySet().removeIf(key -> key.place().startsWith(place));
    }
}
