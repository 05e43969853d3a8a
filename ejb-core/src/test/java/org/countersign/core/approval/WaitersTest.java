package org.countersign.core.approval;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.countersign.model.port.ApprovalDesk.Outcome;
import org.countersign.model.port.ApprovalDesk.State;
import org.junit.jupiter.api.Test;

class WaitersTest {
    private static final Outcome APPROVED = new Outcome(State.APPROVED, List.of("bob"), "");

    private final Waiters waiters = new Waiters();
    private final List<Outcome> told = new ArrayList<>();
    private final UUID approval = UUID.randomUUID();

    @Test
    void tellsEachWaiterOnce() {
        waiters.add(approval, told::add);

        waiters.settled(approval, APPROVED);
        waiters.settled(approval, APPROVED);

        assertThat(told).containsExactly(APPROVED);
        assertThat(waiters.ids()).isEmpty();
    }

    @Test
    void saysNothingWhileItIsPending() {
        waiters.add(approval, told::add);

        waiters.settled(approval, new Outcome(State.PENDING, List.of("bob"), ""));

        assertThat(told).isEmpty();
        assertThat(waiters.ids()).containsExactly(approval);
    }

    @Test
    void saysNothingToAClientThatLeft() {
        waiters.add(approval, told::add);
        waiters.remove(approval);

        waiters.settled(approval, APPROVED);

        assertThat(told).isEmpty();
    }

    @Test
    void survivesAWaiterThatFails() {
        waiters.add(approval, outcome -> {
            throw new IllegalStateException("closed");
        });

        waiters.settled(approval, APPROVED);

        assertThat(waiters.ids()).isEmpty();
    }
}
