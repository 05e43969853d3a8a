package org.countersign.connector.postgres;

import io.netty.channel.Channel;
import org.countersign.connector.session.ClientSession;
import org.countersign.model.CountersignError;
import org.countersign.model.session.SessionId;
import org.countersign.wire.postgres.BackendMessage.ErrorResponse;
import org.jspecify.annotations.Nullable;

/** Both connections of a session, so that they end together. */
final class Connections implements ClientSession.Farewell {
    private final Teller teller;
    private final Predictions predictions;
    private @Nullable SessionId session;
    private @Nullable Channel reaching;
    private @Nullable PostgresBackend target;
    private Runnable ending = () -> {};
    private Runnable abandoning = () -> {};

    /** Tells whoever opened the session that the gateway ends it, and why. */
    @FunctionalInterface
    interface Teller {
        void end(CountersignError error, String message, String hint);
    }

    /** Of a client, which is told in its protocol. */
    Connections(ClientWire client, Predictions predictions) {
        this.predictions = predictions;
        teller = (error, message, hint) -> client.farewell(fatal(error, message, hint));
    }

    Connections(Teller teller, Predictions predictions) {
        this.predictions = predictions;
        this.teller = teller;
    }

    private ErrorResponse fatal(CountersignError error, String message, String hint) {
        SessionId id = session;
        return id == null
                ? PostgresErrors.fatal(error.sqlState(), message)
                : new PostgresErrors(id).fatal(error, message, hint);
    }

    /** What all sessions of the listener know about statements. */
    Predictions predictions() {
        return predictions;
    }

    void belongTo(SessionId id) {
        session = id;
    }

    /** The connection to the target on which the gateway signs in. */
    void reaching(Channel channel) {
        reaching = channel;
    }

    void reached(PostgresBackend backend) {
        target = backend;
    }

    @Override
    public void end(CountersignError error, String message, String hint) {
        teller.end(error, message, hint);
    }

    /** What else ends with the session. */
    void onEnd(Runnable action) {
        ending = action;
    }

    /** What has the target give up what it works on: it looks at its connection only when that is done. */
    void onAbandoned(Runnable cancel) {
        abandoning = cancel;
    }

    @Override
    public void over() {
        ending.run();
        if (target != null) {
            if (target.work() != Round.Work.LOOK_UP) {
                abandoning.run();
            }
            target.close();
        } else if (reaching != null) {
            reaching.close();
        }
    }
}
