package org.countersign.core.effect;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.countersign.core.effect.EffectView.Example;
import org.countersign.core.effect.EffectView.Shift;
import org.countersign.core.recording.RecordedCommand;
import org.countersign.model.policy.PolicyDecision;
import org.countersign.model.policy.PolicySnapshot;
import org.countersign.model.policy.TargetPolicy;
import org.countersign.model.policy.Verdict;
import org.countersign.model.session.SessionFacts;
import org.jspecify.annotations.Nullable;

/** Judges recorded commands under two policies. What a session did before counts in neither. */
final class Replay {
    static final int MAX_EXAMPLES = 50;

    private final PolicySnapshot inForce;
    private final PolicySnapshot proposed;
    private final Map<UUID, SessionFacts> sessions;
    private final Map<Way, Found> shifts = new TreeMap<>();
    private long judged;
    private long unknown;

    Replay(PolicySnapshot inForce, PolicySnapshot proposed, Map<UUID, SessionFacts> sessions) {
        this.inForce = inForce;
        this.proposed = proposed;
        this.sessions = sessions;
    }

    /** From one verdict to another. */
    private record Way(String before, String after) implements Comparable<Way> {
        @Override
        public int compareTo(Way other) {
            return (before + after).compareTo(other.before + other.after);
        }
    }

    private static final class Found {
        private long count;
        private final List<Example> examples = new ArrayList<>();
    }

    void judge(RecordedCommand recorded) {
        @Nullable SessionFacts session = sessions.get(recorded.session());
        if (session == null) {
            unknown++;
            return;
        }
        judged++;
        String before = verdict(inForce, session, recorded);
        String after = verdict(proposed, session, recorded);
        if (!before.equals(after)) {
            Found found = shifts.computeIfAbsent(new Way(before, after), unseen -> new Found());
            found.count++;
            if (found.examples.size() < MAX_EXAMPLES) {
                found.examples.add(new Example(
                        recorded.session(),
                        recorded.id(),
                        recorded.at(),
                        session.principal().name(),
                        session.target(),
                        recorded.command().kind()));
            }
        }
    }

    private static String verdict(PolicySnapshot policy, SessionFacts session, RecordedCommand recorded) {
        Optional<TargetPolicy> target = policy.target(session.target());
        var facts = new SessionFacts(
                session.id(),
                session.principal(),
                session.target(),
                session.protocol(),
                target.map(TargetPolicy::labels).orElse(Map.of()),
                session.address(),
                session.tls(),
                session.startedAt());
        Verdict verdict =
                PolicyDecision.decide(policy, facts, recorded.command(), recorded.sequence() - 1, recorded.at());
        return verdict.getClass().getSimpleName().toLowerCase(Locale.ROOT);
    }

    long judged() {
        return judged;
    }

    /** Commands of sessions that are not in the index. */
    long unknown() {
        return unknown;
    }

    List<Shift> shifts() {
        return shifts.entrySet().stream()
                .map(shift -> new Shift(
                        shift.getKey().before(),
                        shift.getKey().after(),
                        shift.getValue().count,
                        shift.getValue().examples))
                .toList();
    }
}
