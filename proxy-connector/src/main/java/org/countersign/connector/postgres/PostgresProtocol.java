package org.countersign.connector.postgres;

import io.netty.channel.Channel;
import io.netty.handler.ssl.SslContext;
import java.io.IOException;
import org.countersign.connector.metrics.Metric;
import org.countersign.connector.net.Listener;
import org.countersign.connector.net.ListenerSettings;
import org.countersign.connector.net.Tls;
import org.countersign.connector.session.ClientSession;
import org.countersign.connector.session.Surroundings;
import org.countersign.wire.postgres.StartupDecoder;
import org.jspecify.annotations.Nullable;

/** Registers PostgreSQL: what a listener does with a connection. Safe for all threads. */
public final class PostgresProtocol implements Listener.Reception {
    /** The protocol's name in manifests, conditions and recordings. */
    public static final String NAME = "postgresql";

    /**
     * How TLS names it.
     *
     * @see <a href="https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-FLOW-SSL">SSL session encryption</a>
     */
    static final String TLS_NAME = "postgresql";

    private final Surroundings surroundings;
    private final Predictions predictions;
    private final boolean requireTls;
    private final @Nullable SslContext tls;

    /** @throws IOException when the key store cannot be used */
    public PostgresProtocol(Surroundings surroundings, ListenerSettings settings) throws IOException {
        this.surroundings = surroundings;
        predictions = new Predictions(surroundings.metrics());
        surroundings.metrics().add(Metric.ANALYSIS_CACHE_WINDOW_SECONDS, Predictions.WINDOW.toSeconds());
        requireTls = settings.requireTls();
        tls = settings.keystore().isPresent() ? Tls.server(settings.keystore().get(), TLS_NAME) : null;
    }

    @Override
    public void receive(Channel channel, boolean full) {
        var client = new ClientWire(channel);
        var connections = new Connections(client, predictions);
        var session = new ClientSession(surroundings, channel.eventLoop(), connections);
        connections.belongTo(session.id());
        if (!full) {
            session.takePlace();
        }
        channel.pipeline()
                .addLast("first", new DirectTls(tls))
                .addLast(
                        "decoder", new StartupDecoder(surroundings.connections().startupBytes()))
                .addLast("conversation", new PostgresStartup(session, connections, client, tls, requireTls, full))
                .addLast("halfClosed", new HalfClosed());
    }
}
