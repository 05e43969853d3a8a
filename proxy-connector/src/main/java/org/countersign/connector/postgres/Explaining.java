package org.countersign.connector.postgres;

import io.netty.channel.EventLoop;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.countersign.connector.intercept.Outcome;
import org.countersign.connector.intercept.PendingCommand;
import org.countersign.connector.postgres.analysis.LexException;
import org.countersign.connector.postgres.analysis.Piece;
import org.countersign.connector.session.ClientSession;
import org.countersign.connector.session.Surroundings;
import org.countersign.model.CountersignError;
import org.countersign.model.command.Parameter;
import org.countersign.model.command.SqlCommand;
import org.countersign.model.port.AccessRefusedException;
import org.countersign.model.port.AccessRequest.Proof;
import org.countersign.model.port.Explainer.Inquiry;
import org.countersign.model.port.Explanation;
import org.countersign.wire.postgres.Diagnostic;
import org.jboss.logging.Logger;

/**
 * One inquiry: a session like any other, but without a client, in which a text is received, understood and judged and then
 * dropped. Confined to its event loop but for {@link #answer}.
 */
final class Explaining {
    private static final Logger LOG = Logger.getLogger(Explaining.class);
    private final Inquiry inquiry;
    private final EventLoop loop;
    private final ClientSession session;
    private final Connections connections;
    private final EmbeddedChannel nobody = new EmbeddedChannel();
    private final CompletableFuture<Explanation> answer = new CompletableFuture<>();

    Explaining(Surroundings surroundings, EventLoop loop, Predictions predictions, Inquiry inquiry) {
        this.inquiry = inquiry;
        this.loop = loop;
        connections = new Connections(
                (error, message, hint) ->
                        answer.completeExceptionally(new AccessRefusedException(error, message, hint)),
                predictions);
        session = new ClientSession(surroundings, loop, connections);
        connections.belongTo(session.id());
        connections.onEnd(this::ended);
    }

    /** Fails with {@link AccessRefusedException}. */
    CompletableFuture<Explanation> answer() {
        return answer;
    }

    void begin() {
        session.signIn(inquiry.principal(), inquiry.target());
        session.open(
                        new Proof.Inquiry(inquiry.ticket()),
                        PostgresProtocol.NAME,
                        inquiry.address(),
                        inquiry.tls(),
                        Optional.empty())
                .thenAccept(grant -> new PostgresOpening(
                                session,
                                connections,
                                new ClientWire(nobody),
                                StartupOptions.none(inquiry.principal(), inquiry.target()),
                                grant)
                        .open((talk, events) -> explain(talk)))
                .whenComplete((begun, failure) -> {
                    if (failure != null) {
                        failed(failure);
                    }
                });
    }

    private void explain(Talk talk) {
        PendingCommand pending = talk.gate.receive(inquiry.text(), List.of());
        pending.recorded().thenCompose(durable -> understand(talk, pending)).whenComplete((explanation, failure) -> {
            if (failure != null) {
                failed(failure);
                return;
            }
            talk.gate.finish(pending, Outcome.EXPLAINED);
            answer.complete(explanation);
            session.left("explained");
        });
    }

    private CompletionStage<Explanation> understand(Talk talk, PendingCommand pending) {
        List<Piece> pieces;
        try {
            pieces = LexErrors.split(talk, inquiry.text());
        } catch (LexException e) {
            return told(talk, pending, LexErrors.finding(e, inquiry.text()));
        }
        if (pieces.isEmpty()) {
            return told(talk, pending, Finding.Unreadable.because("nothing", "there is no statement in it"));
        }
        var names = new ClientNames(talk);
        var commands = new PostgresCommands(talk, new Cursors(talk, names), new SqlPrepared(talk, names));
        return pieces.size() == 1
                ? one(talk, pending, commands, pieces.getFirst())
                : several(talk, pending, new Parts(talk, commands, inquiry.text(), pieces));
    }

