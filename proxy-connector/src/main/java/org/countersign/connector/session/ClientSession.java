package org.countersign.connector.session;

import io.netty.channel.EventLoop;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.countersign.connector.intercept.CommandGate;
import org.countersign.connector.intercept.SessionRecorder;
import org.countersign.connector.intercept.Tally;
import org.countersign.model.CountersignError;
import org.countersign.model.port.AccessRefusedException;
import org.countersign.model.port.AccessRequest;
import org.countersign.model.port.ScramVerifier;
import org.countersign.model.port.SessionControl;
import org.countersign.model.port.SessionGrant;
import org.countersign.model.session.SessionId;
import org.jboss.logging.Logger;

/**
 * One client connection, whatever its protocol: who it is, how far it has come, and its one end. Confined to its event
 * loop except for {@link SessionControl}'s methods.
 */
public final class ClientSession implements SessionControl {
    private static final Logger LOG = Logger.getLogger(ClientSession.class);
    private final SessionId id = SessionId.random();
    private final Surroundings surroundings;
    private final EventLoop loop;
    private final Farewell farewell;
    private final SessionRecorder recorder;
    private final Tally tally = new Tally();
    private Phase phase = new Phase.Arrived();

    /** The two ends of a session in its protocol's words; called on the event loop. */
    public interface Farewell {
        /** Sends the error to the client and closes. Called at most once, after {@link #over}. */
        void end(CountersignError error, String message);

        /** Leaves the target. Called exactly once, however the session ends. */
        void over();
    }

    public ClientSession(Surroundings surroundings, EventLoop loop, Farewell farewell) {
        this.surroundings = surroundings;
        this.loop = loop;
        this.farewell = farewell;
        recorder = new SessionRecorder(surroundings.journal(), id, loop, this::cannotBeRecorded);
        surroundings.live().add(this);
        after(surroundings.limits().loginTimeout(), this::loginTimedOut);
    }

    public SessionId id() {
        return id;
    }

    public Phase phase() {
        return phase;
    }

    public EventLoop loop() {
        return loop;
    }

    public Surroundings surroundings() {
        return surroundings;
    }

    public SessionRecorder recorder() {
        return recorder;
    }

    public boolean ended() {
        return phase instanceof Phase.Ended;
    }

    /** @throws IllegalStateException when the client said so before */
    public void signIn(String user, String database) {
        if (!(phase instanceof Phase.Arrived arrived)) {
            throw new IllegalStateException("identity is fixed once");
        }
        phase = arrived.signIn(user, database);
    }

    /** Looks a connection credential up on a work thread. */
    public CompletionStage<Optional<ScramVerifier>> credential(String user) {
        return work(() -> surroundings.core().access().credential(user));
    }

    /**
     * Asks the core to open the session; fails with {@link AccessRefusedException}, or with anything else when the core
     * is not there.
     */
    public CompletionStage<SessionGrant> open(AccessRequest.Proof proof, String protocol, String address, boolean tls) {
        if (!(phase instanceof Phase.SigningIn signing)) {
            throw new IllegalStateException("not signing in");
        }
        var request = new AccessRequest(id, protocol, signing.user(), signing.database(), proof, address, tls);
        phase = signing.proved(request);
        return work(() -> {
                    SessionGrant grant = surroundings.core().access().open(request, this);
                    loop.execute(() -> granted(grant));
                    return grant;
                })
                .thenApply(grant -> {
                    if (ended()) {
                        throw new IllegalStateException("the client left");
                    }
                    return grant;
                });
    }

    private void granted(SessionGrant grant) {
        if (phase instanceof Phase.Opening opening) {
            phase = opening.granted(grant);
            after(Duration.between(Instant.now(), grant.endsAt()), this::tokenExpired);
        } else {
            report("left while signing in");
        }
    }

    /** The target answers: from now on commands are taken. */
    public CommandGate ready() {
        if (!(phase instanceof Phase.Connecting connecting)) {
            throw new IllegalStateException("not connecting");
        }
        var gate = new CommandGate(
                connecting.grant(),
                surroundings.core().commands(),
                surroundings.core().approvals(),
                recorder,
                tally,
                loop,
                surroundings.work());
        phase = connecting.connected(gate);
        return gate;
    }

    @Override
    public void terminate(CountersignError error, String message) {
        try {
            loop.execute(() -> end(error, message));
        } catch (RejectedExecutionException e) {
            LOG.debugf("the event loop is gone session=%s", id);
        }
    }

    @Override
    public Counters counters() {
        return tally.counters();
    }

    /** The gateway ends the session and says why. */
    public void end(CountersignError error, String message) {
        if (over(message)) {
            farewell.end(error, message);
        }
    }

    /** The client, or the target after its error was passed on, is gone: there is nobody left to tell. */
    public void left(String reason) {
        over(reason);
    }

    private boolean over(String reason) {
        if (ended()) {
            return false;
        }
        Phase last = phase;
        phase = new Phase.Ended(reason);
        surroundings.live().remove(this);
        farewell.over();
        switch (last) {
            case Phase.Arrived arrived -> LOG.debugf("left before signing in session=%s", id);
            case Phase.SigningIn signing -> LOG.debugf("left while signing in session=%s", id);
            case Phase.Opening opening -> LOG.debugf("left while opening session=%s", id);
            case Phase.Connecting connecting -> report(reason);
            case Phase.Ready ready -> {
                ready.gate().abandon(reason);
                recorder.closed(reason, counters());
                report(reason);
            }
            case Phase.Ended e -> throw new IllegalStateException("ended twice");
        }
        return true;
    }

    private void report(String reason) {
        try {
            surroundings.work().execute(() -> surroundings.core().access().closed(id, counters(), reason));
        } catch (RejectedExecutionException e) {
            LOG.warnf("the end could not be reported session=%s", id);
        }
    }

    private void cannotBeRecorded() {
        end(CountersignError.CANNOT_BE_RECORDED, "The gateway cannot record this session, so it ends.");
    }

    private void loginTimedOut() {
        if (!(phase instanceof Phase.Ready)) {
            end(CountersignError.NOT_SIGNED_IN, "The sign-in took too long.");
        }
    }

    private void tokenExpired() {
        end(CountersignError.SESSION_ENDED, "Your sign-in has expired and the session with it. Connect again.");
    }

    private void after(Duration delay, Runnable action) {
        var timer = loop.schedule(action, Math.max(0, delay.toMillis()), TimeUnit.MILLISECONDS);
        timer.addListener(done -> {
            if (!done.isSuccess() && !done.isCancelled()) {
                LOG.error("a timer failed", done.cause());
            }
        });
    }

    /** What may block, off the event loop; the answer comes back on it. */
    public <T> CompletionStage<T> work(Blocking<T> task) {
        var answer = new CompletableFuture<T>();
        try {
            surroundings.work().execute(() -> {
                try {
                    T value = task.call();
                    loop.execute(() -> answer.complete(value));
                } catch (Throwable e) {
                    loop.execute(() -> answer.completeExceptionally(e));
                }
            });
        } catch (RejectedExecutionException e) {
            answer.completeExceptionally(e);
        }
        return answer;
    }

    /** The failure itself, without the wrapping of completion stages. */
    public static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    /** A task that may wait. */
    @FunctionalInterface
    public interface Blocking<T> {
        T call() throws Exception;
    }
}
