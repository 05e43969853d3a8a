package org.countersign.connector.postgres;

import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.NotSslRecordException;
import java.io.IOException;
import javax.net.ssl.SSLException;
import org.countersign.connector.metrics.Metric;
import org.countersign.connector.session.ClientSession;
import org.countersign.connector.session.Phase;
import org.countersign.model.CountersignError;
import org.countersign.wire.WireException;
import org.countersign.wire.postgres.BackendMessage.ErrorResponse;
import org.jboss.logging.Logger;

/** What becomes of a connection on which reading failed: it ends, and only our own faults are logged with a stack. */
final class ClientFailure {
    private static final Logger LOG = Logger.getLogger(ClientFailure.class);

    private ClientFailure() {}

    static void close(ClientSession session, ClientWire client, Throwable failure) {
        Throwable cause = failure instanceof DecoderException && failure.getCause() != null
                        || failure.getCause() instanceof WireException
                ? failure.getCause()
                : failure;
        switch (cause) {
            case WireException broken -> {
                LOG.debugf("protocol violation session=%s reason=%s", session.id(), broken.getMessage());
                ErrorResponse told = told(session, broken);
                session.left("the client broke the protocol");
                client.farewell(told);
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

    private static ErrorResponse told(ClientSession session, WireException broken) {
        String reason = String.valueOf(broken.getMessage());
        boolean open = session.phase() instanceof Phase.Ready;
        if (broken.tooLarge()) {
            session.surroundings().metrics().count(open ? Metric.MESSAGES_TOO_LARGE : Metric.STARTUPS_TOO_LARGE);
        }
        return broken.tooLarge() && open
                ? new PostgresErrors(session.id())
                        .fatal(
                                CountersignError.LIMIT_EXCEEDED,
                                reason,
                                "Send less at once; large values fit into COPY.")
                : PostgresErrors.fatal(
                        broken.tooLarge() ? PostgresErrors.PROTOCOL_VIOLATION : broken.sqlState(), reason);
    }

    private static void quiet(ClientSession session, ClientWire client) {
        session.left("the connection broke");
        client.close();
    }
}
