package org.countersign.connector.postgres;

import com.ongres.scram.client.ScramClient;
import com.ongres.scram.common.exception.ScramException;
import com.ongres.scram.common.util.TlsServerEndpoint;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.ssl.SslHandler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.countersign.connector.session.ClientSession;
import org.countersign.model.port.SessionGrant.PasswordUse;
import org.countersign.model.port.SessionGrant.Upstream;
import org.countersign.wire.WireException;
import org.countersign.wire.postgres.Authentication;
import org.countersign.wire.postgres.BackendDecoder;
import org.countersign.wire.postgres.BackendMessage;
import org.countersign.wire.postgres.BackendMessage.BackendKeyData;
import org.countersign.wire.postgres.FrontendMessage;
import org.countersign.wire.postgres.FrontendMessage.Password;
import org.countersign.wire.postgres.FrontendWriter;
import org.countersign.wire.postgres.StartupPacket.Startup;
import org.countersign.wire.postgres.StartupWriter;
import org.jspecify.annotations.Nullable;

/** The gateway's own sign-in at the target: SCRAM-SHA-256 or trust; anything weaker only where its manifest says so. */
final class TargetSignIn extends SimpleChannelInboundHandler<BackendMessage> {
    private static final int MAX_SCRAM_ITERATIONS = 1_000_000;
    private static final int MAX_MESSAGES = 1_000;
    private final ClientSession session;
    private final Upstream upstream;
    private final Map<String, String> settings;
    private final Optional<SslHandler> tls;
    private final CompletableFuture<SignedIn> signedIn;
    private final Map<String, String> parameters = new LinkedHashMap<>();
    private @Nullable ScramClient scram;
    private @Nullable BackendKeyData key;
    private boolean challenged;
    private boolean proved;
    private boolean weaklyProved;
    private boolean authenticated;
    private int messages;

    /**
     * @param parameters what the target reported about itself
     * @param cancelKey for cancelling what it runs; a target need not give one
     */
    record SignedIn(Channel channel, Map<String, String> parameters, Optional<BackendKeyData> cancelKey) {}

    /** The target asks for a weaker proof than its manifest allows. */
    static final class WeakProofException extends IOException {
        private static final long serialVersionUID = 1L;

        WeakProofException(String asked) {
            super(asked);
        }

        /** For the person at the prompt. */
        String text(String target) {
            return "The target \"" + target + "\" asks the gateway to sign in by " + getMessage()
                    + ", which its manifest does not allow. Tell an administrator.";
        }
    }

    TargetSignIn(
            ClientSession session,
            Upstream upstream,
            Map<String, String> settings,
            Optional<SslHandler> tls,
            CompletableFuture<SignedIn> signedIn) {
        this.session = session;
        this.upstream = upstream;
        this.settings = settings;
        this.tls = tls;
        this.signedIn = signedIn;
    }

    void start(Channel channel) {
        var startup = new LinkedHashMap<String, String>();
        startup.put("user", upstream.user());
        startup.put("database", upstream.database());
        startup.putAll(settings);
        startup.put("client_encoding", "UTF8");
        startup.put("client_min_messages", "log");
        startup.put("debug_pretty_print", "off");
        startup.put("standard_conforming_strings", "on");
        ByteBuf out = channel.alloc().buffer(256);
        StartupWriter.write(new Startup(3, 0, startup), out);
        channel.writeAndFlush(out);
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, BackendMessage message) throws Exception {
        if (++messages > MAX_MESSAGES) {
            throw new WireException("more than " + MAX_MESSAGES + " messages in a sign-in");
        }
        switch (message) {
            case Authentication authentication -> authenticate(ctx, authentication);
            case BackendMessage.ParameterStatus parameter -> parameters.put(parameter.name(), parameter.value());
            case BackendKeyData given -> key = given;
            case BackendMessage.NoticeResponse ignored -> {
                // a target's greeting is not for clients
            }
            case BackendMessage.ReadyForQuery ready -> ready(ctx);
            case BackendMessage.ErrorResponse error ->
                failed(new IOException(
                        "the target refused the sign-in: " + error.diagnostic().sqlState()));
            case BackendMessage other -> throw new WireException("the target is not signing in");
        }
    }

