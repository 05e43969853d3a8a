package org.countersign.connector.postgres;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.countersign.connector.intercept.Outcome;
import org.countersign.connector.intercept.PendingCommand;
import org.countersign.connector.postgres.analysis.LexException;
import org.countersign.connector.postgres.analysis.Piece;
import org.countersign.connector.postgres.analysis.StatementKind;
import org.countersign.model.command.Parameter;
import org.countersign.wire.postgres.BackendMessage.EmptyQueryResponse;
import org.countersign.wire.postgres.BackendMessage.ErrorResponse;
import org.countersign.wire.postgres.Diagnostic;
import org.countersign.wire.postgres.Subject;
import org.countersign.wire.postgres.TransactionStatus;

/** One simple Query is one command. It runs on the target like any other, in the extended protocol with text results. */
final class SimpleQuery {
    private final Talk talk;
    private final PostgresCommands commands;
    private final CommandRun runner;
    private final Meaning meaning;

    SimpleQuery(Talk talk, PostgresCommands commands, CommandRun runner, Meaning meaning) {
        this.talk = talk;
        this.commands = commands;
        this.runner = runner;
        this.meaning = meaning;
    }

    /** Answers the query but for its ReadyForQuery. */
    CompletionStage<Boolean> run(String sql) {
        return talk.sync().thenCompose(ready -> {
            if (ready.error().isEmpty()) {
                return split(sql);
            }
            talk.settingsChanged();
            talk.client.write(PostgresErrors.atCommit(ready.error().get(), talk.hidesMessages()));
            return CompletableFuture.completedStage(false);
        });
    }

    private CompletionStage<Boolean> split(String sql) {
        List<Piece> pieces;
        try {
            pieces = LexErrors.split(talk, sql);
        } catch (LexException e) {
            PendingCommand pending = talk.gate.receive(sql, List.of());
            return told(pending, LexErrors.finding(e, sql), 0);
        }
        if (pieces.isEmpty()) {
            talk.client.write(new EmptyQueryResponse());
            return CompletableFuture.completedStage(true);
        }
        PendingCommand pending = talk.gate.receive(sql, List.of());
        if (pieces.size() > 1) {
            return new SeveralStatements(talk, commands, runner, meaning, pending, pieces)
                    .run()
                    .thenCompose(good -> talk.sync().thenApply(ready -> good));
        }
        Piece piece = pieces.getFirst();
        pending.because(piece.reason());
        Optional<Finding> kept = commands.kept(piece, List.of());
        if (kept.isPresent()) {
            return told(pending, NoParameters.finding(talk, piece, kept.get()), characters(sql, piece));
        }
        Optional<Predictions.Key> key = key(piece);
        Optional<Foresight> foresight = key.flatMap(talk.predictions::find);
        return foresight.isPresent()
                ? foreseen(pending, sql, piece, key.get(), foresight.get())
                : analysed(pending, sql, piece);
    }

    /** Under what such a statement may be foreseen; the target counts positions in what it sees, so nothing before it. */
    private Optional<Predictions.Key> key(Piece piece) {
        return piece.offset() == 0
                        && StatementKind.of(piece) instanceof StatementKind.Optimizable
                        && !talk.inFailedTransaction()
                        && !talk.apart()
                ? talk.knownSettings().flatMap(settings -> Predictions.key(talk.grant.upstream(), settings, piece))
                : Optional.empty();
    }

    private CompletionStage<Boolean> foreseen(
            PendingCommand pending, String sql, Piece piece, Predictions.Key key, Foresight foresight) {
        Portal portal = portal(foresight.statement(piece.text()), pending);
        var order = new CommandRun.Order(pending, portal, List.of(), 0, true, true);
        return runner.run(order, foresight, key.settings()).thenCompose(told -> {
            if (told.isPresent()) {
                return ended(portal, told.get());
            }
            talk.predictions.forget(key);
            return talk.sync().thenCompose(ready -> analysed(pending, sql, piece));
        });
    }

    private CompletionStage<Boolean> analysed(PendingCommand pending, String sql, Piece piece) {
        long since = talk.predictions.definitions(talk.grant.upstream());
        return pending.recorded()
                .thenCompose(durable -> commands.understand(piece, List.of()))
                .thenCompose(finding -> {
                    if (!talk.steered() && finding instanceof Finding.Understood understood) {
                        understood
                                .foresight()
                                .ifPresent(foresight ->
                                        key(piece).ifPresent(key -> talk.predictions.learn(key, foresight, since)));
                    }
                    return told(pending, NoParameters.finding(talk, piece, finding), characters(sql, piece));
                });
    }

    /** @param before characters of the text before what the target saw */
    private CompletionStage<Boolean> told(PendingCommand pending, Finding finding, int before) {
        return told(pending, finding, before, statement -> portal(statement, pending));
    }

    /** Runs what was found under the portal that is made for it, or says why not. */
    CompletionStage<Boolean> told(
            PendingCommand pending, Finding finding, int before, Function<Statement, Portal> portal) {
        return switch (finding) {
            case Finding.Understood understood -> execute(pending, portal.apply(understood.statement()));
            case Finding.Unreadable unreadable ->
                talk.abort()
                        .thenCompose(undone -> Responses.end(talk, pending, unreadable))
                        .thenApply(shown -> false);
            case Finding.Mistaken mistaken -> mistaken(pending, ErrorPosition.shifted(mistaken.diagnostic(), before));
        };
    }

    /** The target counts characters, Java UTF-16 units. */
    private static int characters(String sql, Piece piece) {
        return sql.codePointCount(0, piece.offset());
    }

    private CompletionStage<Boolean> mistaken(PendingCommand pending, Diagnostic diagnostic) {
        Diagnostic shown = Notices.analysed(diagnostic, talk.hidesMessages());
        return talk.abort()
                .thenCompose(undone -> Responses.end(talk, pending, new ErrorResponse(shown), Outcome.FAILED))
                .thenApply(done -> false);
    }

    private CompletionStage<Boolean> execute(PendingCommand pending, Portal portal) {
        List<Parameter> parameters = PostgresCommands.parameters(portal.statement(), portal.bind());
        pending.bind(parameters);
        return runner.run(new CommandRun.Order(pending, portal, parameters, 0, true, true))
                .thenCompose(good -> {
                    discard(portal.statement());
                    return ended(portal, good);
                });
    }

    private Portal portal(Statement statement, PendingCommand pending) {
        return new Portal(new Prepared(statement, pending, talk.now()), commands.simple(statement));
    }

    private CompletionStage<Boolean> ended(Portal portal, boolean good) {
        return talk.sync().thenApply(ready -> {
            if (portal.open() && talk.target.status() != TransactionStatus.IDLE) {
                talk.leave(Subject.PORTAL, portal.name());
            }
            return good;
        });
    }

    private void discard(Statement statement) {
        talk.leave(statement);
    }
}
