package org.countersign.connector.postgres;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.countersign.connector.intercept.CommandGate;
import org.countersign.connector.session.CancelKeys;
import org.countersign.connector.session.ClientSession;
import org.countersign.model.CountersignError;
import org.countersign.model.port.SessionGrant;
import org.countersign.wire.postgres.Authentication;
import org.countersign.wire.postgres.BackendMessage;
import org.countersign.wire.postgres.FrontendDecoder;
import org.countersign.wire.postgres.FrontendMessage;
import org.countersign.wire.postgres.FrontendMessage.Bind;
import org.countersign.wire.postgres.FrontendMessage.Execute;
import org.countersign.wire.postgres.FrontendMessage.Parse;
import org.countersign.wire.postgres.TransactionStatus;
import org.jboss.logging.Logger;

/** From the grant to the first ReadyForQuery: reach the target, prepare it, check it, greet the client. */
final class PostgresOpening {
    private static final Logger LOG = Logger.getLogger(PostgresOpening.class);
    /** For a question of the gateway's own the target may take this many times as long as for being reached. */
    private static final int PATIENCE = 3;

    private static final Set<String> RELAYED = Set.of(
            "server_version",
            "server_encoding",
            "client_encoding",
            "application_name",
            "DateStyle",
            "IntervalStyle",
            "TimeZone",
            "integer_datetimes",
            "standard_conforming_strings",
            "scram_iterations",
            "in_hot_standby",
            "default_transaction_read_only",
            "search_path");
    private static final String MAY_QUIET =
            "SELECT pg_catalog.has_parameter_privilege('log_min_messages', 'SET')::pg_catalog.text";
    private final ClientSession session;
    private final Connections connections;
    private final ClientWire client;
    private final StartupOptions options;
    private final SessionGrant grant;
    private final Map<String, String> parameters = new LinkedHashMap<>();

    PostgresOpening(
            ClientSession session,
            Connections connections,
            ClientWire client,
            StartupOptions options,
            SessionGrant grant) {
        this.session = session;
        this.connections = connections;
        this.client = client;
        this.options = options;
        this.grant = grant;
    }

    static boolean relayed(String parameter) {
        return RELAYED.contains(parameter);
    }

    /** What takes the conversation over once the target is ready for its first command. */
    @FunctionalInterface
    interface Arrival {
        void arrived(Talk talk, TargetEvents events);
    }

    /** Opens it for the client of this pipeline. */
    void open(ChannelHandlerContext ctx) {
        open((talk, events) -> {
            var pipeline = ctx.pipeline();
            pipeline.replace("conversation", "conversation", new PostgresFrontend(talk));
            if (pipeline.get("decoder") instanceof FrontendDecoder decoder) {
                decoder.limit(session.surroundings().limits().messageBytes());
            }
            events.live(talk.announcements, greet(talk.cancellation));
        });
    }

    void open(Arrival arrival) {
        var helpers = new Helpers();
        new TargetConnector(session, connections, grant.upstream(), options.settings())
                .connect()
                .thenCompose(target -> prepare(target, helpers, arrival))
                .whenComplete((nothing, failure) -> {
                    boolean told = ClientSession.cause(failure == null ? new IllegalStateException() : failure)
                            instanceof PostgresBackend.LostException; // the target's own end ends the session
                    if (failure != null && !told && !session.ended()) {
                        LOG.infof(
                                "target unreachable session=%s target=%s reason=%s",
                                session.id(), grant.facts().target(), ClientSession.cause(failure));
                        session.end(
                                CountersignError.TARGET_UNREACHABLE,
                                unreachable(ClientSession.cause(failure)),
                                "Try again; if it stays so, tell an administrator.");
                    }
                });
    }

    private String unreachable(Throwable cause) {
        String name = grant.facts().target();
        return cause instanceof TargetSignIn.WeakProofException weak
                ? weak.text(name)
                : "The target \"" + name + "\" cannot be reached.";
    }

