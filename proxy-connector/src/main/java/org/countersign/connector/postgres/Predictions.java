package org.countersign.connector.postgres;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.countersign.connector.metrics.Metric;
import org.countersign.connector.metrics.Metrics;
import org.countersign.connector.postgres.analysis.Piece;
import org.countersign.connector.postgres.analysis.TextForm;
import org.countersign.model.port.SessionGrant.Upstream;
import org.jspecify.annotations.Nullable;

/**
 * What forms of statements turned out to mean on which target, for all sessions. An entry is believed for a short while
 * only, because for a read what stands outside of the trees is not asked for again; what is defined through the gateway
 * ends all of the target's at once. Bounded in number and in bytes; safe for all threads.
 */
final class Predictions {
    /** How long after a change behind the gateway's back an entry may still be believed. */
    static final Duration WINDOW = Duration.ofSeconds(5);

    static final int MAX_ENTRIES = 4_096;
    static final long MAX_BYTES = 64L << 20;
    private static final int MAX_FORM_CHARACTERS = 16 << 10;
    private final Map<Key, Foresight> entries = new LinkedHashMap<>(256, 0.75f, true);
    private final Map<String, Long> definitions = new HashMap<>();
    private final Metrics metrics;
    private final long maxBytes;
    private long bytes;

    Predictions(Metrics metrics) {
        this(metrics, MAX_BYTES);
    }

    /** @param maxBytes of all entries, by their estimated weight */
    Predictions(Metrics metrics, long maxBytes) {
        this.metrics = metrics;
        this.maxBytes = maxBytes;
    }

    /**
     * @param place the target's address and database
     * @param account of the target under which the statement runs
     * @param settings the session's tracked settings
     */
    record Key(String place, String account, List<String> settings, String form) {}

    /** Empty for a text that is too long to be remembered. */
    static Optional<Key> key(Upstream upstream, List<String> settings, Piece piece) {
        return piece.text().length() > MAX_FORM_CHARACTERS
                ? Optional.empty()
                : Optional.of(new Key(place(upstream), upstream.user(), settings, TextForm.of(piece)));
    }

    private static String place(Upstream upstream) {
        return upstream.host() + ':' + upstream.port() + '/' + upstream.database();
    }

    synchronized Optional<Foresight> find(Key key) {
        @Nullable Foresight found = entries.get(key);
        if (found != null && System.nanoTime() - found.madeAtNanos() > WINDOW.toNanos()) {
            remove(key);
            metrics.count(Metric.ANALYSIS_CACHE_EXPIRED);
            found = null;
        }
        if (found == null) {
            metrics.count(Metric.ANALYSIS_CACHE_MISSES);
        }
        return Optional.ofNullable(found);
    }

    /** How often something was defined on the target: what is found out now holds only while that stays so. */
    synchronized long definitions(Upstream upstream) {
        return definitions.getOrDefault(place(upstream), 0L);
    }

    /** @param since the {@link #definitions} when the analysis began */
    synchronized void learn(Key key, Foresight foresight, long since) {
        if (definitions.getOrDefault(key.place(), 0L) != since) {
            return;
        }
        remove(key);
        entries.put(key, foresight);
        weigh(1, weight(key, foresight));
        var eldest = entries.entrySet().iterator();
        while (entries.size() > MAX_ENTRIES || bytes > maxBytes) {
            Map.Entry<Key, Foresight> entry = eldest.next();
            weigh(-1, -weight(entry.getKey(), entry.getValue()));
            eldest.remove();
            metrics.count(Metric.ANALYSIS_CACHE_EVICTED);
        }
    }

    /** What was predicted did not come true, or is of no use. */
    synchronized void forget(Key key) {
        remove(key);
    }

    /** Something was defined on the target. */
    synchronized void forget(Upstream upstream) {
        String place = place(upstream);
        definitions.merge(place, 1L, Long::sum);
        List<Key> ended = entries.keySet().stream()
                .filter(key -> key.place().equals(place))
                .toList();
        ended.forEach(this::remove);
    }

    private void remove(Key key) {
        @Nullable Foresight removed = entries.remove(key);
        if (removed != null) {
            weigh(-1, -weight(key, removed));
        }
    }

    private void weigh(int number, long weight) {
        bytes += weight;
        metrics.add(Metric.ANALYSIS_CACHE_ENTRIES, number);
        metrics.add(Metric.ANALYSIS_CACHE_BYTES, weight);
    }

    private static long weight(Key key, Foresight foresight) {
        return Weight.of(key) + Weight.of(foresight);
    }
}
