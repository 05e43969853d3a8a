package org.countersign.model.port;

import java.util.Optional;

/**
 * What one command draws on while it runs: the budgets of the roles that cover it, and what is counted anyhow. No method
 * blocks. Safe for all threads.
 */
public interface Allowance {
    /** Counts nothing and limits nothing. */
    Allowance UNLIMITED = new Allowance() {
        @Override
        public boolean begin() {
            return true;
        }

        @Override
        public void giveBack() {}

        @Override
        public Optional<Overdrawn> draw(long rows, long bytes) {
            return Optional.empty();
        }

        @Override
        public Optional<Overdrawn> change(long rows) {
            return Optional.empty();
        }

        @Override
        public long rowsLeft() {
            return Long.MAX_VALUE;
        }

        @Override
        public boolean mayCut() {
            return false;
        }
    };

    /**
     * Takes one command and its writes.
     *
     * @return false when they are not left any more, and nothing was taken: it has to be decided about again
     */
    boolean begin();

    /** Gives back what {@link #begin} took: the command did not run. */
    void giveBack();

    /**
     * Takes what is about to be shown or passed on.
     *
     * @return why it may not be; nothing was taken then
     */
    Optional<Overdrawn> draw(long rows, long bytes);

    /**
     * Takes rows that were changed, while that can be undone.
     *
     * @return why it has to be undone
     */
    Optional<Overdrawn> change(long rows);

    /** How many rows are left; {@link Long#MAX_VALUE} without a limit. */
    long rowsLeft();

    /** Whether a result can become too much for it. */
    boolean mayCut();

    /**
     * A budget is used up in the middle of a command.
     *
     * @param rule how the budget is named
     * @param message for the person at the prompt
     */
    record Overdrawn(String rule, String message, String hint) {}
}
