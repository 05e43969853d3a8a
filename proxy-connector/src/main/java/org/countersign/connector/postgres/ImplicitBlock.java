package org.countersign.connector.postgres;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.countersign.connector.intercept.Outcome;
import org.countersign.connector.intercept.PendingCommand;
import org.countersign.connector.intercept.ResponseStream;
import org.countersign.connector.postgres.analysis.LexException;
import org.countersign.connector.postgres.analysis.Piece;
import org.countersign.connector.postgres.analysis.SqlLexer;
import org.countersign.connector.postgres.analysis.StatementKind;
import org.countersign.connector.postgres.analysis.Token;
import org.countersign.wire.postgres.BackendMessage.CommandComplete;
import org.countersign.wire.postgres.BackendMessage.ErrorResponse;
import org.countersign.wire.postgres.BackendMessage.NoticeResponse;
import org.countersign.wire.postgres.BackendWriter;
import org.countersign.wire.postgres.Diagnostic;
import org.countersign.wire.postgres.FrontendMessage;
import org.countersign.wire.postgres.FrontendMessage.Sync;
import org.countersign.wire.postgres.TransactionStatus;

/**
 * The transaction that PostgreSQL opens around several statements of one Query, or of one pipeline. On the target it is a block of the
 * gateway's own; what transaction control does inside is what the server's {@code TBLOCK_IMPLICIT_INPROGRESS} makes of it.
 *
 * @see <a href="https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-FLOW-MULTI-STATEMENT">Multiple
 *     Statements in a Simple Query</a>
 */
final class ImplicitBlock {
    private final Talk talk;
    private boolean ours;

    ImplicitBlock(Talk talk) {
        this.talk = talk;
    }

    private void ours(boolean open) {
        ours = open;
        talk.implicit(open);
    }

    /** Whether a transaction is open that the client knows nothing of. */
    boolean ours() {
        return ours;
    }

    /** Opens it, unless there is a transaction. */
    CompletionStage<Void> begin() {
        if (ours || talk.target.status() != TransactionStatus.IDLE) {
            return CompletableFuture.completedStage(null);
        }
        var requests = new ArrayList<>(talk.takeLeftovers());
        requests.addAll(talk.helpers.run(Helpers.Helper.BEGIN));
        requests.add(new Sync());
        talk.settingsUnknown();
        return talk.target.run(requests).thenAccept(round -> {
            if (round.error().isPresent()) {
                throw new IllegalStateException("no transaction can be opened");
            }
            ours(true);
        });
    }

    /** Undoes what ran in it, if it is still open. */
    CompletionStage<Void> undo() {
        if (!ours) {
            return CompletableFuture.completedStage(null);
        }
        over();
        talk.settingsChanged();
        return talk.sync()
                .thenCompose(ready -> {
                    if (talk.target.status() == TransactionStatus.IDLE) {
                        return Talk.nothing();
                    }
                    var requests = new ArrayList<>(talk.helpers.run(Helpers.Helper.ABANDON));
                    requests.add(new Sync());
                    return talk.target.run(requests);
                })
                .thenAccept(done -> {});
    }

    /** Commits it, as the Sync of a client does; the round has the error if that fails. */
    CompletionStage<Round> commit() {
        over();
        talk.settingsChanged();
        var requests = new ArrayList<>(talk.helpers.run(Helpers.Helper.COMMIT));
        requests.add(new Sync());
        return talk.target.run(new Round(Round.Work.STATEMENT, requests));
    }

