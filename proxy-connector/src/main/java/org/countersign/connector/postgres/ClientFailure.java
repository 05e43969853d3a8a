package org.countersign.connector.postgres;

import io.netty.handler.ssl.NotSslRecordException;
import java.io.IOException;
import javax.net.ssl.SSLException;
import org.countersign.connector.session.ClientSession;
import org.countersign.wire.WireException;
import org.jboss.logging.Logger;

/** What becomes of a connection on which reading failed: it ends, and only our own faults are logged with a stack. */
final class ClientFailure {
    private static final Logger LOG = Logger.getLogger(ClientFailure.class);

    private ClientFailure() {}

    static void close(ClientSession session, ClientWire client, Throwable failure) {
        Throwable cause = failure.getCause() instanceof WireException wire ? wire : failure;
        switch (cause) {
            case WireException broken -> {
                LOG.debugf("protocol violation session=%s reason=%s", session.id(), broken.getMessage());
                session.left("the client broke the protocol");
                client.farewell(PostgresErrors.fatal(broken.sqlState(), String.valueOf(broken.getMessage())));
            }
            case NotSslRecordException noTls -> quiet(session, client);
            case SSLException tls -> quiet(session, client);
            case IOException gone -> quiet(session, client);
            default -> {
                LOG.errorf(cause, "a session failed session=%s", session.id());
                session.left("the gateway failed");
                client.farewell(PostgresErrors.fatal("XX000", "The gateway failed; the session ends."));
            }
        }
    }

    private static void quiet(ClientSession session, ClientWire client) {
        session.left("the connection broke");
        client.close();
    }
}
