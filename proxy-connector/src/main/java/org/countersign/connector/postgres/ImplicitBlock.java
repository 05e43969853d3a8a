package org.countersign.connector.postgres;

import java.util.ArrayList;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.countersign.connector.intercept.Outcome;
import org.countersign.connector.intercept.PendingCommand;
import org.countersign.connector.intercept.ResponseStream;
import org.countersign.connector.postgres.analysis.Piece;
import org.countersign.wire.postgres.BackendMessage.CommandComplete;
import org.countersign.wire.postgres.BackendMessage.ErrorResponse;
import org.countersign.wire.postgres.BackendMessage.NoticeResponse;
import org.countersign.wire.postgres.BackendWriter;
import org.countersign.wire.postgres.Diagnostic;
import org.countersign.wire.postgres.FrontendMessage;
import org.countersign.wire.postgres.FrontendMessage.Sync;
import org.countersign.wire.postgres.TransactionStatus;

/**
 * The transaction that PostgreSQL opens around several statements of one Query. On the target it is a block of the
 * gateway's own; what transaction control does inside is what the server's {@code TBLOCK_IMPLICIT_INPROGRESS} makes of it.
 *
 * @see <a href="https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-FLOW-MULTI-STATEMENT">Multiple
 *     Statements in a Simple Query</a>
 */
final class ImplicitBlock {
    private final Talk talk;
    private final PendingCommand pending;
    private boolean ours;

    ImplicitBlock(Talk talk, PendingCommand pending) {
        this.talk = talk;
        this.pending = pending;
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
            ours = true;
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

    /** It ended, or became the client's. */
    void over() {
        ours = false;
        talk.commitAtSync(false);
        talk.notices.transactionEnds();
    }

    /** The BEGIN of a client inside of it: what ran so far belongs to the client's block then. */
    CompletionStage<Boolean> becomesTheClients(Piece begin) {
        String modes = modes(begin);
        String tag = begin.tokens().getFirst().is("start") ? "START TRANSACTION" : "BEGIN";
        over();
        if (modes.isEmpty()) {
            return complete(tag);
        }
        var requests = new ArrayList<FrontendMessage>(Discard.run("SET TRANSACTION " + modes));
        requests.add(new Sync());
        talk.settingsChanged();
        return talk.target.run(requests).thenCompose(round -> {
            if (round.error().isEmpty()) {
                return complete(tag);
            }
            ours = true; // the server's BEGIN fails as a whole
            return fail(Notices.analysed(round.error().get(), talk.hidesMessages()));
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

    private CompletionStage<Boolean> complete(String tag) {
        ResponseStream response = Responses.of(talk, pending);
        BackendWriter.write(new CommandComplete(tag), response.out());
        response.tag(tag);
        return response.cut().thenApply(shown -> {
            talk.gate.finish(pending, Outcome.EXECUTED);
            return true;
        });
    }

    /** COMMIT and ROLLBACK end it, with a warning. */
    CompletionStage<Void> warn() {
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
    CompletionStage<Boolean> refuse(String statement) {
        return fail(Diagnostic.of(
                "ERROR", "25P01", statement.toUpperCase(Locale.ROOT) + " can only be used in transaction blocks"));
    }

    private CompletionStage<Boolean> fail(Diagnostic diagnostic) {
        return talk.abort()
                .thenCompose(undone -> Responses.end(talk, pending, new ErrorResponse(diagnostic), Outcome.FAILED))
                .thenApply(shown -> false);
    }
}
