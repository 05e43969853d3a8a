package org.countersign.connector.postgres;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import java.net.SocketAddress;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.countersign.connector.session.ClientSession;
import org.countersign.model.port.SessionGrant.Upstream;
import org.countersign.wire.postgres.BackendMessage.BackendKeyData;
import org.countersign.wire.postgres.StartupPacket.CancelRequest;
import org.countersign.wire.postgres.StartupWriter;
import org.jboss.logging.Logger;

/** Asks a target, on a connection of its own, to cancel what it runs for a session. Confined to its event loop. */
final class TargetCancel {
    private static final Logger LOG = Logger.getLogger(TargetCancel.class);
    private final ClientSession session;
    private final Upstream upstream;
    private final SocketAddress address;
    private final Optional<BackendKeyData> key;

    /** @param key as the target gave it at sign-in; without one it cannot cancel */
    TargetCancel(ClientSession session, Upstream upstream, SocketAddress address, Optional<BackendKeyData> key) {
        this.session = session;
        this.upstream = upstream;
        this.address = address;
        this.key = key;
    }

    /**
     * Completes, always normally, when the target has closed the connection: a server does so once it has passed the
     * wish on, and nothing later is hit by it.
     */
    CompletionStage<Void> send() {
        var over = new CompletableFuture<Void>();
        key.ifPresentOrElse(
                known -> TargetLink.again(session, upstream, address).whenComplete((link, failure) -> {
                    if (failure == null) {
                        send(link.channel(), known, over);
                    } else {
                        LOG.infof("a cancel request did not reach the target session=%s", session.id());
                        over.complete(null);
                    }
                }),
                () -> over.complete(null));
        return over;
    }

    /** The same for a session that is over, where nobody waits for it. */
    void abandon() {
        try {
            send();
        } catch (RejectedExecutionException e) {
            LOG.debugf("the event loop is gone session=%s", session.id());
        }
    }

    private void send(Channel channel, BackendKeyData known, CompletableFuture<Void> over) {
        var patience = channel.eventLoop()
                .schedule(
                        () -> channel.close(),
                        session.surroundings().connections().connectTimeout().toMillis(),
                        TimeUnit.MILLISECONDS);
        channel.closeFuture().addListener(closed -> {
            patience.cancel(false);
            over.complete(null);
        });
        channel.pipeline().addLast("deaf", new Deaf());
        ByteBuf out = channel.alloc().buffer(16);
        StartupWriter.write(new CancelRequest(known.processId(), known.key()), out);
        channel.writeAndFlush(out);
    }

    /** A server has nothing to say to this. */
    private static final class Deaf extends SimpleChannelInboundHandler<Object> {
        @Override
        protected void channelRead0(ChannelHandlerContext ctx, Object ignored) {
            // released by the superclass
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            ctx.close();
        }
    }
}
