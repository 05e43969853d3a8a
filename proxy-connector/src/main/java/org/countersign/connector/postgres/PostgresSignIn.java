package org.countersign.connector.postgres;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.ssl.SslHandler;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import java.util.Optional;
import org.countersign.connector.session.ClientSession;
import org.countersign.model.CountersignError;
import org.countersign.model.port.AccessRefusedException;
import org.countersign.model.port.AccessRequest.Proof;
import org.countersign.model.port.ScramVerifier;
import org.countersign.model.port.Secret;
import org.countersign.model.port.SessionGrant;
import org.countersign.wire.WireException;
import org.countersign.wire.postgres.Authentication;
import org.countersign.wire.postgres.FrontendMessage;
import org.countersign.wire.postgres.FrontendMessage.Password;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The client's proof of identity: a token as the password of a plain name, SCRAM for a connection credential. Anything
 * but the one message that is due ends the connection.
 */
final class PostgresSignIn extends SimpleChannelInboundHandler<FrontendMessage> {
    private static final Logger LOG = Logger.getLogger(PostgresSignIn.class);
    private final ClientSession session;
    private final Connections connections;
    private final ClientWire client;
    private final StartupOptions options;
    private final boolean tls;
    private final PostgresErrors errors;
    private Due due = Due.NOTHING;
    private Optional<byte[]> endpoint = Optional.empty();
    private @Nullable AccessRefusedException refusal;
    private @Nullable ScramServer scram;
    private @Nullable ChannelHandlerContext context;

    private enum Due {
        NOTHING,
        TOKEN,
        OAUTH_TOKEN,
        OAUTH_FAILURE,
        SASL_FIRST,
        SASL_LAST
    }

    PostgresSignIn(
            ClientSession session, Connections connections, ClientWire client, StartupOptions options, boolean tls) {
        this.session = session;
        this.connections = connections;
        this.client = client;
        this.options = options;
        this.tls = tls;
        errors = new PostgresErrors(session.id());
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
        endpoint = Optional.ofNullable(ctx.pipeline().get(SslHandler.class)).flatMap(TlsEndpoint::ofOurs);
    }

    /** Asks for the proof. */
    void ask() {
        if (session.ended()) {
            return;
        }
        if (credential().isEmpty() && options.oauth()) {
            due = Due.OAUTH_TOKEN;
            client.write(new Authentication.Sasl(List.of(OauthBearer.MECHANISM)))
                    .flush();
        } else if (credential().isEmpty()) {
            due = Due.TOKEN;
            client.write(new Authentication.CleartextPassword()).flush();
        } else {
            due = Due.SASL_FIRST;
            client.write(new Authentication.Sasl(
                            endpoint.isPresent()
                                    ? List.of(ScramServer.BOUND_MECHANISM, ScramServer.MECHANISM)
                                    : List.of(ScramServer.MECHANISM)))
                    .flush();
        }
    }

    /** The part behind {@code #} of a connection credential's user name. */
    private Optional<String> credential() {
        int at = options.user().lastIndexOf('#');
        return at < 0 ? Optional.empty() : Optional.of(options.user().substring(at + 1));
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, FrontendMessage message) {
        if (session.ended()) {
            return;
        }
        if (message instanceof FrontendMessage.Terminate) {
            session.left("the client left");
            ctx.close();
            return;
        }
        if (!(message instanceof Password password)) {
            throw new WireException("only the answer to the sign-in is due");
        }
        Due now = due;
        due = Due.NOTHING;
        switch (now) {
            case NOTHING -> throw new WireException("no password is due");
            case TOKEN -> open(new Proof.Token(new Secret(password.text())));
            case OAUTH_TOKEN -> token(password.saslInitial());
            case OAUTH_FAILURE -> acknowledged(password.saslResponse());
            case SASL_FIRST -> first(password.saslInitial());
            case SASL_LAST -> last(password.saslResponse());
        }
    }

    private void token(Password.SaslInitial initial) {
        byte[] response = initial.response();
        if (!initial.mechanism().equals(OauthBearer.MECHANISM) || response == null) {
            throw new WireException("a SASL mechanism that was not offered, or without its token");
        }
        OauthBearer.token(response)
                .ifPresentOrElse(
                        token -> open(new Proof.Token(token)),
                        () -> discover(new AccessRefusedException(
                                CountersignError.NOT_SIGNED_IN,
                                "No access token was sent.",
                                "Get one from the issuer that was named.")));
    }

