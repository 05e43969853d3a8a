package org.countersign.core.grant;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.countersign.model.session.SessionId;

/** The latest command of each session on this node that stood on a grant. Safe for all threads. */
@ApplicationScoped
public class Standing {
    private final Map<SessionId, Map<UUID, Long>> sessions = new ConcurrentHashMap<>();

    /** @param command its number in the session */
    public record Command(SessionId session, long command) {}

    void on(SessionId session, long command, UUID grant) {
        sessions.computeIfAbsent(session, first -> new ConcurrentHashMap<>()).put(grant, command);
    }

    public void closed(SessionId session) {
        sessions.remove(session);
    }

    /** Takes out the commands that stand on a grant of which this holds. */
    Set<Command> without(Predicate<UUID> over) {
        var fallen = new HashMap<Command, UUID>();
        sessions.forEach((session, grants) -> grants.forEach((grant, command) -> {
            if (over.test(grant) && grants.remove(grant, command)) {
                fallen.put(new Command(session, command), grant);
            }
        }));
        return Set.copyOf(fallen.keySet());
    }
}