    private CompletionStage<Explanation> one(
            Talk talk, PendingCommand pending, PostgresCommands commands, Piece piece) {
        int before = inquiry.text().codePointCount(0, piece.offset());
        return commands.understand(piece, List.of()).thenCompose(finding -> switch (finding) {
            case Finding.Understood understood -> {
                Statement statement = understood.statement();
                if (statement.mistake().isPresent()) {
                    yield told(
                            talk,
                            pending,
                            new Finding.Mistaken(statement.mistake().get()).behind(before));
                }
                if (!CommandRun.namesItsColumns(statement)) {
                    yield told(
                            talk,
                            pending,
                            Finding.Unreadable.because(
                                    statement.kind().name(), "it returns columns that its analysis does not name"));
                }
                yield (statement.depends() ? talk.settings() : CompletableFuture.completedStage(List.<String>of()))
                        .thenCompose(settings -> {
                            SqlCommand command =
                                    commands.command(statement, announced(statement), settings, piece.reason());
                            return new Estimating(talk)
                                    .of(statement, commands.simple(statement))
                                    .thenCompose(
                                            estimate -> judged(talk, pending, command.estimated(estimate), Set.of()));
                        });
            }
            case Finding.Unreadable unreadable -> told(talk, pending, unreadable);
            case Finding.Mistaken mistaken -> told(talk, pending, mistaken.behind(before));
        });
    }

    private CompletionStage<Explanation> several(Talk talk, PendingCommand pending, Parts parts) {
        return parts.understand()
                .thenCompose(mistake -> mistake.isPresent()
                        ? told(talk, pending, mistake.get())
                        : parts.command()
                                .thenCompose(parts::estimated)
                                .thenCompose(command -> judged(talk, pending, command, later(parts))));
    }

    private static Set<Integer> later(Parts parts) {
        var later = new HashSet<Integer>();
        for (int i = 0; i < parts.all().size(); i++) {
            if (parts.all().get(i).statement().isEmpty()) {
                later.add(i);
            }
        }
        return later;
    }

    private CompletionStage<Explanation> judged(
            Talk talk, PendingCommand pending, SqlCommand command, Set<Integer> later) {
        return talk.gate
                .explain(pending, command)
                .thenApply(ruling -> new Explanation.Judged(talk.grant.facts(), command, later, ruling));
    }

    private CompletionStage<Explanation> told(Talk talk, PendingCommand pending, Finding finding) {
        return switch (finding) {
            case Finding.Understood understood -> throw new IllegalArgumentException("nothing is wrong with it");
            case Finding.Unreadable unreadable ->
                talk.gate
                        .refuse(pending, unreadable.kind(), unreadable.error(), unreadable.message(), unreadable.hint())
                        .thenApply(closed -> new Explanation.Unreadable(
                                talk.grant.facts(),
                                unreadable.kind(),
                                unreadable.error(),
                                unreadable.message(),
                                unreadable.hint()));
            case Finding.Mistaken mistaken ->
                CompletableFuture.completedStage(
                        mistaken(talk, Notices.analysed(mistaken.diagnostic(), talk.hidesMessages())));
        };
    }

    private static Explanation mistaken(Talk talk, Diagnostic shown) {
        return new Explanation.Mistaken(
                talk.grant.facts(),
                shown.sqlState(),
                shown.message(),
                shown.field(Diagnostic.HINT).orElse(""),
                shown.field(Diagnostic.POSITION).map(Integer::valueOf));
    }

    /** Somebody waits too long: the target gives up what it works on. */
    void giveUp() {
        loop.execute(() -> session.end(
                CountersignError.CANCELED,
                "The target did not analyse it in time.",
                "Try again; if it stays so, somebody may hold locks that the analysis waits for."));
    }

    private void failed(Throwable failure) {
        Throwable cause = ClientSession.cause(failure);
        if (cause instanceof AccessRefusedException) {
            answer.completeExceptionally(cause);
            session.left("refused");
        } else if (!session.ended()) {
            LOG.errorf(cause, "nothing could be explained session=%s", session.id());
            session.end(
                    CountersignError.POLICY_NOT_CONFIRMED,
                    "The gateway cannot explain anything right now.",
                    "Try again shortly; if it lasts, tell an administrator.");
        }
    }

    /** Whoever ends the session with words of his own is heard first. */
    private void ended() {
        loop.execute(() -> {
            answer.completeExceptionally(new AccessRefusedException(
                    CountersignError.TARGET_UNREACHABLE,
                    "The target ended the session before it had analysed the text.",
                    "Try again; if it stays so, tell an administrator."));
            nobody.finishAndReleaseAll();
        });
    }

    /** The data of a COPY is asked for only once it is sent. */
    private static List<Parameter> announced(Statement statement) {
        return statement.copy().filter(plan -> plan.kind().in()).isPresent() ? CopySpool.announced() : List.of();
    }
}
