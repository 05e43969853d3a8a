package org.countersign.core.approval;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * What became of approvals, as far as the store has not been told because it was away: an approval that says executed
 * must not stay so when nothing ran, and nobody is to decide for whoever left. Safe for all threads.
 */
@ApplicationScoped
public class Settlements {
    private static final Logger LOG = Logger.getLogger(Settlements.class);

    private final Map<UUID, Settlement> open = new ConcurrentHashMap<>();

    /** One thing to tell the store, by whoever comes first and for no one else to see half done. */
    private static final class Settlement {
        private final Runnable task;
        private boolean done;

        Settlement(Runnable task) {
            this.task = task;
        }

        synchronized void run() {
            if (!done) {
                task.run();
                done = true;
            }
        }
    }

    /** Tells the store now, or later when it does not answer now. */
    void settle(UUID approval, Runnable task) {
        later(approval, task);
        try {
            settle(approval);
        } catch (RuntimeException e) {
            LOG.warnf("settled once the store is back approval=%s cause=%s", approval, e);
        }
    }

    /** Tells the store at the next pulse. */
    void later(UUID approval, Runnable task) {
        open.put(approval, new Settlement(task));
    }

    /** Tells the store what is open about this approval; when it does not answer, its failure comes out. */
    void settle(UUID approval) {
        Settlement settlement = open.get(approval);
        if (settlement != null) {
            settlement.run();
            open.remove(approval, settlement);
        }
    }

    /** Tells the store everything that is open. */
    void settleAll() {
        open.keySet().forEach(this::settle);
    }
}
