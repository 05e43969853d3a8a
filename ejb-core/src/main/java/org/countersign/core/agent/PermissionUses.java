package org.countersign.core.agent;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.countersign.model.command.Command;
import org.countersign.model.policy.Deeds;
import org.countersign.model.policy.Deeds.Deed;
import org.countersign.model.policy.Verdict;
import org.countersign.model.port.CommandDesk.Ruling;
import org.countersign.model.session.SessionFacts;
import org.countersign.model.session.SessionId;

/**
 * What agents were let do, until the store has it. For the inventory only: when too much waits, what comes more is left out.
 * Safe for all threads; asked on the path of every command.
 */
@ApplicationScoped
public class PermissionUses {
    private static final int MAX_WAITING = 20_000;

    private final Map<Use, Instant> waiting = new ConcurrentHashMap<>();
    private final Set<SessionId> asking = ConcurrentHashMap.newKeySet();

    /** Something an agent did on a target. */
    public record Use(String issuer, String client, String target, Deed deed) {}

    /** Nothing runs in this session, so nothing is used in it. */
    public void asking(SessionId session) {
        asking.add(session);
    }

    public void closed(SessionId session) {
        asking.remove(session);
    }

    /** Notes what a command uses that may run by this ruling. */
    public void note(SessionFacts session, Command command, Ruling ruling, Instant now) {
        if (!session.principal().agent()
                || !(ruling.verdict() instanceof Verdict.Allow)
                || ruling.needsStore()
                || asking.contains(session.id())) {
            return;
        }
        for (Deed deed : Deeds.of(command)) {
            var use = new Use(session.principal().issuer(), session.principal().name(), session.target(), deed);
            if (waiting.size() < MAX_WAITING || waiting.containsKey(use)) {
                waiting.put(use, now);
            }
        }
    }

    Map<Use, Instant> waiting() {
        return Map.copyOf(waiting);
    }

    /** These are in the store, unless one was used again since. */
    void written(Map<Use, Instant> uses) {
        uses.forEach(waiting::remove);
    }
}
