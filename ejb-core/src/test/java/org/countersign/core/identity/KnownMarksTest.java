package org.countersign.core.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.countersign.model.session.Person;
import org.junit.jupiter.api.Test;

class KnownMarksTest {
    private static final Person BOB = new Person("issuer", "bob");

    private final KnownMarks known = new KnownMarks();

    @Test
    void severalSessionsOfOnePersonAreNotWrittenByTurns() {
        assertThat(known.has(marks("a@b.example"), facts(10))).isFalse();
        known.add(marks("a@b.example"), facts(10));
        assertThat(known.has(marks("a@b.example"), facts(10))).isTrue();
        assertThat(known.has(marks("a@b.example"), facts(9))).isTrue();
        assertThat(known.has(marks("a@b.example"), Optional.empty())).isTrue();
    }

    @Test
    void whatIsNewIsNotKnown() {
        known.add(marks("a@b.example"), facts(10));
        assertThat(known.has(marks("a@b.example"), facts(11))).isFalse();
        assertThat(known.has(marks("c@b.example"), facts(10))).isFalse();
        assertThat(known.has(marks("a@b.example"), facts(10, "admin"))).isFalse();
        known.add(marks("a@b.example"), Optional.empty());
        assertThat(known.has(marks("a@b.example"), facts(10))).isFalse();
    }

    private static AccountMarks marks(String email) {
        return new AccountMarks(BOB, "subject", Optional.of(email), Optional.empty());
    }

    private static Optional<AccountFacts> facts(long second, String... roles) {
        return Optional.of(
                new AccountFacts(BOB, Optional.empty(), Set.of(roles), Set.of(), Instant.ofEpochSecond(second)));
    }
}
