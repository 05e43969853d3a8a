package org.countersign.core.risk;

import jakarta.annotation.PreDestroy;
import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.countersign.model.policy.Usage;
import org.jboss.logging.Logger;

/**
 * Once a second, writes down what was used here, and learns what was used elsewhere. A store that is away is told when it
 * is back; until then what counts here counts.
 */
@Singleton(name = "RiskUsePulse") // agents have a UsePulse, too
@Startup
@PermitAll
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
@SuppressWarnings("NullAway.Init") // set by the container
public class UsePulse {
    private static final Logger LOG = Logger.getLogger(UsePulse.class);
    private static final int BATCH = 500;

    @Inject
    private UseBoard board;

    @Inject
    private UseStore store;

    @Inject
    private Clock clock;

    private boolean storeAway;

    @Schedule(hour = "*", minute = "*", second = "*", persistent = false, info = "use pulse")
    void beat() {
        try {
            flush();
            look();
            board.tidy(clock.instant());
            storeAway = false;
        } catch (RuntimeException e) {
            if (!storeAway) {
                LOG.warn("what was used is not written down", e);
            }
            storeAway = true;
        }
    }

    @Schedule(hour = "3", minute = "20", persistent = false, info = "old use")
    void tidy() {
        store.tidy();
    }

    @PreDestroy
    void stop() {
        try {
            flush();
        } catch (RuntimeException e) {
            LOG.warnf(
                    "what was used is not written down count=%d", board.fresh().size());
        }
    }

    private void flush() {
        Map<UseKey, Usage> fresh = board.fresh();
        List<UseKey> keys = List.copyOf(fresh.keySet());
        for (int from = 0; from < keys.size(); from += BATCH) {
            var batch = new HashMap<UseKey, Usage>();
            keys.subList(from, Math.min(from + BATCH, keys.size())).forEach(key -> batch.put(key, fresh.get(key)));
            store.add(batch).forEach((key, total) -> board.written(key, batch.getOrDefault(key, Usage.NONE), total));
        }
    }

    private void look() {
        Collection<UseKey> keys = board.keys();
        List<UseKey> all = List.copyOf(keys);
        for (int from = 0; from < all.size(); from += BATCH) {
            store.now(all.subList(from, Math.min(from + BATCH, all.size()))).forEach(board::refreshed);
        }
    }
}
