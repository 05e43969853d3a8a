package org.countersign.journal;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/** Tells those who wait what became of their frames: in order, and each executor in one task. */
final class Settlement implements Runnable {
    private static final System.Logger LOG = System.getLogger(Settlement.class.getName());
    private final Executor on;
    private final @Nullable JournalException refusal;
    private final List<Append> appends = new ArrayList<>();

    private Settlement(Executor on, @Nullable JournalException refusal) {
        this.on = on;
        this.refusal = refusal;
    }

    /** @param refusal why they do not count; null when they are durable */
    static void settle(List<Append> appends, @Nullable JournalException refusal) {
        List<Settlement> settlements = new ArrayList<>();
        for (Append append : appends) {
            of(append.on(), settlements, refusal).appends.add(append);
        }
        for (Settlement settlement : settlements) {
            try {
                settlement.on.execute(settlement);
            } catch (RejectedExecutionException e) {
                LOG.log(System.Logger.Level.DEBUG, "whoever waited for the journal is gone");
            }
        }
    }

    /** There are only a few executors. */
    private static Settlement of(Executor on, List<Settlement> settlements, @Nullable JournalException refusal) {
        for (Settlement settlement : settlements) {
            if (settlement.on == on) {
                return settlement;
            }
        }
        var fresh = new Settlement(on, refusal);
        settlements.add(fresh);
        return fresh;
    }

    @Override
    public void run() {
        for (Append append : appends) {
            if (refusal == null) {
                append.durable().complete(null);
            } else {
                append.durable().completeExceptionally(refusal);
            }
        }
    }
}
