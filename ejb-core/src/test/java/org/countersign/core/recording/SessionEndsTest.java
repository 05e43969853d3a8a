package org.countersign.core.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.countersign.core.TickingClock;
import org.countersign.model.port.SessionControl.Counters;
import org.countersign.model.session.SessionId;
import org.junit.jupiter.api.Test;

class SessionEndsTest {
    private static final Instant NOW = Instant.parse("2026-11-22T06:00:00Z");
    private static final Counters COUNTERS = new Counters(3, 1, 0);

    private final SessionId session = SessionId.random();
    private final TickingClock clock = new TickingClock(NOW);
    private final FakeIndex index = new FakeIndex();
    private final SessionEnds ends = new SessionEnds(index, clock);

    /** An index in memory whose store can be away. */
    private static final class FakeIndex extends SessionIndex {
        private final Set<SessionId> known = new HashSet<>();
        private final Map<SessionId, String> closed = new HashMap<>();
        private boolean away;
        private int asked;

        @Override
        public boolean closed(SessionId session, Counters counters, String reason, Instant at) {
            asked++;
            if (away) {
                throw new IllegalStateException("the store is away");
            }
            if (known.contains(session)) {
                closed.put(session, reason + " " + counters.commands() + " " + at);
            }
            return known.contains(session);
        }
    }

    @Test
    void writesTheEndAtOnce() {
        index.known.add(session);

        ends.ended(session, COUNTERS, "the client left");

        assertThat(index.closed).containsEntry(session, "the client left 3 " + NOW);
    }

    @Test
    void writesWithTheTimeOfTheEndOnceTheStoreIsBack() {
        index.known.add(session);
        index.away = true;
        ends.ended(session, COUNTERS, "the client left");
        clock.tick(Duration.ofHours(1));
        index.away = false;

        ends.writeAll();

        assertThat(index.closed).containsEntry(session, "the client left 3 " + NOW);
        ends.writeAll();
        assertThat(index.asked).isEqualTo(2);
    }

    @Test
    void closesASessionWhoseOpeningWasCommittedWithoutAnAnswer() {
        ends.notOpened(session);
        ends.writeAll();
        index.known.add(session);

        ends.writeAll();

        assertThat(index.closed).containsEntry(session, "not opened 0 " + NOW);
    }

    @Test
    void forgetsASessionThatNeverAppears() {
        ends.notOpened(session);
        clock.tick(SessionEnds.MAY_YET_APPEAR.plusMillis(1));
        ends.writeAll();
        ends.writeAll();

        assertThat(index.asked).isEqualTo(1);
    }
}
