package org.countersign.model.policy;

import java.util.Optional;

/**
 * What is known of a principal beside the command that it sends. It is kept in memory: asking costs no I/O. Safe for all
 * threads.
 */
public interface Background {
    /** Nothing is known: the target is not new, nothing is usual, and nothing was used. */
    Background NONE = new Background() {
        @Override
        public boolean newHere() {
            return false;
        }

        @Override
        public Optional<Volume> volume() {
            return Optional.empty();
        }

        @Override
        public Usage drawn(Budget budget) {
            return Usage.NONE;
        }
    };

    /** Whether it used the target on no day before today. */
    boolean newHere();

    /** How much it does here; empty when there are too few days to say what is usual. */
    Optional<Volume> volume();

    /** What it has used of a budget. */
    Usage drawn(Budget budget);

    /**
     * @param today rows that it read or changed on the target today (UTC)
     * @param usual the same on an average one of its days
     */
    record Volume(long today, long usual) {}
}