    private void authenticate(ChannelHandlerContext ctx, Authentication authentication) throws Exception {
        switch (authentication) {
            case Authentication.Ok ok -> {
                if (scram != null && !proved) {
                    throw new WireException("the target did not prove that it knows the password");
                }
                authenticated = true;
            }
            case Authentication.Sasl sasl -> first(ctx, sasl.mechanisms());
            case Authentication.SaslContinue next -> proof(ctx, next.data());
            case Authentication.SaslFinal last -> {
                if (scram == null) {
                    throw new WireException("SASL ended before it began");
                }
                scram.serverFinalMessage(text(last.data()));
                proved = true;
            }
            case Authentication.CleartextPassword asked ->
                weak(ctx, PasswordUse.PASSWORD, upstream.password().reveal());
            case Authentication.Md5Password asked ->
                weak(
                        ctx,
                        PasswordUse.MD5,
                        Md5Password.of(upstream.user(), upstream.password().reveal(), asked.salt()));
            case Authentication.Other other ->
                failed(new WeakProofException("something else than a password (" + other.code() + ")"));
        }
    }

    /** Once, and never in the midst of something better. */
    private void weak(ChannelHandlerContext ctx, PasswordUse use, String proof) {
        if (scram != null || weaklyProved) {
            throw new WireException("the target asks for another proof");
        }
        if (upstream.weakest() != use) {
            failed(new WeakProofException(use.label()));
            return;
        }
        weaklyProved = true;
        send(ctx, Password.ofText(proof));
    }

    private void first(ChannelHandlerContext ctx, List<String> mechanisms) throws Exception {
        if (scram != null || weaklyProved) {
            throw new WireException("SASL begins twice");
        }
        var builder = ScramClient.builder()
                .advertisedMechanisms(mechanisms)
                .username("*")
                .password(upstream.password().reveal().toCharArray());
        if (tls.isPresent()) {
            Optional<byte[]> endpoint = TlsEndpoint.ofTheirs(tls.get());
            builder = builder.channelBinding(
                    TlsServerEndpoint.TLS_SERVER_END_POINT, endpoint.orElseGet(() -> new byte[0]));
        }
        scram = builder.build();
        send(
                ctx,
                Password.ofSaslInitial(
                        scram.getScramMechanism().getName(),
                        scram.clientFirstMessage().toString().getBytes(StandardCharsets.UTF_8)));
    }

    /** Deriving the key takes milliseconds: on a work thread. */
    private void proof(ChannelHandlerContext ctx, byte[] data) throws ScramException {
        ScramClient client = scram;
        if (client == null || challenged) {
            throw new WireException("SASL goes on before it began, or twice");
        }
        challenged = true;
        int iterations = client.serverFirstMessage(text(data)).getIterationCount();
        if (iterations > MAX_SCRAM_ITERATIONS) {
            throw new WireException("SCRAM declares " + iterations + " iterations, limit " + MAX_SCRAM_ITERATIONS);
        }
        session.work(() -> client.clientFinalMessage().toString()).whenComplete((message, failure) -> {
            if (failure == null) {
                send(ctx, new Password(message.getBytes(StandardCharsets.UTF_8)));
            } else {
                failed(failure);
            }
        });
    }

    private void ready(ChannelHandlerContext ctx) {
        if (!authenticated) {
            throw new WireException("the target is ready without a sign-in");
        }
        if (ctx.pipeline().get("decoder") instanceof BackendDecoder decoder) {
            decoder.limit(session.surroundings().limits().messageBytes());
        }
        signedIn.complete(new SignedIn(ctx.channel(), parameters, Optional.ofNullable(key)));
    }

    private static void send(ChannelHandlerContext ctx, FrontendMessage message) {
        ByteBuf out = ctx.alloc().buffer(256);
        FrontendWriter.write(message, out);
        ctx.channel().writeAndFlush(out);
    }

    private static String text(byte[] data) {
        return new String(data, StandardCharsets.UTF_8);
    }

    private void failed(Throwable failure) {
        signedIn.completeExceptionally(failure);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        failed(new IOException("the target closed the connection"));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        failed(cause);
    }
}
