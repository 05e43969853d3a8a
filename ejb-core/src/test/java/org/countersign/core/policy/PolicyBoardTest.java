package org.countersign.core.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.countersign.model.policy.Grants;
import org.countersign.model.policy.PolicySnapshot;
import org.junit.jupiter.api.Test;

final class PolicyBoardTest {
    private final AtomicLong nanos =
            new AtomicLong(Long.MAX_VALUE - Duration.ofSeconds(3).toNanos());
    private final PolicyBoard board = new PolicyBoard(nanos::get);

    @Test
    void showsNothingBeforeAPolicyIsPosted() {
        assertThat(board.current()).isEmpty();
        assertThat(board.confirm(0, Grants.NONE, board.now())).isFalse();
    }

    @Test
    void showsAPolicyForFifteenSecondsAndNoLonger() {
        board.post(snapshot(1), board.now());
        pass(Duration.ofMillis(14_999));
        assertThat(board.current()).isPresent();
        pass(Duration.ofMillis(1));
        assertThat(board.current()).isEmpty();
    }

    @Test
    void confirmationOfTheVersionProlongsIt() {
        board.post(snapshot(1), board.now());
        pass(Duration.ofSeconds(10));
        assertThat(board.confirm(1, Grants.NONE, board.now())).isTrue();
        pass(Duration.ofSeconds(10));
        assertThat(board.current()).isPresent();
    }

    @Test
    void confirmationOfAnotherVersionDoesNot() {
        board.post(snapshot(1), board.now());
        pass(Duration.ofSeconds(10));
        assertThat(board.confirm(2, Grants.NONE, board.now())).isFalse();
        pass(Duration.ofSeconds(10));
        assertThat(board.current()).isEmpty();
    }

    @Test
    void timeSpentWaitingForTheStoreCounts() {
        board.post(snapshot(1), board.now());
        long asked = board.now();
        pass(Duration.ofSeconds(16));
        board.confirm(1, Grants.NONE, asked);
        assertThat(board.current()).isEmpty();
    }

    @Test
    void expiredPolicyComesBackWhenTheStoreDoes() {
        board.post(snapshot(1), board.now());
        pass(Duration.ofMinutes(5));
        assertThat(board.confirm(1, Grants.NONE, board.now())).isTrue();
        assertThat(board.current()).isPresent();
    }

    @Test
    void olderAnswerThatComesLateDoesNotReplaceANewerPolicy() {
        board.post(snapshot(2), board.now());
        board.post(snapshot(1), board.now());
        assertThat(board.current()).map(PolicySnapshot::version).hasValue(2L);
    }

    @Test
    void clearedBoardShowsNothing() {
        board.post(snapshot(2), board.now());
        board.clear();
        assertThat(board.current()).isEmpty();
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    private static PolicySnapshot snapshot(long version) {
        return new PolicySnapshot(version, Map.of(), List.of(), List.of(), List.of());
    }
}
