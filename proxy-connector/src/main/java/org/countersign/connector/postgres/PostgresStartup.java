package org.countersign.connector.postgres;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.countersign.connector.session.ClientSession;
import org.countersign.model.CountersignError;
import org.countersign.wire.WireException;
import org.countersign.wire.postgres.FrontendDecoder;
import org.countersign.wire.postgres.StartupPacket;
import org.countersign.wire.postgres.StartupPacket.CancelRequest;
import org.countersign.wire.postgres.StartupPacket.GssEncRequest;
import org.countersign.wire.postgres.StartupPacket.SslRequest;
import org.countersign.wire.postgres.StartupPacket.Startup;
import org.jspecify.annotations.Nullable;

/** What comes before the first tagged message: encryption, and who wants to talk to what. */
final class PostgresStartup extends SimpleChannelInboundHandler<StartupPacket> {
    private static final int MAX_SIGN_IN_MESSAGE_BYTES = 65_535;
    private final ClientSession session;
    private final Connections connections;
    private final ClientWire client;
    private final @Nullable SslContext tls;
    private final boolean requireTls;
    private final boolean full;
    private boolean cancels;

    /** @param full whether there is no room for another session: the client is told so when it has said who it is */
    PostgresStartup(
            ClientSession session,
            Connections connections,
            ClientWire client,
            @Nullable SslContext tls,
            boolean requireTls,
            boolean full) {
        this.session = session;
        this.connections = connections;
        this.client = client;
        this.tls = tls;
        this.requireTls = requireTls;
        this.full = full;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, StartupPacket packet) {
        switch (packet) {
            case SslRequest request -> encrypt(ctx);
            case GssEncRequest request -> declineGss(ctx);
            case CancelRequest request -> cancel(ctx, request);
            case Startup startup -> begin(ctx, startup);
        }
    }

    /** Whoever asks hears nothing, not even whether the key was right; the connection closes when all is done. */
    private void cancel(ChannelHandlerContext ctx, CancelRequest request) {
        cancels = true;
        session.left("a cancel request");
        address(ctx)
                .flatMap(from -> session.surroundings().cancelKeys().find(from, request.processId(), request.key()))
                .map(Supplier::get)
                .orElseGet(() -> CompletableFuture.completedStage(null))
                .whenComplete((done, failure) -> ctx.close());
    }

    private static Optional<InetAddress> address(ChannelHandlerContext ctx) {
        return ctx.channel().remoteAddress() instanceof InetSocketAddress socket
                ? Optional.ofNullable(socket.getAddress())
                : Optional.empty();
    }

    private static boolean encrypted(ChannelHandlerContext ctx) {
        return ctx.pipeline().get(SslHandler.class) != null;
    }

    private void encrypt(ChannelHandlerContext ctx) {
        if (encrypted(ctx)) {
            throw new WireException("SSLRequest inside TLS");
        }
        if (tls == null) {
            answer(ctx, 'N');
            return;
        }
        // the answer goes out in clear, before the handler that encrypts takes its place
        answer(ctx, 'S');
        SslHandler handler = tls.newHandler(ctx.alloc());
        ctx.pipeline().addFirst("tls", handler);
        handler.handshakeFuture().addListener(shaken -> {
            if (!shaken.isSuccess()) {
                ctx.close();
            }
        });
    }

    private void declineGss(ChannelHandlerContext ctx) {
        if (encrypted(ctx)) {
            throw new WireException("GSSENCRequest inside TLS");
        }
        answer(ctx, 'N');
    }

    private static void answer(ChannelHandlerContext ctx, char answer) {
        ByteBuf out = Unpooled.wrappedBuffer(new byte[] {(byte) answer});
        ctx.channel().writeAndFlush(out);
    }

    private void begin(ChannelHandlerContext ctx, Startup startup) {
        if (startup.major() != ProtocolVersion.MAJOR) {
            session.left("another protocol");
            ProtocolVersion.refuse(startup, client);
            return;
        }
        if (full) {
            session.end(
                    CountersignError.TOO_MANY_CONNECTIONS,
                    "sorry, too many clients already",
                    "All connections of the gateway are taken. Close some, or try again later.");
            return;
        }
        StartupOptions options;
        try {
            options = StartupOptions.of(startup);
        } catch (StartupOptions.RefusedException e) {
            session.left("refused at start-up");
            client.farewell(PostgresErrors.fatal(e.sqlState(), e.text()));
            return;
        }
        boolean encrypted = encrypted(ctx);
        if (requireTls && !encrypted) {
            session.end(
                    CountersignError.NOT_SIGNED_IN, "This listener takes connections over TLS only (sslmode=require).");
            return;
        }
        ProtocolVersion.answer(startup).ifPresent(client::write);
        session.signIn(options.user(), options.database());
        var signIn = new PostgresSignIn(session, connections, client, options, encrypted);
        var pipeline = ctx.pipeline();
        pipeline.replace(this, "conversation", signIn);
        signIn.ask();
        // hands on what came behind the packet: a client may answer before it is asked
        pipeline.replace("decoder", "decoder", new FrontendDecoder(MAX_SIGN_IN_MESSAGE_BYTES));
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        session.left("the client left");
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (cancels) {
            ctx.close();
            return;
        }
        ClientFailure.close(session, client, cause);
    }
}
