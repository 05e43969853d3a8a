package org.countersign.connector.session;

import java.util.function.Consumer;
import org.countersign.connector.metrics.Metric;
import org.countersign.connector.metrics.Metrics;
import org.countersign.journal.JournalState;
import org.countersign.model.CountersignError;
import org.jboss.logging.Logger;

/**
 * Shows how the journal stands. Below the low-water mark it ends the sessions that made the journal hold the most, one
 * each time it is told, until there is room again. Confined to the journal's thread.
 */
public final class JournalWatch implements Consumer<JournalState> {
    private static final Logger LOG = Logger.getLogger(JournalWatch.class);
    private final LiveSessions live;
    private final Metrics metrics;
    private JournalState shown = new JournalState(true, 0, false);

    public JournalWatch(LiveSessions live, Metrics metrics) {
        this.live = live;
        this.metrics = metrics;
    }

    @Override
    public void accept(JournalState state) {
        metrics.add(Metric.JOURNAL_FREE_BYTES, state.freeBytes() - shown.freeBytes());
        metrics.add(Metric.JOURNAL_UNWRITABLE, unwritable(state) - unwritable(shown));
        shown = state;
        if (state.low()) {
            relieve(state);
        }
    }

    private void relieve(JournalState state) {
        live.largest().ifPresent(session -> {
            LOG.warnf("the disk of the journal is low, ends free=%d session=%s", state.freeBytes(), session.id());
            metrics.count(Metric.SESSIONS_ENDED_FOR_ROOM);
            session.terminate(
                    CountersignError.CANNOT_BE_RECORDED,
                    "The disk of the recordings is almost full; the sessions with the largest recordings end first.");
        });
    }

    private static int unwritable(JournalState state) {
        return state.writable() ? 0 : 1;
    }
}
