package org.countersign.connector.postgres;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.countersign.connector.intercept.CommandGate;
import org.countersign.connector.session.ClientSession;
import org.countersign.model.CountersignError;
import org.countersign.wire.postgres.Diagnostic;

/**
 * What becomes of a client's wish that its running command ends. It concerns what the client waits for at that moment and
 * nothing later: a command that is held is given up, one that runs on the target is cancelled there, one in between does
 * not run. Confined to the session's event loop.
 */
final class Cancellation {
    static final String MESSAGE = "canceling statement due to user request";

    private final ClientSession session;
    private final CommandGate gate;
    private final PostgresBackend target;
    private final Supplier<CompletionStage<Void>> sender;
    private Runnable waiting = () -> {};
    private boolean working;
    private boolean asked;
    private boolean shielded;

    /** @param sender asks the target to cancel what it runs; completes, in any case normally, when that is done */
    Cancellation(
            ClientSession session, CommandGate gate, PostgresBackend target, Supplier<CompletionStage<Void>> sender) {
        this.session = session;
        this.gate = gate;
        this.target = target;
        this.sender = sender;
    }

    /** A client's message is worked on from now on, or no longer. */
    void working(boolean now) {
        working = now;
        asked = false;
    }

    /** What else gives up then: something that waits for its client. */
    void whenAsked(Runnable action) {
        waiting = action;
    }

    /** Whether what is worked on is not to run any more. */
    boolean asked() {
        return asked;
    }

    /** What the gateway looks up again meanwhile is not cancelled on the target: half an answer would be a wrong one. */
    <T> CompletionStage<T> shield(Supplier<CompletionStage<T>> lookUp) {
        boolean before = shielded;
        shielded = true;
        return lookUp.get().whenComplete((done, failure) -> shielded = before);
    }

    /** The client asks, on any thread. */
    CompletionStage<Void> request() {
        var done = new CompletableFuture<Void>();
        try {
            session.loop().execute(() -> cancel().whenComplete((sent, failure) -> done.complete(null)));
        } catch (RejectedExecutionException e) {
            done.complete(null);
        }
        return done;
    }

    private CompletionStage<Void> cancel() {
        if (!working || session.ended() || gate.cancel()) {
            return CompletableFuture.completedStage(null);
        }
        Round.Work work = target.work();
        asked |= work != Round.Work.STATEMENT;
        waiting.run();
        if (work == Round.Work.LOOK_UP || shielded) {
            return CompletableFuture.completedStage(null);
        }
        CompletionStage<Void> sent = sender.get();
        target.holdBack(sent);
        return sent;
    }

    static boolean is(Diagnostic error) {
        return error.sqlState().equals(CountersignError.CANCELED.sqlState());
    }
}
