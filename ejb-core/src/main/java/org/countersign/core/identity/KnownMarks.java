package org.countersign.core.identity;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.countersign.model.session.Person;

/** The marks and facts this node has in the store already, so that not every request writes them again. Bounded; for all threads. */
@ApplicationScoped
public class KnownMarks {
    private static final int MAX_ACCOUNTS = 10_000;
    private static final Duration WRITTEN_AGAIN_AFTER = Duration.ofHours(1);

    private record Noted(AccountMarks marks, Optional<AccountFacts> facts, long atNanos) {}

    private final Map<Person, Noted> known = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Person, Noted> eldest) {
            return size() > MAX_ACCOUNTS;
        }
    };

    /** Returns whether nothing of it is new; a token older than the last one, of another session, tells nothing new. */
    synchronized boolean has(AccountMarks marks, Optional<AccountFacts> facts) {
        Noted noted = known.get(marks.account());
        return noted != null
                && noted.marks.equals(marks)
                && facts.stream().allMatch(fact -> noted.facts.stream().anyMatch(fact::saysNothingAfter))
                && System.nanoTime() - noted.atNanos < WRITTEN_AGAIN_AFTER.toNanos();
    }

    synchronized void add(AccountMarks marks, Optional<AccountFacts> facts) {
        known.remove(marks.account());
        known.put(marks.account(), new Noted(marks, facts, System.nanoTime()));
    }
}
