package org.countersign.connector.intercept;

import io.netty.channel.EventLoop;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.countersign.model.session.SessionId;
import org.jboss.logging.Logger;

/** Calls that may block, made away from a session's event loop; what comes of them is told on it. */
final class OffLoop {
    private static final Logger LOG = Logger.getLogger(OffLoop.class);
    private final EventLoop loop;
    private final Executor work;
    private final SessionId session;

    OffLoop(EventLoop loop, Executor work, SessionId session) {
        this.loop = loop;
        this.work = work;
        this.session = session;
    }

    <T> CompletionStage<T> call(Supplier<T> task) {
        var answer = new CompletableFuture<T>();
        try {
            work.execute(() -> {
                try {
                    T value = task.get();
                    back(() -> answer.complete(value));
                } catch (RuntimeException | Error e) {
                    back(() -> answer.completeExceptionally(e));
                }
            });
        } catch (RejectedExecutionException e) {
            answer.completeExceptionally(e);
        }
        return answer;
    }

    /** Nobody waits for it; a failure is logged. */
    void quietly(Runnable task) {
        try {
            work.execute(() -> {
                try {
                    task.run();
                } catch (RuntimeException e) {
                    LOG.errorf(e, "an approval could not be settled session=%s", session);
                }
            });
        } catch (RejectedExecutionException e) {
            LOG.warnf("an approval could not be settled session=%s", session);
        }
    }

    void back(Runnable task) {
        try {
            loop.execute(task);
        } catch (RejectedExecutionException e) {
            LOG.debugf("the event loop is gone session=%s", session);
        }
    }
}
