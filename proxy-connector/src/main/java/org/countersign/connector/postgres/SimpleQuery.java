package org.countersign.connector.postgres;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.countersign.connector.intercept.Outcome;
import org.countersign.connector.intercept.PendingCommand;
import org.countersign.connector.postgres.analysis.LexException;
import org.countersign.connector.postgres.analysis.Piece;
import org.countersign.connector.postgres.analysis.SqlLexer;
import org.countersign.wire.postgres.BackendMessage.EmptyQueryResponse;
import org.countersign.wire.postgres.BackendMessage.ErrorResponse;
import org.countersign.wire.postgres.Diagnostic;
import org.countersign.wire.postgres.FrontendMessage.Bind;
import org.countersign.wire.postgres.Subject;
import org.countersign.wire.postgres.TransactionStatus;

/** One simple Query is one command. It runs on the target like any other, in the extended protocol with text results. */
final class SimpleQuery {
    private final Talk talk;
    private final PostgresCommands commands;
    private final CommandRun runner;

    SimpleQuery(Talk talk, PostgresCommands commands, CommandRun runner) {
        this.talk = talk;
        this.commands = commands;
        this.runner = runner;
    }

    /** Answers the query but for its ReadyForQuery. */
    CompletionStage<Boolean> run(String sql) {
        return talk.sync().thenCompose(ready -> {
            if (ready.error().isEmpty()) {
                return split(sql);
            }
            talk.settingsChanged();
            talk.client.write(PostgresErrors.atCommit(ready.error().get()));
            return CompletableFuture.completedStage(false);
        });
    }

    private CompletionStage<Boolean> split(String sql) {
        List<Piece> pieces;
        try {
            pieces = SqlLexer.split(sql);
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
            return talk.abort()
                    .thenCompose(undone -> Responses.end(
                            talk,
                            pending,
                            Finding.Unreadable.because(
                                    "several", "it holds " + pieces.size() + " statements; send them one by one")))
                    .thenApply(shown -> false);
        }
        Piece piece = pieces.getFirst();
        return pending.recorded()
                .thenCompose(durable -> commands.understand(piece, List.of()))
                .thenCompose(finding -> told(pending, finding, characters(sql, piece)));
    }

    /** @param before characters of the text before what the target saw */
    private CompletionStage<Boolean> told(PendingCommand pending, Finding finding, int before) {
        return switch (finding) {
            case Finding.Understood understood -> execute(pending, understood.statement());
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
        Diagnostic shown = Notices.analysed(diagnostic);
        return talk.abort()
                .thenCompose(undone -> Responses.end(talk, pending, new ErrorResponse(shown), Outcome.FAILED))
                .thenApply(done -> false);
    }

    private CompletionStage<Boolean> execute(PendingCommand pending, Statement statement) {
        if (!statement.parameterTypes().isEmpty()) {
            discard(statement);
            return mistaken(pending, Diagnostic.of("ERROR", "42P02", "there is no parameter $1"));
        }
        var bind = new Bind("", "", List.of(), List.of(), List.of());
        var portal = new Portal(new Prepared(statement, pending, talk.now()), bind);
        return runner.run(pending, portal, List.of(), 0, true, true).thenCompose(good -> {
            discard(statement);
            return talk.sync().thenApply(ready -> {
                if (portal.open() && !portal.spent() && talk.target.status() != TransactionStatus.IDLE) {
                    talk.leave(Subject.PORTAL, portal.name());
                }
                return good;
            });
        });
    }

    private void discard(Statement statement) {
        statement.target().ifPresent(name -> talk.leave(Subject.STATEMENT, name));
    }
}