    /** Tells where tokens are to be had; the refusal itself follows when the client has taken note. */
    private void discover(AccessRefusedException because) {
        session.issuer().whenComplete((issuer, failure) -> {
            if (session.ended()) {
                return;
            }
            if (failure != null) {
                unavailable(failure);
                return;
            }
            refusal = because;
            due = Due.OAUTH_FAILURE;
            client.write(new Authentication.SaslContinue(OauthBearer.failure(issuer)))
                    .flush();
        });
    }

    private void acknowledged(byte[] response) {
        AccessRefusedException refused = refusal;
        if (refused == null || !OauthBearer.acknowledges(response)) {
            throw new WireException("the client did not acknowledge that its token failed");
        }
        refuse(refused);
    }

    private void refuse(AccessRefusedException refused) {
        session.left("refused");
        client.farewell(errors.refused(refused));
    }

    private static boolean concernsTheToken(AccessRefusedException refused) {
        return refused.error() == CountersignError.NOT_SIGNED_IN || refused.error() == CountersignError.WRONG_PASSWORD;
    }

    private void first(Password.SaslInitial initial) {
        byte[] response = initial.response();
        boolean bound = initial.mechanism().equals(ScramServer.BOUND_MECHANISM) && endpoint.isPresent();
        if (!(bound || initial.mechanism().equals(ScramServer.MECHANISM)) || response == null) {
            throw new WireException("a SASL mechanism that was not offered");
        }
        session.credential(options.user()).whenComplete((verifier, failure) -> {
            if (session.ended()) {
                return;
            }
            if (failure != null) {
                unavailable(failure);
                return;
            }
            challenge(response, bound, verifier);
        });
    }

    private void challenge(byte[] response, boolean bound, Optional<ScramVerifier> verifier) {
        try {
            var exchange = ScramServer.begin(response, bound, endpoint, options.user(), verifier);
            scram = exchange;
            due = Due.SASL_LAST;
            client.write(new Authentication.SaslContinue(exchange.challenge())).flush();
        } catch (RuntimeException e) {
            ClientFailure.close(session, client, e);
        }
    }

    private void last(byte[] response) {
        ScramServer exchange = scram;
        if (exchange == null) {
            throw new WireException("SASL goes on before it began");
        }
        exchange.verify(response)
                .ifPresentOrElse(
                        proof -> {
                            client.write(new Authentication.SaslFinal(proof));
                            open(new Proof.Credential(credential().orElseThrow()));
                        },
                        () -> session.end(
                                CountersignError.WRONG_PASSWORD,
                                "The connection credential is wrong, expired or unknown.",
                                "Make a new one with an access token, or use that as the password."));
    }

    private void open(Proof proof) {
        session.open(proof, PostgresProtocol.NAME, address(), tls, options.task())
                .whenComplete((grant, failure) -> {
                    if (session.ended()) {
                        return;
                    }
                    if (failure == null) {
                        connect(grant);
                    } else if (ClientSession.cause(failure) instanceof AccessRefusedException refused) {
                        if (options.oauth() && proof instanceof Proof.Token && concernsTheToken(refused)) {
                            discover(refused);
                        } else {
                            refuse(refused);
                        }
                    } else {
                        unavailable(failure);
                    }
                });
    }

    private void unavailable(Throwable failure) {
        LOG.errorf(ClientSession.cause(failure), "nobody could be signed in session=%s", session.id());
        session.end(
                CountersignError.POLICY_NOT_CONFIRMED,
                "The gateway cannot check who you are right now.",
                "Try again shortly; if it lasts, tell an administrator.");
    }

    private void connect(SessionGrant grant) {
        ChannelHandlerContext ctx = context;
        if (ctx != null) {
            new PostgresOpening(session, connections, client, options, grant).open(ctx);
        }
    }

    private String address() {
        SocketAddress remote = context == null ? null : context.channel().remoteAddress();
        return remote instanceof InetSocketAddress socket
                ? socket.getAddress().getHostAddress() + ":" + socket.getPort()
                : String.valueOf(remote);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        session.left("the client left");
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        ClientFailure.close(session, client, cause);
    }
}
