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
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.countersign.connector.net.ConnectionLimits;
import org.countersign.connector.net.Tls;
import org.countersign.connector.session.ClientSession;
import org.countersign.model.port.SessionGrant.TlsMode;
import org.countersign.model.port.SessionGrant.Upstream;
import org.countersign.wire.WireException;
import org.countersign.wire.postgres.BackendDecoder;
import org.countersign.wire.postgres.StartupPacket.SslRequest;
import org.countersign.wire.postgres.StartupWriter;
import org.jspecify.annotations.Nullable;

/** Reaches a target on the session's own event loop: TCP, TLS as its mode says, sign-in. */
final class TargetConnector {
    private final ClientSession session;
    private final Upstream upstream;
    private final CompletableFuture<TargetSignIn.SignedIn> signedIn = new CompletableFuture<>();
    private final Map<String, String> settings;

    TargetConnector(ClientSession session, Upstream upstream, Map<String, String> settings) {
        this.session = session;
        this.upstream = upstream;
        this.settings = settings;
    }

    /** Fails with {@link IOException} or whatever the network said. */
    CompletionStage<TargetSignIn.SignedIn> connect() {
        @Nullable SslContext tls;
        try {
            tls = Tls.client(upstream.tls()).orElse(null);
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
                .connect(upstream.host(), upstream.port());
        connecting.addListener(done -> {
            if (!done.isSuccess()) {
                signedIn.completeExceptionally(done.cause());
            } else if (tls == null) {
                signIn(connecting.channel(), () -> null);
            } else {
                ask(connecting.channel());
            }
        });
        return signedIn.whenComplete((target, failure) -> {
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

    private void signIn(Channel channel, Supplier<@Nullable SslHandler> tls) {
        int limit = session.surroundings().limits().messageBytes();
        var handler = new TargetSignIn(session, upstream, settings, tls.get(), signedIn);
        channel.pipeline().addLast("decoder", new BackendDecoder(limit)).addLast("signIn", handler);
        handler.start(channel);
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
                        signIn(channel, () -> handler);
                    } else {
                        signedIn.completeExceptionally(shaken.cause());
                    }
                });
            } else if (said == 'N' && upstream.tls() == TlsMode.PREFER) {
                channel.pipeline().remove(this);
                signIn(channel, () -> null);
            } else {
                signedIn.completeExceptionally(new IOException("the target does not offer TLS"));
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext ctx) {
            signedIn.completeExceptionally(new IOException("the target closed the connection"));
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            signedIn.completeExceptionally(cause);
        }
    }
}
