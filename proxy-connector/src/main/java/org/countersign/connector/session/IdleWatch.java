package org.countersign.connector.session;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.countersign.connector.net.SessionTimes;
import org.jspecify.annotations.Nullable;

/**
 * Notices when a session's client asks for nothing for too long. There is one timer for each session, which looks when
 * it rang and is set anew for what is left: a command costs a reading of the clock and nothing else. Confined to the
 * session's event loop.
 */
public final class IdleWatch {
    private final EventLoop loop;
    private final long idleNanos;
    private final long inTransactionNanos;
    private final Consumer<Boolean> idle;
    private @Nullable Future<?> timer;
    private boolean resting;
    private boolean inTransaction;
    private long since;

    /** @param idle told once whether it was inside a transaction */
    IdleWatch(EventLoop loop, SessionTimes times, Consumer<Boolean> idle) {
        this.loop = loop;
        this.idle = idle;
        idleNanos = nanos(times.idle());
        inTransactionNanos = nanos(times.idleInTransaction());
    }

    private static long nanos(Duration limit) {
        return limit.isZero() ? Long.MAX_VALUE : limit.toNanos();
    }

    /** The session takes commands from here on. */
    void start() {
        rest(false);
        if (Math.min(idleNanos, inTransactionNanos) < Long.MAX_VALUE) {
            set(Long.MAX_VALUE);
        }
    }

    void stop() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }

    /** Something is worked on: nobody is idle. */
    public void work() {
        resting = false;
    }

    /** Everything is answered, and the client's next message is waited for. */
    public void rest(boolean insideTransaction) {
        resting = true;
        inTransaction = insideTransaction;
        since = System.nanoTime();
    }

    /** Which limit will hold when it rings is not known yet, so it rings at the shorter one at the latest. */
    private void set(long left) {
        long delay = Math.min(left, Math.min(idleNanos, inTransactionNanos));
        timer = loop.schedule(this::look, delay, TimeUnit.NANOSECONDS);
    }

    private void look() {
        if (!resting) {
            set(Long.MAX_VALUE);
            return;
        }
        long limit = inTransaction ? inTransactionNanos : idleNanos;
        long rested = System.nanoTime() - since;
        if (rested >= limit) {
            timer = null;
            idle.accept(inTransaction);
        } else {
            set(limit - rested);
        }
    }
}
