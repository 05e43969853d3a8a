package org.countersign.connector.postgres;

import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How long the target may take to answer what the gateway itself asks, from the moment it has nothing else to answer
 * before. What a client has it do takes as long as it takes; the gateway's own questions are short, and a lock waits five
 * seconds in them at most. One timer for all of them. Confined to the event loop.
 */
final class Patience {
    private final EventLoop loop;
    private long patience;
    private final Supplier<@Nullable Round> working;
    private final BooleanSupplier listening;
    private final Runnable over;
    private final Deque<Round> questions = new ArrayDeque<>();
    private @Nullable Round waitedFor;
    private long since;
    private boolean watching;

    /**
     * @param working what the target has to answer next
     * @param listening whether the target is read from; while it is not, it cannot be late
     * @param over called when a question was not answered in time
     */
    Patience(
            EventLoop loop,
            Duration patience,
            Supplier<@Nullable Round> working,
            BooleanSupplier listening,
            Runnable over) {
        this.loop = loop;
        this.patience = patience.toNanos();
        this.working = working;
        this.listening = listening;
        this.over = over;
    }

    /** From now on there are questions in which the target may wait for a lock. */
    void allowForLocks(Duration longestWait) {
        patience = Math.max(patience, 2 * longestWait.toNanos());
    }

    void asked(Round question) {
        forgetAnswered();
        questions.add(question);
        if (working.get() == question) {
            waitFor(question);
        }
        if (!watching) {
            watching = true;
            watch(patience);
        }
    }

    /** The target is read from again: whatever it said in time is still to be heard. */
    void listensAgain() {
        waitedFor = null;
    }

    private void waitFor(Round question) {
        waitedFor = question;
        since = loop.ticker().nanoTime();
    }

    private void forgetAnswered() {
        while (!questions.isEmpty() && questions.peek().over.isDone()) {
            questions.poll();
        }
    }

    private void watch(long nanos) {
        loop.schedule(this::look, nanos, TimeUnit.NANOSECONDS);
    }

    private void look() {
        forgetAnswered();
        Round question = questions.peek();
        if (question == null) {
            waitedFor = null;
            watching = false;
            return;
        }
        if (working.get() != question || !listening.getAsBoolean()) {
            waitedFor = null;
            watch(patience);
            return;
        }
        if (question != waitedFor) {
            waitFor(question);
        }
        long left = patience - (loop.ticker().nanoTime() - since);
        if (left > 0) {
            watch(left);
        } else {
            over.run();
        }
    }
}
