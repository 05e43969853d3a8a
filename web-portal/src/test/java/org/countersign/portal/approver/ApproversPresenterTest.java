package org.countersign.portal.approver;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.countersign.core.NotAllowedException;
import org.countersign.core.approval.ApproverHabits;
import org.countersign.core.approval.HabitsService;
import org.countersign.core.identity.Caller;
import org.countersign.portal.approver.ApproversPresenter.Closed;
import org.countersign.portal.approver.ApproversPresenter.Row;
import org.countersign.portal.approver.ApproversPresenter.Shown;
import org.countersign.portal.approver.ApproversPresenter.Unreadable;
import org.countersign.portal.shell.TestCallers;
import org.junit.jupiter.api.Test;

class ApproversPresenterTest {
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    private final Measured measured = new Measured();

    @Test
    void remarksOnlyOnWhatIsWorthATalk() {
        measured.habits = List.of(
                new ApproverHabits("bob", 40, 0, 25, Optional.of(4L)),
                new ApproverHabits("dora", 12, 3, 5, Optional.of(150L)),
                new ApproverHabits("new", 2, 0, 2, Optional.empty()));

        assertThat(presenter("admin").read("2026-11-01", "2026-11-22"))
                .isEqualTo(new Shown(List.of(
                        new Row("bob", 40, 0, 25, "4 s", List.of("many in one hour", "hardly looks", "never rejected")),
                        new Row("dora", 12, 3, 5, "2 min", List.of()),
                        new Row("new", 2, 0, 2, "not known", List.of()))));
        assertThat(measured.asked).isEqualTo("2026-11-01T00:00:00Z 2026-11-23T00:00:00Z");
    }

    @Test
    void closesItselfToWhoeverMayNotSeeAndReadsOnlyDays() {
        assertThat(presenter("approver").read("2026-11-01", "2026-11-22")).isInstanceOf(Closed.class);
        assertThat(presenter("admin").read("yesterday", "2026-11-22")).isInstanceOf(Unreadable.class);
        assertThat(presenter("admin").usualStart()).isEqualTo("2026-10-23");
    }

    private ApproversPresenter presenter(String role) {
        var caller = TestCallers.caller(NOON, "dave", role);
        return new ApproversPresenter(measured, () -> caller, Clock.fixed(NOON, ZoneOffset.UTC));
    }

    /** Habits in memory. */
    private static final class Measured extends HabitsService {
        private List<ApproverHabits> habits = List.of();
        private String asked = "";

        @Override
        public List<ApproverHabits> list(Caller caller, Optional<Instant> from, Optional<Instant> to) {
            if (!caller.has("admin")) {
                throw new NotAllowedException("no");
            }
            asked = from.orElseThrow() + " " + to.orElseThrow();
            return habits;
        }
    }
}
