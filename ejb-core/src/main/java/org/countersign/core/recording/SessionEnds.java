package org.countersign.core.recording;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.countersign.model.port.SessionControl.Counters;
import org.countersign.model.session.SessionId;
import org.jboss.logging.Logger;

/** The ends of sessions on their way to the index, kept as long as the store is away. Safe for all threads. */
@ApplicationScoped
@SuppressWarnings("NullAway.Init") // set by the container
public class SessionEnds {
    /** After which a session is not in the index and will not be. */
    static final Duration MAY_YET_APPEAR = Duration.ofMinutes(2);

    private static final Logger LOG = Logger.getLogger(SessionEnds.class);

    @Inject
    private SessionIndex index;

    @Inject
    private Clock clock;

    private final Map<SessionId, End> unwritten = new ConcurrentHashMap<>();

    private record End(Counters counters, String reason, Instant at) {}

    public SessionEnds() {}

    SessionEnds(SessionIndex index, Clock clock) {
        this.index = index;
        this.clock = clock;
    }

    /** Writes the end of a session, now or, when the store does not answer, as soon as it does. */
    public void ended(SessionId session, Counters counters, String reason) {
        unwritten.put(session, new End(counters, reason, clock.instant()));
        try {
            write(session);
        } catch (RuntimeException e) {
            LOG.warnf("closed in the index once the store is back session=%s cause=%s", session, e);
        }
    }

    /**
     * Its client was turned away, but it may be in the index: a commit may happen whose answer is lost. What observes
     * transactions is no help there, because such a one counts as committed.
     */
    public void notOpened(SessionId session) {
        unwritten.put(session, new End(new Counters(0, 0, 0), "not opened", clock.instant()));
    }

    /** Writes what could not be written before. */
    void writeAll() {
        unwritten.keySet().forEach(this::write);
    }

    private void write(SessionId session) {
        End end = unwritten.get(session);
        if (end != null
                && (index.closed(session, end.counters(), end.reason(), end.at())
                        || clock.instant().isAfter(end.at().plus(MAY_YET_APPEAR)))) {
            unwritten.remove(session, end);
        }
    }
}
