package org.countersign.model.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Clocks in Berlin go from 02:00 to 03:00 on 2026-03-29 and from 03:00 back to 02:00 on 2026-10-25, both Sundays at 01:00 UTC. */
final class WeeklyWindowTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        # window                            | now                  | open from
        Mon-Fri 22:00-04:00 Europe/Berlin   | 2026-11-23T20:59:59Z | 2026-11-23T21:00:00Z
        Mon-Fri 22:00-04:00 Europe/Berlin   | 2026-11-23T21:00:00Z | 2026-11-23T21:00:00Z
        Mon-Fri 22:00-04:00 Europe/Berlin   | 2026-11-24T02:59:59Z | 2026-11-24T02:59:59Z
        Mon-Fri 22:00-04:00 Europe/Berlin   | 2026-11-24T03:00:00Z | 2026-11-24T21:00:00Z
        # Friday's window reaches into Saturday; Sunday night has none
        Mon-Fri 22:00-04:00 Europe/Berlin   | 2026-11-28T02:00:00Z | 2026-11-28T02:00:00Z
        Mon-Fri 22:00-04:00 Europe/Berlin   | 2026-11-28T03:00:00Z | 2026-11-30T21:00:00Z
        Mon-Fri 22:00-04:00 Europe/Berlin   | 2026-11-23T01:00:00Z | 2026-11-23T21:00:00Z
        Sun 09:00-17:00 UTC                 | 2026-11-22T17:00:00Z | 2026-11-29T09:00:00Z
        Sat-Mon 09:00-10:00 UTC             | 2026-11-24T09:30:00Z | 2026-11-28T09:00:00Z
        Mon,Wed,Fri 09:00-10:00 UTC         | 2026-11-24T09:30:00Z | 2026-11-25T09:00:00Z
        Sun 00:00-24:00 UTC                 | 2026-11-22T23:59:59Z | 2026-11-22T23:59:59Z
        Sun 00:00-24:00 UTC                 | 2026-11-23T00:00:00Z | 2026-11-29T00:00:00Z
        # summer and winter
        Mon-Sun 12:00-13:00 Europe/Berlin   | 2026-07-01T10:30:00Z | 2026-07-01T10:30:00Z
        Mon-Sun 12:00-13:00 Europe/Berlin   | 2026-12-01T10:30:00Z | 2026-12-01T11:00:00Z
        # the hour that is left out: 02:30 is half past three
        Sun 02:30-04:00 Europe/Berlin       | 2026-03-29T00:30:00Z | 2026-03-29T01:30:00Z
        Sun 02:30-04:00 Europe/Berlin       | 2026-03-29T01:59:59Z | 2026-03-29T01:59:59Z
        Sun 02:30-04:00 Europe/Berlin       | 2026-03-29T02:00:00Z | 2026-04-05T00:30:00Z
        Sun 02:30-03:00 Europe/Berlin       | 2026-03-29T00:00:00Z | 2026-04-05T00:30:00Z
        Sat 22:00-02:30 Europe/Berlin       | 2026-03-29T01:29:59Z | 2026-03-29T01:29:59Z
        Sat 22:00-02:30 Europe/Berlin       | 2026-03-29T01:30:00Z | 2026-04-04T20:00:00Z
        # the hour that comes twice: the first counts
        Sun 02:30-04:00 Europe/Berlin       | 2026-10-25T00:30:00Z | 2026-10-25T00:30:00Z
        Sun 02:30-04:00 Europe/Berlin       | 2026-10-25T02:59:59Z | 2026-10-25T02:59:59Z
        Sat 22:00-02:30 Europe/Berlin       | 2026-10-25T00:29:59Z | 2026-10-25T00:29:59Z
        Sat 22:00-02:30 Europe/Berlin       | 2026-10-25T01:15:00Z | 2026-10-31T21:00:00Z
        """)
    void opensNext(String window, Instant now, Instant opening) {
        WeeklyWindow parsed = WeeklyWindow.parse(window);

        assertThat(parsed.next(now)).isEqualTo(opening);
        assertThat(parsed.open(now)).isEqualTo(now.equals(opening));
        assertThat(parsed.open(opening)).isTrue();
        assertThat(WeeklyWindow.parse(parsed.toString())).isEqualTo(parsed);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "22:00-04:00 UTC",
                "Mon-Fri 22:00-04:00",
                "mon 22:00-04:00 UTC",
                "Mon-Fri-Sat 22:00-04:00 UTC",
                "Mon- 22:00-04:00 UTC",
                "Mon, 22:00-04:00 UTC",
                "Mon 25:00-04:00 UTC",
                "Mon 24:00-04:00 UTC",
                "Mon 22:00-22:00 UTC",
                "Mon 22:00-04:00 Europe/Atlantis",
                "Mon 9:00-17:00 UTC"
            })
    void refusesWhatIsNoWindow(String text) {
        assertThatThrownBy(() -> WeeklyWindow.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void opensWhenAllListsHaveAnOpenWindow() {
        var times = new ExecutionTimes(List.of(
                List.of(WeeklyWindow.parse("Mon 10:00-12:00 UTC"), WeeklyWindow.parse("Tue 10:00-12:00 UTC")),
                List.of(WeeklyWindow.parse("Tue-Fri 11:00-13:00 UTC"))));

        assertThat(times.next(Instant.parse("2026-11-23T10:00:00Z"))).contains(Instant.parse("2026-11-24T11:00:00Z"));
        assertThat(times.open(Instant.parse("2026-11-24T11:59:59Z"))).isTrue();
        assertThat(times.open(Instant.parse("2026-11-24T12:00:00Z"))).isFalse();
        assertThat(ExecutionTimes.ALWAYS.next(Instant.EPOCH)).contains(Instant.EPOCH);
    }

    @Test
    void neverOpensWhenWindowsDoNotMeet() {
        var times = new ExecutionTimes(List.of(
                List.of(WeeklyWindow.parse("Mon 10:00-12:00 UTC")),
                List.of(WeeklyWindow.parse("Tue 10:00-12:00 UTC"))));

        assertThat(times.next(Instant.parse("2026-11-23T10:00:00Z"))).isEmpty();
    }
}
