package org.countersign.connector.postgres;

import io.netty.channel.Channel;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.countersign.connector.session.ClientSession;
import org.countersign.model.port.SessionGrant.Upstream;
import org.countersign.wire.postgres.BackendDecoder;

/** Reaches a target on the session's own event loop: TCP, TLS as its mode says, sign-in. */
final class TargetConnector {
    private static final int MAX_SIGN_IN_MESSAGE_BYTES = 64 << 10;
    private final ClientSession session;
    private final Connections connections;
    private final Upstream upstream;
    private final Map<String, String> settings;

    TargetConnector(ClientSession session, Connections connections, Upstream upstream, Map<String, String> settings) {
        this.session = session;
        this.connections = connections;
        this.upstream = upstream;
        this.settings = settings;
    }

    /** Fails with {@link IOException} or whatever the network said. */
    CompletionStage<TargetSignIn.SignedIn> connect() {
        return TargetLink.open(session, upstream, connections::reaching).thenCompose(this::signIn);
    }

    private CompletionStage<TargetSignIn.SignedIn> signIn(TargetLink.Open link) {
        var signedIn = new CompletableFuture<TargetSignIn.SignedIn>();
        Channel channel = link.channel();
        int limit = session.surroundings().limits().messageBytes();
        var handler = new TargetSignIn(session, upstream, settings, link.tls(), signedIn);
        channel.pipeline()
                .addLast("decoder", new BackendDecoder(Math.min(limit, MAX_SIGN_IN_MESSAGE_BYTES)))
                .addLast("signIn", handler);
        handler.start(channel);
        return signedIn.whenComplete((target, failure) -> {
            if (failure != null) {
                channel.close();
            }
        });
    }
}
