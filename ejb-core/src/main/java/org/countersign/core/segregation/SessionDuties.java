package org.countersign.core.segregation;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.countersign.model.policy.DutyUse;
import org.countersign.model.policy.Standing;
import org.countersign.model.policy.Verdict;
import org.countersign.model.session.SessionId;

/**
 * The sides that the sessions of this node have taken; a session never leaves its node, and what it took goes with it.
 * Safe for all threads.
 */
@ApplicationScoped
public class SessionDuties {
    private final Map<SessionId, Standing> standings = new ConcurrentHashMap<>();

    /** Returns why a command may not run in this session; takes no side. */
    public Optional<Verdict.Deny> refusal(SessionId session, List<DutyUse> uses, Instant now) {
        return uses.isEmpty()
                ? Optional.empty()
                : standings
                        .getOrDefault(session, Standing.NONE)
                        .conflict(uses, now)
                        .map(conflict -> Refusals.dynamic(conflict, "This session"));
    }

    /**
     * Takes the sides of a command that is about to run, all or none.
     *
     * @param by the command, in words
     * @return why it may not run
     */
    public Optional<Verdict.Deny> take(SessionId session, List<DutyUse> uses, Instant now, String by) {
        if (uses.isEmpty()) {
            return Optional.empty();
        }
        while (true) {
            Standing before = standings.computeIfAbsent(session, first -> Standing.NONE);
            Optional<Standing.Conflict> conflict = before.conflict(uses, now);
            if (conflict.isPresent()) {
                return conflict.map(found -> Refusals.dynamic(found, "This session"));
            }
            Standing after = before.with(uses, now, by);
            if (after.equals(before) || standings.replace(session, before, after)) {
                return Optional.empty();
            }
        }
    }

    public void closed(SessionId session) {
        standings.remove(session);
    }
}
