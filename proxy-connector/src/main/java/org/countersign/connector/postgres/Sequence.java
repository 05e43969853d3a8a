package org.countersign.connector.postgres;

import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Works on one thing after the other without deepening the stack, however many are done at once. */
final class Sequence {
    private Sequence() {}

    /** @return false as soon as one step said so; what is left stays in the queue */
    static <T> CompletionStage<Boolean> run(Deque<T> queue, Function<T, CompletionStage<Boolean>> step) {
        var done = new CompletableFuture<Boolean>();
        advance(queue, step, done);
        return done;
    }

    private static <T> void advance(
            Deque<T> queue, Function<T, CompletionStage<Boolean>> step, CompletableFuture<Boolean> done) {
        while (!queue.isEmpty()) {
            CompletableFuture<Boolean> next;
            try {
                next = step.apply(queue.remove()).toCompletableFuture();
            } catch (RuntimeException e) {
                done.completeExceptionally(e);
                return;
            }
            if (!next.isDone() || next.isCompletedExceptionally()) {
                next.whenComplete((good, failure) -> {
                    if (failure != null) {
                        done.completeExceptionally(failure);
                    } else if (good) {
                        advance(queue, step, done);
                    } else {
                        done.complete(false);
                    }
                });
                return;
            }
            if (!next.join()) {
                done.complete(false);
                return;
            }
        }
        done.complete(true);
    }
}
