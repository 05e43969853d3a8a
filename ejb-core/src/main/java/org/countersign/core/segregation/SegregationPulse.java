package org.countersign.core.segregation;

import jakarta.annotation.PreDestroy;
import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.util.List;
import org.countersign.core.recording.LiveSessions;
import org.jboss.logging.Logger;

/**
 * Once a second, writes the acts down that wait for it, and looks whether somebody with a session here holds, by another
 * principal, what his roles exclude. A store that is away is tried again a second later; until it is back the policy's
 * board expires and nothing new is decided.
 */
@Singleton
@Startup
@PermitAll
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
@SuppressWarnings("NullAway.Init") // set by the container
public class SegregationPulse {
    private static final Logger LOG = Logger.getLogger(SegregationPulse.class);
    private static final int BATCH = 500;

    @Inject
    private ActBacklog backlog;

    @Inject
    private ActNotes notes;

    @Inject
    private LiveSessions live;

    @Inject
    private ConflictLook look;

    @Inject
    private ConflictBoard conflicts;

    private boolean storeAway;

    @Schedule(hour = "*", minute = "*", second = "*", persistent = false, info = "segregation pulse")
    void beat() {
        try {
            flush();
            conflicts.post(look.among(live.principals()));
            storeAway = false;
        } catch (RuntimeException e) {
            if (!storeAway) {
                LOG.warn("acts not written down, or roles not compared", e);
            }
            storeAway = true;
        }
    }

    @PreDestroy
    void stop() {
        try {
            flush();
        } catch (RuntimeException e) {
            LOG.warnf("acts not written down count=%d", backlog.waiting().size());
        }
    }

    private void flush() {
        List<Act> waiting = backlog.waiting();
        for (int from = 0; from < waiting.size(); from += BATCH) {
            List<Act> batch = waiting.subList(from, Math.min(from + BATCH, waiting.size()));
            notes.note(batch);
            backlog.written(batch);
        }
    }
}
