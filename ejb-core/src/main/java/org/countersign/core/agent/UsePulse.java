package org.countersign.core.agent;

import jakarta.annotation.PreDestroy;
import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Map;
import org.countersign.core.agent.PermissionUses.Use;
import org.jboss.logging.Logger;

/** Every few seconds, writes down what agents used. A store that is away is tried again. */
@Singleton
@Startup
@PermitAll
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
@SuppressWarnings("NullAway.Init") // set by the container
public class UsePulse {
    private static final Logger LOG = Logger.getLogger(UsePulse.class);

    @Inject
    private PermissionUses uses;

    @Inject
    private UseNotes notes;

    private boolean storeAway;

    @PreDestroy
    @Schedule(hour = "*", minute = "*", second = "*/5", persistent = false, info = "permission use pulse")
    void beat() {
        Map<Use, Instant> waiting = uses.waiting();
        if (waiting.isEmpty()) {
            return;
        }
        try {
            notes.note(waiting);
            uses.written(waiting);
            storeAway = false;
        } catch (RuntimeException e) {
            if (!storeAway) {
                LOG.warn("what agents used is not written down", e);
            }
            storeAway = true;
        }
    }
}
