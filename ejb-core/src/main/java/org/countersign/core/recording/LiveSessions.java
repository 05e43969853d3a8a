package org.countersign.core.recording;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.countersign.core.identity.PrincipalSuspended;
import org.countersign.core.identity.Suspension;
import org.countersign.model.CountersignError;
import org.countersign.model.port.SessionControl;
import org.countersign.model.session.Principal;
import org.countersign.model.session.SessionId;

/** The sessions that are open on this node. Safe for all threads. */
@ApplicationScoped
public class LiveSessions {
    private final Map<SessionId, Live> sessions = new ConcurrentHashMap<>();

    private record Live(Principal principal, SessionControl control) {}

    public void opened(SessionId session, Principal principal, SessionControl control) {
        sessions.put(session, new Live(principal, control));
    }

    public void closed(SessionId session) {
        sessions.remove(session);
    }

    /** A copy, to be worked through without holding anything up. */
    Map<SessionId, SessionControl> all() {
        return sessions.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(
                        Map.Entry::getKey, session -> session.getValue().control()));
    }

    /** Who has sessions on this node. */
    public Set<Principal> principals() {
        return sessions.values().stream().map(Live::principal).collect(Collectors.toUnmodifiableSet());
    }

    /** Ends the session if it is on this node. */
    void terminate(SessionId session, String by) {
        Live found = sessions.get(session);
        if (found != null) {
            found.control().terminate(CountersignError.SESSION_ENDED, "The session was ended by " + by + ".");
        }
    }

    /** Cancels a command on this node if it still runs. */
    public void cancel(SessionId session, long command) {
        Live found = sessions.get(session);
        if (found != null) {
            found.control().cancel(command);
        }
    }

    /** Ends all sessions on this node that the suspension covers. */
    void end(Suspension suspension) {
        sessions.values().stream()
                .filter(session -> suspension.covers(session.principal()))
                .forEach(session -> session.control().terminate(CountersignError.SESSION_ENDED, suspension.farewell()));
    }

    /** Ends the session if it is on this node, and tells its client why. */
    void end(SessionId session, String farewell) {
        Optional.ofNullable(sessions.get(session))
                .ifPresent(found -> found.control().terminate(CountersignError.SESSION_ENDED, farewell));
    }

    /** Ends the sessions on this node whose principal is told why not to go on. */
    void end(Map<Principal, String> farewells) {
        sessions.values()
                .forEach(session -> Optional.ofNullable(farewells.get(session.principal()))
                        .ifPresent(farewell -> session.control().terminate(CountersignError.SESSION_ENDED, farewell)));
    }

    /** What is committed on this node takes effect on it at once; other nodes see it at their next pulse. */
    void suspended(@Observes(during = TransactionPhase.AFTER_SUCCESS) PrincipalSuspended committed) {
        end(committed.suspension());
    }
}
