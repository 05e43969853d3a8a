package org.countersign.connector.postgres;

import io.netty.channel.Channel;
import org.countersign.connector.session.ClientSession;
import org.countersign.model.CountersignError;
import org.countersign.model.session.SessionId;
import org.jspecify.annotations.Nullable;

/** Both connections of a session, so that they end together. */
final class Connections implements ClientSession.Farewell {
    private final ClientWire client;
    private final Predictions predictions;
    private @Nullable SessionId session;
    private @Nullable Channel reaching;
    private @Nullable PostgresBackend target;
    private Runnable ending = () -> {};
    private Runnable abandoning = () -> {};

    Connections(ClientWire client, Predictions predictions) {
        this.client = client;
        this.predictions = predictions;
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
        SessionId id = session;
        client.farewell(
                id == null
                        ? PostgresErrors.fatal(error.sqlState(), message)
                        : new PostgresErrors(id).fatal(error, message, hint));
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
