package org.countersign.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class StoreClockTest {
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private long nanos = 7;
    private Instant machine = NOON;
    private final StoreClock clock = new StoreClock(() -> nanos, () -> machine);

    private void pass(Duration time) {
        nanos += time.toNanos();
    }

    @Test
    void isThisMachinesUntilTheStoreHasAnswered() {
        assertThat(clock.instant()).isEqualTo(NOON);
    }

    @Test
    void goesOnAsTheStoreSaidHoweverTheMachinesClockIsMoved() {
        clock.answered(clock.asking(), NOON);

        machine = NOON.minus(Duration.ofDays(1));
        pass(Duration.ofMinutes(15));
        assertThat(clock.instant()).isEqualTo(NOON.plus(Duration.ofMinutes(15)));
        machine = NOON.plus(Duration.ofDays(1));
        assertThat(clock.instant()).isEqualTo(NOON.plus(Duration.ofMinutes(15)));
    }

    @Test
    void saysHowFarTheMachineIsAheadAndTakesTheStoresTime() {
        long asked = clock.asking();
        pass(Duration.ofMillis(20));

        assertThat(clock.answered(asked, NOON.minusSeconds(60)))
                .isEqualTo(Duration.ofSeconds(60).minusMillis(10));
        assertThat(clock.instant()).isEqualTo(NOON.minusSeconds(60).plusMillis(10));
    }

    @Test
    void doesNotTrembleWithEveryAnswer() {
        clock.answered(clock.asking(), NOON);
        pass(Duration.ofSeconds(1));
        clock.answered(clock.asking(), NOON.plusMillis(1_080));
        assertThat(clock.instant()).isEqualTo(NOON.plusSeconds(1));

        clock.answered(clock.asking(), NOON.plusMillis(1_200));
        assertThat(clock.instant()).isEqualTo(NOON.plusMillis(1_200));
    }
}