    private CompletionStage<Void> prepare(TargetSignIn.SignedIn target, Helpers helpers, Arrival arrival) {
        parameters.putAll(target.parameters());
        Channel channel = target.channel();
        var events = new TargetEvents(session, client, target.cancelKey());
        var backend = new PostgresBackend(
                channel,
                events,
                session.surroundings().connections().connectTimeout().multipliedBy(PATIENCE));
        channel.pipeline().replace("signIn", "conversation", backend);
        if (session.ended()) {
            backend.close();
            return CompletableFuture.completedStage(null);
        }
        connections.reached(backend);
        var cancel = new TargetCancel(session, grant.upstream(), channel.remoteAddress(), target.cancelKey());
        if (!"on".equals(parameters.get("standard_conforming_strings"))) {
            session.end(
                    CountersignError.CANNOT_BE_INSPECTED,
                    "The target does not read strings as standard SQL does.",
                    "Ask an administrator to set standard_conforming_strings to on for the gateway's account.");
            return CompletableFuture.completedStage(null);
        }
        var requests = new ArrayList<>(helpers.prepare());
        requests.add(new FrontendMessage.Sync());
        return backend.run(requests)
                .thenCompose(prepared -> {
                    prepared.error().ifPresent(error -> {
                        throw new IllegalStateException("the helpers were refused: " + error.sqlState());
                    });
                    return mayQuiet(backend);
                })
                .thenCompose(quiet -> {
                    helpers.quiet(quiet);
                    return new ClassifiedFields(grant.classified()).missing(backend);
                })
                .thenCompose(missing ->
                        missing.isEmpty() ? begin(backend, cancel, helpers, events, arrival) : refuse(missing));
    }

    private CompletionStage<Boolean> mayQuiet(PostgresBackend backend) {
        if ("on".equals(parameters.get("is_superuser"))) {
            return CompletableFuture.completedStage(true);
        }
        return backend.run(List.of(
                        new Parse("", MAY_QUIET, List.of()),
                        new Bind("", "", List.of(), List.of(), List.of()),
                        new Execute("", 0),
                        new FrontendMessage.Sync()))
                .thenApply(round -> !round.rows().isEmpty()
                        && "true".equals(round.rows().getFirst().text(0)));
    }

    private CompletionStage<Void> refuse(List<String> missing) {
        session.end(
                CountersignError.CANNOT_BE_INSPECTED,
                "The target has no column " + String.join(", ", missing)
                        + " any more, which is classified; nobody gets in before an administrator has looked.");
        return CompletableFuture.completedStage(null);
    }

    private CompletionStage<Void> begin(
            PostgresBackend backend, TargetCancel cancel, Helpers helpers, TargetEvents events, Arrival arrival) {
        if (session.ended()) {
            return CompletableFuture.completedStage(null);
        }
        String version = parameters.getOrDefault("server_version", "0");
        return session.recorder().opened(grant, version).thenAccept(recorded -> {
            if (session.ended()) {
                return;
            }
            backend.opened();
            CommandGate gate = session.ready(Talk.nothing(false));
            connections.onAbandoned(cancel::abandon);
            var cancellation = new Cancellation(session, gate, backend, cancel::send);
            session.cancelsBy(cancellation::request);
            var talk = new Talk(
                    session,
                    client,
                    backend,
                    helpers,
                    gate,
                    cancellation,
                    grant,
                    versionNumber(version),
                    options.defers(),
                    new StandingReason(options.reason()),
                    connections.predictions(),
                    shown());
            arrival.arrived(talk, events);
        });
    }

    /** Returns what the client takes for the number of its process. */
    private int greet(Cancellation cancellation) {
        client.write(new Authentication.Ok());
        shown().forEach((name, value) -> client.write(new BackendMessage.ParameterStatus(name, value)));
        CancelKeys keys = session.surroundings().cancelKeys();
        CancelKeys.Key key = keys.issue(options.cancelKeyBytes(), cancellation::request);
        connections.onEnd(() -> keys.revoke(key));
        client.write(new BackendMessage.BackendKeyData(key.number(), key.secret()));
        client.write(new BackendMessage.ReadyForQuery(TransactionStatus.IDLE)).flush();
        return key.number();
    }

    /** The target's parameters in its order, with what the client is in the place of what the gateway is. */
    private SequencedMap<String, String> shown() {
        var shown = new LinkedHashMap<String, String>();
        parameters.forEach((name, value) -> {
            switch (name) {
                case "application_name" ->
                    shown.put(name, options.applicationName().isEmpty() ? "" : value); // as this server writes it
                case "is_superuser" -> shown.put(name, "off");
                case "session_authorization" ->
                    shown.put(name, grant.facts().principal().name());
                default -> {
                    if (relayed(name)) {
                        shown.put(name, value);
                    }
                }
            }
        });
        return shown;
    }

    /** {@code 15.18 (Debian 15.18-0)} is 150018. */
    static int versionNumber(String version) {
        String[] parts = version.split("[^0-9]+", 3);
        try {
            int major = Integer.parseInt(parts[0]);
            int minor = parts.length > 1 && !parts[1].isEmpty() ? Integer.parseInt(parts[1]) : 0;
            return major * 10_000 + minor;
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
