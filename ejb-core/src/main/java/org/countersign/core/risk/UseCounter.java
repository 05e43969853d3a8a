package org.countersign.core.risk;

import java.util.function.Predicate;
import org.countersign.model.policy.Usage;

/** What was used of one thing: by all nodes as far as the store has told, and here since. Safe for all threads. */
final class UseCounter {
    private Usage stored;
    private Usage fresh = Usage.NONE;

    UseCounter(Usage stored) {
        this.stored = stored;
    }

    synchronized Usage drawn() {
        return stored.plus(fresh);
    }

    /** Takes more unless what is taken by then is already enough. */
    synchronized boolean take(Usage more, Predicate<Usage> fits) {
        if (!fits.test(drawn())) {
            return false;
        }
        fresh = fresh.plus(more);
        return true;
    }

    synchronized void add(Usage more) {
        fresh = fresh.plus(more);
    }

    /** What the store does not know yet. */
    synchronized Usage fresh() {
        return fresh;
    }

    /** The store has added this and has so much now. */
    synchronized void written(Usage added, Usage total) {
        fresh = fresh.plus(added.negated());
        stored = total;
    }

    /** The store has so much now. */
    synchronized void refreshed(Usage total) {
        stored = total;
    }
}
