package org.countersign.connector.session;

import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.countersign.connector.intercept.CommandGate;
import org.countersign.connector.intercept.SessionRecorder;
import org.countersign.connector.intercept.Tally;
import org.countersign.connector.metrics.Metric;
import org.countersign.model.CountersignError;
import org.countersign.model.command.Command;
import org.countersign.model.port.AccessRefusedException;
import org.countersign.model.port.AccessRequest;
import org.countersign.model.port.ScramVerifier;
import org.countersign.model.port.SessionControl;
import org.countersign.model.port.SessionGrant;
import org.countersign.model.session.Principal;
import org.countersign.model.session.SessionId;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

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
    private final IdleWatch idle;
    private @Nullable Principal admitted;
    private Phase phase = new Phase.Arrived();
    private Runnable canceller = () -> {};

    /** The two ends of a session in its protocol's words; called on the event loop. */
    public interface Farewell {
        /**
         * Sends the error to the client and closes. Called at most once, after {@link #over}.
         *
         * @param hint what to do about it; may be empty
         */
        void end(CountersignError error, String message, String hint);

        /** Leaves the target. Called exactly once, however the session ends. */
        void over();
    }

    public ClientSession(Surroundings surroundings, EventLoop loop, Farewell farewell) {
        this.surroundings = surroundings;
        this.loop = loop;
        this.farewell = farewell;
        recorder = new SessionRecorder(surroundings.journal(), id, loop, this::cannotBeRecorded);
        idle = new IdleWatch(loop, surroundings.limits().times(), this::idleTooLong);
        surroundings.live().add(this);
        after(surroundings.connections().loginTimeout(), this::loginTimedOut);
    }

    /** It has one of the places, and waits there for its sign-in with those who came before it. */
    public void takePlace() {
        surroundings
                .live()
                .stranger(this, surroundings.connections().mostStrangers())
                .ifPresent(ClientSession::makeRoom);
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

    /** Told by the protocol when the client has to speak next and when it has not. */
    public IdleWatch idle() {
        return idle;
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

    /** Where clients get their tokens; asked on a work thread. */
    public CompletionStage<String> issuer() {
        return work(() -> surroundings.core().access().issuer());
    }

    /** Looks a connection credential up on a work thread. */
    public CompletionStage<Optional<ScramVerifier>> credential(String user) {
        return work(() -> surroundings.core().access().credential(user));
    }

    /**
     * Asks the core to open the session; fails with {@link AccessRefusedException}, or with anything else when the core
     * is not there.
     */
    public CompletionStage<SessionGrant> open(
            AccessRequest.Proof proof, String protocol, String address, boolean tls, Optional<String> task) {
        if (!(phase instanceof Phase.SigningIn signing)) {
            throw new IllegalStateException("not signing in");
        }
        var request = new AccessRequest(id, protocol, signing.user(), signing.database(), proof, address, tls, task);
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
            surroundings.live().known(this);
            admit(grant.opener());
            // both by the clock of whoever let it in, which is not this machine's
            after(Duration.between(grant.facts().startedAt(), grant.endsAt()), this::tokenExpired);
        } else {
            report("left while signing in");
        }
    }

    private void admit(Principal principal) {
        int most = surroundings.connections().maxPerPrincipal();
        if (surroundings.live().admit(principal, most)) {
            admitted = principal;
            return;
        }
        surroundings.metrics().count(Metric.PRINCIPAL_CONNECTIONS_REFUSED);
        end(
                CountersignError.TOO_MANY_CONNECTIONS,
                "too many connections for \"" + principal.name() + "\"",
                "You have " + most + " open, which is all that one principal may have. Close some of them.");
    }

    /**
     * The target answers: from now on commands are taken.
     *
     * @param nothing a command of the protocol that asks for nothing
     */
    public CommandGate ready(Command nothing) {
        if (!(phase instanceof Phase.Connecting connecting)) {
            throw new IllegalStateException("not connecting");
        }
        var gate = new CommandGate(
                connecting.grant(),
                nothing,
                surroundings.core().commands(),
                surroundings.core().approvals(),
                recorder,
                tally,
                loop,
                surroundings.work(),
                surroundings.limits().times().held(),
                surroundings.metrics());
        phase = connecting.connected(gate);
        surroundings.metrics().count(Metric.SESSIONS_OPENED);
        surroundings.metrics().add(Metric.SESSIONS, 1);
        idle.start();
        return gate;
    }

    @Override
    public void terminate(CountersignError error, String message) {
        onLoop(() -> end(error, message));
    }

    private void onLoop(Runnable action) {
        try {
            loop.execute(action);
        } catch (RejectedExecutionException e) {
            LOG.debugf("the event loop is gone session=%s", id);
        }
    }

    @Override
    public void cancel(long number) {
        onLoop(() -> {
            if (phase instanceof Phase.Ready ready && ready.gate().runs(number)) {
                canceller.run();
            }
        });
    }

    /** How the protocol has cancelled what runs on the target. */
    public void cancelsBy(Runnable action) {
        canceller = action;
    }

    @Override
    public Counters counters() {
        return tally.counters();
    }

    /** The gateway ends the session and says why. */
    public void end(CountersignError error, String message) {
        end(error, message, "");
    }

    /** @param hint what the person at the prompt can do about it */
    public void end(CountersignError error, String message, String hint) {
        if (over(message)) {
            farewell.end(error, message, hint);
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
        idle.stop();
        if (admitted != null) {
            surroundings.live().vacate(admitted);
        }
        farewell.over();
        switch (last) {
            case Phase.Arrived arrived -> LOG.debugf("left before signing in session=%s", id);
            case Phase.SigningIn signing -> LOG.debugf("left while signing in session=%s", id);
            case Phase.Opening opening -> LOG.debugf("left while opening session=%s", id);
            case Phase.Connecting connecting -> report(reason);
            case Phase.Ready ready -> {
                surroundings.metrics().add(Metric.SESSIONS, -1);
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
        end(
                CountersignError.CANNOT_BE_RECORDED,
                "The gateway cannot record this session, so it ends.",
                "Connect again shortly; if it stays so, tell an administrator that the recordings cannot be written.");
    }

    /** For another client that has not signed in either, and came later; unless this one just has. */
    private void makeRoom() {
        onLoop(() -> {
            if (admitted == null && !ended()) {
                surroundings.metrics().count(Metric.CONNECTIONS_REFUSED);
                end(
                        CountersignError.TOO_MANY_CONNECTIONS,
                        "too many connections wait for their sign-in",
                        "Try again: the one that has waited longest makes room for the next.");
            }
        });
    }

    private void loginTimedOut() {
        if (!(phase instanceof Phase.Ready) && !ended()) {
            surroundings.metrics().count(Metric.SIGN_INS_TIMED_OUT);
            end(
                    CountersignError.NOT_SIGNED_IN,
                    "The sign-in took too long.",
                    "It has to be over within "
                            + surroundings.connections().loginTimeout().toSeconds() + " seconds.");
        }
    }

    private void idleTooLong(boolean inTransaction) {
        if (inTransaction) {
            surroundings.metrics().count(Metric.IDLE_IN_TRANSACTION_TIMED_OUT);
            end(
                    CountersignError.IDLE_IN_TRANSACTION,
                    "terminating connection due to idle-in-transaction timeout",
                    "End transactions sooner: the gateway waits for the next command in one for "
                            + surroundings.limits().times().idleInTransaction().toSeconds() + " seconds.");
        } else {
            surroundings.metrics().count(Metric.IDLE_TIMED_OUT);
            end(
                    CountersignError.IDLE,
                    "terminating connection due to idle-session timeout",
                    "Connect again: the gateway keeps a session that asks for nothing for "
                            + surroundings.limits().times().idle().toSeconds() + " seconds.");
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
