package org.countersign.core.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.countersign.core.identity.TestPrincipals.ISSUER;
import static org.countersign.core.identity.TestPrincipals.agent;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.countersign.core.identity.PrincipalSuspended;
import org.countersign.core.identity.Suspension;
import org.countersign.model.CountersignError;
import org.countersign.model.port.SessionControl;
import org.countersign.model.session.SessionId;
import org.junit.jupiter.api.Test;

class LiveSessionsTest {
    private final LiveSessions live = new LiveSessions();
    private final List<String> ended = new ArrayList<>();
    private final SessionControl control = new SessionControl() {
        @Override
        public void terminate(CountersignError error, String message) {
            ended.add(error + " " + message);
        }

        @Override
        public void cancel(long number) {
            ended.add("command " + number);
        }

        @Override
        public Counters counters() {
            return new Counters(0, 0, 0);
        }
    };

    @Test
    void tellsTheSessionWhoEndedIt() {
        SessionId session = SessionId.random();
        live.opened(session, agent("orders-agent", "alice"), control);

        live.terminate(session, "erin");

        assertThat(ended).containsExactly("SESSION_ENDED The session was ended by erin.");
    }

    @Test
    void leavesSessionsOfOtherNodesToThem() {
        SessionId session = SessionId.random();
        live.opened(session, agent("orders-agent", "alice"), control);
        live.closed(session);

        live.terminate(session, "erin");

        assertThat(ended).isEmpty();
        assertThat(live.all()).isEmpty();
    }

    @Test
    void endsTheSessionsOfWhoeverIsSuspendedOnceThatIsCommitted() {
        SessionId agents = SessionId.random();
        live.opened(agents, agent("orders-agent", "alice"), control);
        live.opened(SessionId.random(), agent("support-agent", "frank"), control);
        assertThat(live.principals()).hasSize(2);

        live.suspended(
                new PrincipalSuspended(new Suspension(ISSUER, "alice", Optional.empty(), "erin", Instant.EPOCH)));

        assertThat(ended).containsExactly("SESSION_ENDED The session was ended: alice was suspended by erin.");
    }
}
