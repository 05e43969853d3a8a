package org.countersign.connector.postgres;

import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.countersign.connector.session.Surroundings;
import org.countersign.model.CountersignError;
import org.countersign.model.port.AccessRefusedException;
import org.countersign.model.port.Explainer;
import org.countersign.model.port.Explanation;

/** Explains what would run on PostgreSQL targets, some inquiries at a time. Safe for all threads. */
public final class PostgresExplainer implements Explainer {
    private static final int AT_ONCE = 8;
    private static final Duration PATIENCE = Duration.ofSeconds(25);
    private static final Duration FAREWELL = Duration.ofSeconds(5);
    private final Surroundings surroundings;
    private final Supplier<EventLoop> loops;
    private final Predictions predictions;
    private final Semaphore places = new Semaphore(AT_ONCE);

    /** @param loops event loops of sessions */
    public PostgresExplainer(Surroundings surroundings, Supplier<EventLoop> loops) {
        this.surroundings = surroundings;
        predictions = new Predictions(surroundings.metrics());
        this.loops = loops;
    }

    @Override
    public Explanation explain(Inquiry inquiry) throws AccessRefusedException {
        if (!places.tryAcquire()) {
            throw new AccessRefusedException(
                    CountersignError.TOO_MANY_CONNECTIONS,
                    "The gateway explains " + AT_ONCE + " texts already.",
                    "Try again shortly.");
        }
        try {
            EventLoop loop = loops.get();
            return answer(loop.submit(() -> {
                        var explaining = new Explaining(surroundings, loop, predictions, inquiry);
                        explaining.begin();
                        return explaining;
                    })
                    .get());
        } catch (ExecutionException | RejectedExecutionException e) {
            throw unavailable();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable();
        } finally {
            places.release();
        }
    }

    private static Explanation answer(Explaining explaining) throws AccessRefusedException, InterruptedException {
        try {
            try {
                return explaining.answer().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                explaining.giveUp();
                return explaining.answer().get(FAREWELL.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof AccessRefusedException refused ? refused : unavailable();
        } catch (TimeoutException e) {
            throw unavailable();
        }
    }

    private static AccessRefusedException unavailable() {
        return new AccessRefusedException(
                CountersignError.POLICY_NOT_CONFIRMED,
                "The gateway cannot explain anything right now.",
                "Try again shortly; if it lasts, tell an administrator.");
    }
}
