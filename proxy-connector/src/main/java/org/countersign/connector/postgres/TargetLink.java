package org.countersign.connector.postgres;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.countersign.connector.net.ConnectionLimits;
import org.countersign.connector.net.Tls;
import org.countersign.connector.session.ClientSession;
import org.countersign.model.port.SessionGrant.TlsMode;
import org.countersign.model.port.SessionGrant.Upstream;
import org.countersign.wire.WireException;
import org.countersign.wire.postgres.StartupPacket.SslRequest;
import org.countersign.wire.postgres.StartupWriter;
import org.jspecify.annotations.Nullable;

/** A connection to a target on the session's own event loop, as far as TCP and TLS; whoever asked for it goes on. */
final class TargetLink {
    private final ClientSession session;
    private final Upstream upstream;
    private final Consumer<Channel> reaching;
    private final CompletableFuture<Open> open = new CompletableFuture<>();

    /** @param tls present when the connection is encrypted */
    record Open(Channel channel, Optional<SslHandler> tls) {}

    private TargetLink(ClientSession session, Upstream upstream, Consumer<Channel> reaching) {
        this.session = session;
        this.upstream = upstream;
        this.reaching = reaching;
    }

    /**
     * Fails with {@link IOException} or whatever the network said; the connection is closed then.
     *
     * @param reaching is told of the connection while it is not open yet: who gives up waiting closes it
     */
    static CompletionStage<Open> open(ClientSession session, Upstream upstream, Consumer<Channel> reaching) {
        return new TargetLink(session, upstream, reaching)
                .connect(InetSocketAddress.createUnresolved(upstream.host(), upstream.port()));
    }

    /** The same once more to exactly this address: a name may stand for several servers. */
    static CompletionStage<Open> again(ClientSession session, Upstream upstream, SocketAddress address) {
        return new TargetLink(session, upstream, channel -> {}).connect(address);
    }

    private CompletionStage<Open> connect(SocketAddress address) {
        @Nullable SslContext tls;
        try {
            tls = Tls.client(upstream.tls(), PostgresProtocol.TLS_NAME).orElse(null);
        } catch (IOException e) {
            return CompletableFuture.failedStage(e);
        }
        ConnectionLimits limits = session.surroundings().connections();
        ChannelFuture connecting = new Bootstrap()
                .group(session.loop())
                .channel(session.surroundings().transport().connected())
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.SO_KEEPALIVE, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int)
                        limits.connectTimeout().toMillis())
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        if (tls != null) {
                            channel.pipeline().addLast(new TlsAsking(tls));
                        }
                    }
                })
                .connect(address);
        reaching.accept(connecting.channel());
        connecting.addListener(done -> {
            if (!done.isSuccess()) {
                open.completeExceptionally(done.cause());
            } else if (tls == null) {
                open.complete(new Open(connecting.channel(), Optional.empty()));
            } else {
                ask(connecting.channel());
            }
        });
        return open.whenComplete((link, failure) -> {
            if (failure != null) {
                connecting.channel().close();
            }
        });
    }

    private static void ask(Channel channel) {
        ByteBuf out = channel.alloc().buffer(8);
        StartupWriter.write(new SslRequest(), out);
        channel.writeAndFlush(out);
    }

    /** Reads the one byte that answers an SSLRequest; anything behind it would be plaintext posing as encrypted. */
    private final class TlsAsking extends SimpleChannelInboundHandler<ByteBuf> {
        private final SslContext tls;

        TlsAsking(SslContext tls) {
            this.tls = tls;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext ctx, ByteBuf answer) {
            if (answer.readableBytes() != 1) {
                throw new WireException("the answer to SSLRequest has " + answer.readableBytes() + " bytes");
            }
            byte said = answer.readByte();
            Channel channel = ctx.channel();
            if (said == 'S') {
                SslHandler handler =
                        Tls.handler(tls, channel.alloc(), upstream.tls(), upstream.host(), upstream.port());
                channel.pipeline().replace(this, "tls", handler);
                handler.handshakeFuture().addListener(shaken -> {
                    if (shaken.isSuccess()) {
                        open.complete(new Open(channel, Optional.of(handler)));
                    } else {
                        open.completeExceptionally(shaken.cause());
                    }
                });
            } else if (said == 'N' && upstream.tls() == TlsMode.PREFER) {
                channel.pipeline().remove(this);
                open.complete(new Open(channel, Optional.empty()));
            } else {
                open.completeExceptionally(new IOException("the target does not offer TLS"));
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext ctx) {
            open.completeExceptionally(new IOException("the target closed the connection"));
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            open.completeExceptionally(cause);
        }
    }
}
