package org.countersign.connector.session;

import java.util.concurrent.Executor;
import org.countersign.connector.intercept.FrameLog;
import org.countersign.connector.metrics.Metrics;
import org.countersign.connector.net.ConnectionLimits;
import org.countersign.connector.net.SessionLimits;
import org.countersign.connector.net.Transport;

/**
 * What all sessions of a gateway share. Safe for all threads.
 *
 * @param work runs what may block; its tasks never touch a session directly but hop back to its event loop
 * @param limits what each session may take
 * @param transport the kind of sockets towards targets, the same as the listener's
 */
public record Surroundings(
        Core core,
        FrameLog journal,
        Executor work,
        ConnectionLimits connections,
        SessionLimits limits,
        Transport transport,
        LiveSessions live,
        Metrics metrics,
        CancelKeys cancelKeys) {}
