package org.countersign.core.recording;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.countersign.model.CountersignError;
import org.countersign.model.port.SessionControl;
import org.countersign.model.session.SessionId;

/** The sessions that are open on this node. Safe for all threads. */
@ApplicationScoped
public class LiveSessions {
    private final Map<SessionId, SessionControl> controls = new ConcurrentHashMap<>();

    public void opened(SessionId session, SessionControl control) {
        controls.put(session, control);
    }

    public void closed(SessionId session) {
        controls.remove(session);
    }

    /** A copy, to be worked through without holding anything up. */
    Map<SessionId, SessionControl> all() {
        return Map.copyOf(controls);
    }

    /** Ends the session if it is on this node. */
    void terminate(SessionId session, String by) {
        SessionControl control = controls.get(session);
        if (control != null) {
            control.terminate(CountersignError.SESSION_ENDED, "The session was ended by " + by + ".");
        }
    }
}
