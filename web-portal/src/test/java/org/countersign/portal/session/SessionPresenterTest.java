package org.countersign.portal.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.countersign.core.NotAllowedException;
import org.countersign.core.Page;
import org.countersign.core.identity.Caller;
import org.countersign.core.recording.CommandFilter;
import org.countersign.core.recording.CommandView;
import org.countersign.core.recording.SessionFilter;
import org.countersign.core.recording.SessionService;
import org.countersign.core.recording.SessionView;
import org.countersign.model.session.Principal;
import org.countersign.portal.session.SessionPresenter.Ending;
import org.countersign.portal.session.SessionPresenter.Mood;
import org.countersign.portal.session.SessionsPresenter.Period;
import org.countersign.portal.session.SessionsPresenter.Search;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SessionPresenterTest {
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private static final UUID SESSION = new UUID(0, 1);

    private final FakeSessions sessions = new FakeSessions();
    private final SessionPresenter presenter = new SessionPresenter(sessions, SessionPresenterTest::carol);

    @Test
    void playsCommandsInTheOrderInWhichTheyHappened() {
        sessions.latestFirst = List.of(command(3, "allow", "executed"), command(2, "deny", "refused"));

        assertThat(presenter.reel(SESSION, Optional.empty()).commands())
                .extracting(CommandView::sequence)
                .containsExactly(2L, 3L);
    }

    @ParameterizedTest
    @CsvSource({
        "allow,allow,executed,Allowed,FINE",
        "hold,allow,executed,Approved,FINE",
        "hold,deny,refused,Not approved,STOPPED",
        "hold,hold,unknown,Held,WAITING",
        "deny,deny,refused,Denied,STOPPED",
        "allow,allow,failed,Failed,STOPPED",
        "allow,allow,unknown,Unknown,UNCLEAR"
    })
    void saysHowACommandEnded(String first, String last, String outcome, String word, Mood mood) {
        Ending ending = SessionPresenter.ending(command(1, first, last, outcome));

        assertThat(ending.word()).isEqualTo(word);
        assertThat(ending.mood()).isEqualTo(mood);
    }

    @Test
    void saysThatACommandWithoutAVerdictDidNotRun() {
        assertThat(SessionPresenter.ending(command(1, "", "", "unknown")).word())
                .isEqualTo("No verdict");
    }

    @Test
    void tellsWhoMayEndASession() {
        sessions.mayTerminate = false;

        assertThat(presenter.terminate(SESSION)).contains("may not end");
    }

    @Test
    void searchesByWhatIsGivenAndNothingElse() {
        var search = new SessionsPresenter(sessions, SessionPresenterTest::carol, Clock.fixed(NOON, ZoneOffset.UTC));

        search.find(new Search(" frank ", "", "deny", Period.HOUR), Optional.empty());

        SessionFilter asked = sessions.asked.getFirst();
        assertThat(asked.principal()).contains("frank");
        assertThat(asked.target()).isEmpty();
        assertThat(asked.verdict()).contains("deny");
        assertThat(asked.from()).contains(NOON.minus(Duration.ofHours(1)));
    }

    @Test
    void ignoresAVerdictThatDoesNotExist() {
        new SessionsPresenter(sessions, SessionPresenterTest::carol, Clock.systemUTC())
                .find(new Search("", "", "perhaps", Period.ALL), Optional.empty());

        assertThat(sessions.asked.getFirst().verdict()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"830,830 µs", "12400,12.4 ms", "3200000,3.20 s"})
    void saysDurationsAsPeopleDo(long micros, String text) {
        assertThat(Durations.ofMicros(micros)).isEqualTo(text);
    }

    private static Caller carol() {
        return new Caller(
                new Principal(
                        "https://issuer",
                        "id-of-carol",
                        "carol",
                        false,
                        Optional.empty(),
                        Optional.empty(),
                        List.of(),
                        Set.of("auditor"),
                        Set.of(),
                        "countersign-portal",
                        Optional.empty()),
                NOON);
    }

    private static CommandView command(long sequence, String verdict, String outcome) {
        return command(sequence, verdict, verdict, outcome);
    }

    private static CommandView command(long sequence, String first, String last, String outcome) {
        return new CommandView(
                new UUID(1, sequence),
                sequence,
                "select",
                "select 1",
                List.of(),
                List.of(),
                List.of(),
                Optional.of(first).filter(verdict -> !verdict.isEmpty()),
                Optional.of(last).filter(verdict -> !verdict.isEmpty()),
                List.of(),
                7,
                Optional.empty(),
                Optional.empty(),
                "",
                Optional.empty(),
                outcome,
                0,
                0,
                0,
                NOON,
                Optional.empty());
    }

    private static final class FakeSessions extends SessionService {
        private final List<SessionFilter> asked = new ArrayList<>();
        private List<CommandView> latestFirst = List.of();
        private boolean mayTerminate = true;

        @Override
        public Page<SessionView> list(Caller caller, SessionFilter filter) {
            asked.add(filter);
            return new Page<>(List.of(), Optional.empty());
        }

        @Override
        public Page<CommandView> commands(Caller caller, UUID session, CommandFilter filter) {
            return new Page<>(latestFirst, Optional.empty());
        }

        @Override
        public void terminate(Caller caller, UUID session) {
            if (!mayTerminate) {
                throw new NotAllowedException("no");
            }
        }
    }
}
