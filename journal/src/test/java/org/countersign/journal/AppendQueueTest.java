package org.countersign.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class AppendQueueTest {
    private static final UUID ANNA = new UUID(1, 1);
    private static final Duration LONG = Duration.ofHours(1);
    private static final Executor THREAD = task -> Thread.ofPlatform().daemon().start(task);

    @Test
    void refusesWhatDoesNotFitTheQueue() {
        AppendQueue queue = new AppendQueue(1_000_000, LONG);
        for (int i = 0; i < 500; i++) {
            queue.add(appendOf(2_000));
        }

        assertThat(queue.full()).isTrue();
        assertThatThrownBy(() -> queue.add(appendOf(200)))
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("limit 1000000");
        queue.done(queue.drain());
        queue.add(appendOf(2_000));
    }

    @Test
    void leavesRoomForSmallFramesBesideLargeValues() {
        AppendQueue queue = new AppendQueue(1_000_000, LONG);
        queue.add(appendOf(700_000));

        assertThatThrownBy(() -> queue.add(appendOf(100_000)))
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("limit 750000");
        for (int i = 0; i < 100; i++) {
            queue.add(appendOf(2_000));
        }
    }

    @Test
    void takesWhatIsLargerThanAllOfTheQueueWhenNothingWaits() {
        AppendQueue queue = new AppendQueue(1_000, LONG);
        queue.add(appendOf(2_000));

        assertThat(queue.drain()).hasSize(1);
    }

    @Test
    void takesWhatNobodyWaitsForTogetherWithWhatComesNext() throws Exception {
        AppendQueue queue = new AppendQueue(1_000_000, LONG);
        CompletableFuture<List<Append>> batch = taken(queue);

        queue.add(appendOf(200, Haste.WITH_THE_NEXT));
        queue.add(appendOf(300, Haste.WITH_THE_NEXT));
        queue.add(appendOf(400, Haste.AT_ONCE));

        assertThat(soon(batch)).extracting(Append::bytes).containsExactly(200, 300, 400);
    }

    @Test
    void takesWhatNobodyWaitsForAloneOncePatienceIsOver() throws Exception {
        AppendQueue queue = new AppendQueue(1_000_000, Duration.ofMillis(1));
        CompletableFuture<List<Append>> batch = taken(queue);

        queue.add(appendOf(200, Haste.WITH_THE_NEXT));

        assertThat(soon(batch)).hasSize(1);
    }

    @Test
    void takesWhatNobodyWaitsForWhenItIsClosed() throws Exception {
        AppendQueue queue = new AppendQueue(1_000_000, LONG);
        CompletableFuture<List<Append>> batch = taken(queue);

        queue.add(appendOf(200, Haste.WITH_THE_NEXT));
        queue.close();

        assertThat(soon(batch)).hasSize(1);
        assertThat(queue.exhausted()).isTrue();
    }

    private static CompletableFuture<List<Append>> taken(AppendQueue queue) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return queue.take(0);
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                },
                THREAD);
    }

    private static List<Append> soon(CompletableFuture<List<Append>> batch)
            throws InterruptedException, ExecutionException, TimeoutException {
        return batch.get(30, TimeUnit.SECONDS);
    }

    private static Append appendOf(int bytes) {
        return appendOf(bytes, Haste.AT_ONCE);
    }

    private static Append appendOf(int bytes, Haste haste) {
        return new Append(
                ANNA,
                List.of(new Entry(JournalFixture.DATA, new byte[bytes - FrameLayout.OVERHEAD_BYTES])),
                Runnable::run,
                haste);
    }
}
