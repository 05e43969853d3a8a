package org.countersign.core.risk;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.countersign.core.risk.UseKey.Kind;
import org.countersign.model.command.Command;
import org.countersign.model.command.Effect;
import org.countersign.model.policy.Background;
import org.countersign.model.policy.Budget;
import org.countersign.model.policy.Judgement;
import org.countersign.model.policy.Usage;
import org.countersign.model.port.Allowance;
import org.countersign.model.session.Principal;
import org.countersign.model.session.SessionFacts;
import org.countersign.model.session.SessionId;
import org.jspecify.annotations.Nullable;

/**
 * What the principals of this node's sessions use, and did before: decisions look here and nowhere else. The store hears
 * of it within a second, and is heard. Safe for all threads.
 */
@ApplicationScoped
public class UseBoard {
    private final Map<SessionId, SessionUse> sessions = new ConcurrentHashMap<>();
    private final Map<UseKey, UseCounter> counters = new ConcurrentHashMap<>();

    /** A session with what it alone used, by role. */
    private record SessionUse(Principal principal, PastUse past, Map<String, UseCounter> byRole) {
        UseCounter of(String role) {
            return byRole.computeIfAbsent(role, first -> new UseCounter(Usage.NONE));
        }
    }

    /** What a session is about; how its principal used the target on other days. */
    public synchronized void opened(SessionFacts session, PastUse past) {
        sessions.put(session.id(), new SessionUse(session.principal(), past, new ConcurrentHashMap<>()));
        past.sofar().forEach((key, used) -> counters.computeIfAbsent(key, first -> new UseCounter(used)));
    }

    public synchronized void closed(SessionId session) {
        sessions.remove(session);
    }

    /** What is known of whoever has the session. */
    public Background background(SessionFacts session, Instant now) {
        return new Known(session, day(now));
    }

    private final class Known implements Background {
        private final SessionFacts session;
        private final LocalDate today;

        Known(SessionFacts session, LocalDate today) {
            this.session = session;
            this.today = today;
        }

        @Override
        public boolean newHere() {
            return past().map(past -> past.firstDay().map(today::equals).orElse(true))
                    .orElse(false);
        }

        @Override
        public Optional<Volume> volume() {
            return past().flatMap(PastUse::usualRows)
                    .map(usual -> new Volume(
                            drawnOf(UseKey.of(session.principal(), Kind.TARGET_DAY, session.target(), today.toString()))
                                    .rows(),
                            usual));
        }

        private Optional<PastUse> past() {
            return Optional.ofNullable(sessions.get(session.id())).map(SessionUse::past);
        }

        @Override
        public Usage drawn(Budget budget) {
            return switch (budget.per()) {
                case SESSION ->
                    Optional.ofNullable(sessions.get(session.id()))
                            .map(use -> use.of(budget.role()).drawn())
                            .orElse(Usage.NONE);
                case TASK, DAY -> drawnOf(key(session.principal(), budget, today));
            };
        }
    }

    private Usage drawnOf(UseKey key) {
        @Nullable UseCounter counter = counters.get(key);
        return counter == null ? Usage.NONE : counter.drawn();
    }

    /** What a command draws on that was judged. */
    public Allowance allowance(SessionFacts session, Command command, Judgement judgement, Instant now) {
        if (command.effects().isEmpty()) {
            return Allowance.UNLIMITED;
        }
        LocalDate today = day(now);
        var limits = new ArrayList<Drawing.Limit>();
        var counted = new ArrayList<UseCounter>();
        counted.add(counter(UseKey.of(session.principal(), Kind.TARGET_DAY, session.target(), today.toString())));
        @Nullable SessionUse own = sessions.get(session.id());
        for (Budget budget : judgement.budgets()) {
            UseCounter counter = budget.per() == Budget.Per.SESSION && own != null
                    ? own.of(budget.role())
                    : counter(key(session.principal(), budget, today));
            if (judgement.passed().contains(budget)) {
                counted.add(counter);
            } else {
                limits.add(new Drawing.Limit(budget, counter, budget.hint(now)));
            }
        }
        return new Drawing(limits, counted, new Usage(0, 0, 1, writes(command)));
    }

    private static int writes(Command command) {
        return (int) command.parts().stream()
                .filter(part -> part.effects().contains(Effect.WRITE))
                .count();
    }

    private static UseKey key(Principal principal, Budget budget, LocalDate today) {
        return budget.per() == Budget.Per.TASK
                ? UseKey.of(
                        principal,
                        Kind.ROLE_TASK,
                        budget.role(),
                        principal.task().orElse(""))
                : UseKey.of(principal, Kind.ROLE_DAY, budget.role(), today.toString());
    }

    private UseCounter counter(UseKey key) {
        return counters.computeIfAbsent(key, first -> new UseCounter(Usage.NONE));
    }

    /** What the store does not know yet. */
    Map<UseKey, Usage> fresh() {
        var fresh = new HashMap<UseKey, Usage>();
        counters.forEach((key, counter) -> {
            Usage used = counter.fresh();
            if (!used.equals(Usage.NONE)) {
                fresh.put(key, used);
            }
        });
        return fresh;
    }

    Collection<UseKey> keys() {
        return List.copyOf(counters.keySet());
    }

    /** The store added this, and has so much of it now. */
    void written(UseKey key, Usage added, Usage total) {
        counter(key).written(added, total);
    }

    /** The store has so much of it now, of all nodes. */
    void refreshed(UseKey key, Usage total) {
        @Nullable UseCounter counter = counters.get(key);
        if (counter != null) {
            counter.refreshed(total);
        }
    }

    /** Forgets what nobody with a session here counts on, and the days before yesterday. */
    synchronized void tidy(Instant now) {
        String yesterday = day(now).minusDays(1).toString();
        Set<List<String>> here = new HashSet<>();
        sessions.values()
                .forEach(session -> here.add(List.of(
                        session.principal().issuer(), session.principal().name())));
        counters.entrySet().removeIf(entry -> {
            UseKey key = entry.getKey();
            boolean needed = here.contains(List.of(key.issuer(), key.name()))
                    && (key.kind() == Kind.ROLE_TASK || key.period().compareTo(yesterday) >= 0);
            return !needed && entry.getValue().fresh().equals(Usage.NONE);
        });
    }

    /** What a session that is open used of the budgets per session of a role. */
    public record OfSession(SessionId session, Principal principal, String role, Usage used) {}

    /** Of the sessions on this node. */
    public List<OfSession> ofSessions() {
        var used = new ArrayList<OfSession>();
        sessions.forEach((id, session) -> session.byRole()
                .forEach((role, counter) -> used.add(new OfSession(id, session.principal(), role, counter.drawn()))));
        return used;
    }

    static LocalDate day(Instant now) {
        return LocalDate.ofInstant(now, ZoneOffset.UTC);
    }
}
