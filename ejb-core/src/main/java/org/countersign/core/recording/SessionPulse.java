package org.countersign.core.recording;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.countersign.core.approval.AbandonedRequests;
import org.countersign.core.identity.CredentialService;
import org.countersign.model.port.SessionControl;
import org.countersign.model.session.SessionId;
import org.jboss.logging.Logger;

/**
 * Keeps index and live sessions together, once a second: writes ends and counters down, ends sessions that somebody on any node
 * wants ended and those whose right has ended, and after a start closes what a crash left open. A store that is away is tried again a second later.
 */
@Singleton
@Startup
@PermitAll
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class SessionPulse {
    private static final Logger LOG = Logger.getLogger(SessionPulse.class);

    @Inject
    private LiveSessions live;

    @Inject
    private SessionIndex index;

    @Inject
    private SessionEnds ends;

    @Inject
    private AbandonedRequests requests;

    @Inject
    private CredentialService credentials;

    @Inject
    private SessionRights rights;

    @Inject
    private Clock clock;

    private final Map<SessionId, SessionControl.Counters> written = new HashMap<>();
    private Instant startOfNode = Instant.MAX;
    private boolean abandonedClosed;
    private boolean storeAway;

    @PostConstruct
    void started() {
        startOfNode = clock.instant();
    }

    @Schedule(hour = "*", minute = "*", second = "*", persistent = false)
    void beat() {
        try {
            closeAbandoned();
            writeCounters();
            terminate();
            rights.enforce();
            ends.writeAll();
            storeAway = false;
        } catch (RuntimeException e) {
            if (!storeAway) {
                LOG.warn("session index not kept up to date", e);
            }
            storeAway = true;
        }
    }

    @Schedule(hour = "*", minute = "*", second = "30", persistent = false)
    void removeExpiredCredentials() {
        try {
            credentials.removeExpired();
        } catch (RuntimeException e) {
            LOG.warnf("expired credentials not removed reason=%s", e.getClass().getSimpleName());
        }
    }

    /** The connector's own farewell may come too late to be heard: its endpoints stop at the same time. */
    @PreDestroy
    void stop() {
        live.all().forEach((session, control) -> {
            try {
                index.closed(session, control.counters(), "gateway stopped", clock.instant());
            } catch (RuntimeException e) {
                LOG.warnf("session not closed in the index session=%s", session);
            }
        });
    }

    private void closeAbandoned() {
        if (!abandonedClosed) {
            List<UUID> sessions = index.closeAbandoned(startOfNode);
            requests.withdraw(sessions);
            abandonedClosed = true;
            if (!sessions.isEmpty()) {
                LOG.infof("closed sessions that a stop of the gateway left open count=%d", sessions.size());
            }
        }
    }

    private void writeCounters() {
        Map<SessionId, SessionControl> now = live.all();
        written.keySet().retainAll(now.keySet());
        var changed = new HashMap<SessionId, SessionControl.Counters>();
        now.forEach((session, control) -> {
            SessionControl.Counters counters = control.counters();
            if (!counters.equals(written.get(session))) {
                changed.put(session, counters);
            }
        });
        if (!changed.isEmpty()) {
            index.count(changed);
            written.putAll(changed);
        }
    }

    private void terminate() {
        List<UUID> ids = live.all().keySet().stream().map(SessionId::value).toList();
        index.terminations(ids).forEach(wanted -> live.terminate(wanted.session(), wanted.by()));
    }
}
