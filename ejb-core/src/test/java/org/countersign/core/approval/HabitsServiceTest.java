package org.countersign.core.approval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.countersign.core.approval.Requests.NOW;
import static org.countersign.core.approval.Requests.caller;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.countersign.core.InvalidRequestException;
import org.countersign.core.NotAllowedException;
import org.countersign.core.TickingClock;
import org.junit.jupiter.api.Test;

class HabitsServiceTest {
    private final List<Duration> asked = new ArrayList<>();
    private final HabitsService service = new HabitsService(
            new Habits() {
                @Override
                List<ApproverHabits> between(Instant from, Instant to) {
                    asked.add(Duration.between(from, to));
                    return List.of();
                }
            },
            new TickingClock(NOW));

    @Test
    void looksAtThirtyDaysUnlessToldOtherwise() {
        service.list(caller("carol", "auditor"), Optional.empty(), Optional.empty());
        service.list(caller("dave", "admin"), Optional.of(NOW.minusSeconds(60)), Optional.of(NOW));

        assertThat(asked).containsExactly(Duration.ofDays(30), Duration.ofMinutes(1));
    }

    @Test
    void isForAdministratorsAndAuditorsWhoArePersons() {
        assertThatThrownBy(() -> service.list(caller("bob", "approver"), Optional.empty(), Optional.empty()))
                .isInstanceOf(NotAllowedException.class);
        assertThatThrownBy(() -> service.list(caller(Requests.ORDERS_AGENT), Optional.empty(), Optional.empty()))
                .isInstanceOf(NotAllowedException.class);
    }

    @Test
    void refusesATimeThatIsNoneOrTooLong() {
        assertThatThrownBy(() -> service.list(caller("dave", "admin"), Optional.of(NOW), Optional.of(NOW)))
                .isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() -> service.list(
                        caller("dave", "admin"), Optional.of(NOW.minus(Duration.ofDays(367))), Optional.of(NOW)))
                .isInstanceOf(InvalidRequestException.class);
    }
}