    /**
     * Carries out transaction control.
     *
     * @param text the statement's
     * @param send has the target carry it out as it is
     */
    CompletionStage<Boolean> control(
            PendingCommand pending,
            StatementKind.TransactionControl control,
            String text,
            Supplier<CompletionStage<Boolean>> send) {
        return switch (control.name()) {
            case "begin", "start transaction" -> ours ? becomesTheClients(pending, piece(text)) : send.get();
            case "commit", "end", "rollback", "abort" -> {
                if (!ours) {
                    yield send.get();
                }
                yield chains(piece(text))
                        ? refuse(pending, (Statement.undoing(control.name()) ? "rollback" : "commit") + " and chain")
                        : warn(pending).thenCompose(warned -> send.get());
            }
            case "savepoint", "release savepoint", "rollback to savepoint" ->
                ours ? refuse(pending, control.name()) : send.get();
            default -> begin().thenCompose(begun -> send.get()); // SET TRANSACTION holds for this transaction as well
        };
    }

    private static Piece piece(String text) {
        try {
            return SqlLexer.split(text).getFirst();
        } catch (LexException e) {
            throw new IllegalStateException("a statement that was read before", e);
        }
    }

    private static boolean chains(Piece piece) {
        List<Token> tokens = piece.tokens();
        return tokens.getLast().is("chain") && !tokens.get(tokens.size() - 2).is("no");
    }

    /** It ended, or became the client's. */
    void over() {
        ours(false);
        talk.commitAtSync(false);
        talk.notices.transactionEnds();
    }

    /** The BEGIN of a client inside of it: what ran so far belongs to the client's block then. */
    private CompletionStage<Boolean> becomesTheClients(PendingCommand pending, Piece begin) {
        String modes = modes(begin);
        String tag = begin.tokens().getFirst().is("start") ? "START TRANSACTION" : "BEGIN";
        over();
        if (modes.isEmpty()) {
            return complete(pending, tag);
        }
        var requests = new ArrayList<FrontendMessage>(Discard.run("SET TRANSACTION " + modes));
        requests.add(new Sync());
        talk.settingsChanged();
        return talk.target.run(requests).thenCompose(round -> {
            if (round.error().isEmpty()) {
                return complete(pending, tag);
            }
            ours(true); // the server's BEGIN fails as a whole
            return fail(pending, Notices.analysed(round.error().get(), talk.hidesMessages()));
        });
    }

    /** What follows BEGIN or START TRANSACTION; the server's parser has accepted it as transaction modes. */
    private static String modes(Piece begin) {
        int at = 1;
        if (begin.tokens().size() > 1
                && (begin.tokens().get(1).is("transaction")
                        || begin.tokens().get(1).is("work"))) {
            at = 2;
        }
        return at < begin.tokens().size()
                ? begin.text().substring(begin.tokens().get(at).offset() - begin.offset())
                : "";
    }

    private CompletionStage<Boolean> complete(PendingCommand pending, String tag) {
        ResponseStream response = Responses.of(talk, pending);
        BackendWriter.write(new CommandComplete(tag), response.out());
        response.tag(tag);
        return response.cut().thenApply(shown -> {
            talk.gate.finish(pending, Outcome.EXECUTED);
            return true;
        });
    }

    /** COMMIT and ROLLBACK end it, with a warning. */
    private CompletionStage<Void> warn(PendingCommand pending) {
        over();
        if (!talk.notices.wanted("WARNING")) {
            return CompletableFuture.completedStage(null);
        }
        var warning = Diagnostic.of("WARNING", "25P01", "there is no transaction in progress");
        ResponseStream response = Responses.of(talk, pending);
        BackendWriter.write(new NoticeResponse(warning), response.out());
        response.notice(warning.message());
        return response.cut();
    }

    /** Savepoints and chained transactions are for blocks of the client's. */
    private CompletionStage<Boolean> refuse(PendingCommand pending, String statement) {
        return fail(
                pending,
                Diagnostic.of(
                        "ERROR",
                        "25P01",
                        statement.toUpperCase(Locale.ROOT) + " can only be used in transaction blocks"));
    }

    private CompletionStage<Boolean> fail(PendingCommand pending, Diagnostic diagnostic) {
        return talk.abort()
                .thenCompose(undone -> Responses.end(talk, pending, new ErrorResponse(diagnostic), Outcome.FAILED))
                .thenApply(shown -> false);
    }
}
