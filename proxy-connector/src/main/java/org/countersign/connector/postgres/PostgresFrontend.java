package org.countersign.connector.postgres;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.countersign.connector.intercept.Requester;
import org.countersign.connector.metrics.Metric;
import org.countersign.connector.session.ClientSession;
import org.countersign.model.CountersignError;
import org.countersign.model.port.ApprovalDesk;
import org.countersign.wire.WireException;
import org.countersign.wire.postgres.FrontendMessage;
import org.countersign.wire.postgres.FrontendMessage.Bind;
import org.countersign.wire.postgres.FrontendMessage.Close;
import org.countersign.wire.postgres.FrontendMessage.CopyData;
import org.countersign.wire.postgres.FrontendMessage.CopyDone;
import org.countersign.wire.postgres.FrontendMessage.CopyFail;
import org.countersign.wire.postgres.FrontendMessage.Describe;
import org.countersign.wire.postgres.FrontendMessage.Execute;
import org.countersign.wire.postgres.FrontendMessage.Flush;
import org.countersign.wire.postgres.FrontendMessage.FunctionCall;
import org.countersign.wire.postgres.FrontendMessage.Parse;
import org.countersign.wire.postgres.FrontendMessage.Password;
import org.countersign.wire.postgres.FrontendMessage.Query;
import org.countersign.wire.postgres.FrontendMessage.Sync;
import org.countersign.wire.postgres.FrontendMessage.Terminate;
import org.countersign.wire.postgres.FrontendMessage.Unreadable;
import org.countersign.wire.postgres.TransactionStatus;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The conversation with a signed-in client: takes its messages in order, one unit of work at a time. */
final class PostgresFrontend extends SimpleChannelInboundHandler<FrontendMessage> implements Requester {
    private static final Logger LOG = Logger.getLogger(PostgresFrontend.class);
    private final Talk talk;
    private final ClientNames names;
    private final SimpleQuery simple;
    private final FunctionCalls calls;
    private final ExtendedQuery extended;
    private final Pipeline pipeline;
    private final Backlog backlog = new Backlog();
    private boolean busy;
    private boolean held;
    private boolean passingOver;
    private boolean copied;
    private Deque<FrontendMessage> batch = new ArrayDeque<>();
    private @Nullable WireException broken;
    private boolean inputOver;

    PostgresFrontend(Talk talk) {
        this.talk = talk;
        names = new ClientNames(talk);
        var cursors = new Cursors(talk, names);
        var prepared = new SqlPrepared(talk, names);
        var commands = new PostgresCommands(talk, cursors, prepared);
        var meaning = new Meaning(talk, commands);
        pipeline = new Pipeline(talk, names);
        var runner = new CommandRun(
                talk, commands, new LocalAnswer(talk, names, prepared), this, meaning, cursors, prepared, pipeline);
        simple = new SimpleQuery(talk, commands, runner, meaning);
        calls = new FunctionCalls(talk, commands, simple);
        extended = new ExtendedQuery(talk, commands, runner, names, meaning, pipeline);
        talk.copy.whenChanged(this::copyChanged);
        talk.announcements.whenQuiet(() -> !busy && backlog.collected() == 0);
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, FrontendMessage message) {
        if (talk.session.ended()) {
            return;
        }
        if (held && message instanceof Terminate) {
            leave();
            return;
        }
        backlog.add(message);
        if (backlog.bytes() > talk.session.surroundings().limits().messageBytes()) {
            throw WireException.tooLarge("more is pipelined than the limit of "
                    + talk.session.surroundings().limits().messageBytes() + " bytes");
        }
        copyChanged();
        pump();
    }

    /** While something is worked on only a bounded rest is read: nearly always nothing, but it shows who leaves. */
    private void listen() {
        boolean reads;
        if (!held && talk.copy.isOpen()) {
            reads = talk.copy.hasRoom();
        } else if (held || busy) {
            reads = backlog.bytes() <= talk.session.surroundings().limits().heldBytes();
        } else {
            reads = talk.client.writable();
        }
        talk.client.listen(reads);
    }

    /** A copy runs: what waits is its data, as far as it has room. */
    private void copyChanged() {
        if (talk.session.ended() || !talk.copy.isOpen()) {
            return;
        }
        copied = true;
        try {
            if (!batch.isEmpty()) {
                throw new WireException("a message that does not belong into a copy");
            }
            while (talk.copy.isOpen() && talk.copy.hasRoom() && backlog.waits()) {
                FrontendMessage next = backlog.next();
                if (next instanceof Terminate) {
                    leave();
                    return;
                }
                talk.copy.take(next);
            }
        } catch (RuntimeException e) {
            ClientFailure.close(talk.session, talk.client, e);
            return;
        }
        endOfBrokenStream();
        listen();
    }

    private void pump() {
        while (!busy && !talk.session.ended() && backlog.waits() && talk.client.writable()) {
            FrontendMessage message = backlog.next();
            CompletionStage<?> work;
            talk.session.idle().work();
            talk.cancellation.working(true);
            busy = true; // a write below may say that there is room and come back here
            try {
                work = take(message);
            } catch (RuntimeException e) {
                ClientFailure.close(talk.session, talk.client, e);
                return;
            }
            if (!work.toCompletableFuture().isDone()
                    || work.toCompletableFuture().isCompletedExceptionally()) {
                work.whenComplete((done, failure) -> {
                    talk.cancellation.working(false);
                    busy = false;
                    backlog.done();
                    if (failure != null) {
                        failed(failure);
                        return;
                    }
                    listen();
                    pump();
                });
            } else {
                talk.cancellation.working(false);
                busy = false;
                backlog.done();
            }
        }
        if (!talk.client.writable()) {
            talk.client.flush();
        }
        endOfBrokenStream();
        if (!busy && !talk.session.ended()) {
            talk.announcements.showNow();
            talk.session.idle().rest(talk.target.unsynced() || talk.target.status() != TransactionStatus.IDLE);
        }
        listen();
    }

    /** Once nothing is left that came before the stream broke or ended; a copy would wait for its end in vain. */
    private void endOfBrokenStream() {
        boolean over = !talk.session.ended() && (!busy || talk.copy.isOpen()) && !backlog.waits();
        if (over && inputOver) {
            leave();
            return;
        }
        WireException violation = broken;
        if (!over || violation == null) {
            return;
        }
        if (busy || backlog.collected() == 0) {
            ClientFailure.close(talk.session, talk.client, violation);
            return;
        }
        busy = true;
        work(false).whenComplete((done, failure) -> ClientFailure.close(talk.session, talk.client, violation));
    }

    private CompletionStage<?> take(FrontendMessage message) {
        return switch (message) {
            case Query query -> work(false).thenCompose(done -> alone(() -> simple.run(query.sql())));
            case Parse parse -> collect(parse);
            case Bind bind -> collect(bind);
            case Describe describe -> collect(describe);
            case Execute execute -> collect(execute);
            case Close close -> collect(close);
            case Sync sync -> {
                copied = false;
                yield work(true).thenCompose(done -> copied ? readOver() : synchronise());
            }
            case Flush flush -> work(false, true).thenRun(talk.client::flush);
            case Terminate terminate -> {
                leave();
                yield nothing();
            }
            case FunctionCall call -> work(false).thenCompose(done -> alone(() -> calls.run(call)));
            case CopyData copy -> stray(copy);
            case CopyDone copy -> stray(copy);
            case CopyFail copy -> stray(copy);
            case Password late ->
                work(false)
                        .thenCompose(done ->
                                CompletableFuture.failedStage(new WireException("invalid frontend message type 112")));
            case Unreadable unreadable -> unreadable(unreadable);
        };
    }

    /** An error where the message would have had its turn; what is no use outside of a COPY is passed over as ever. */
    private CompletionStage<?> unreadable(Unreadable message) {
        return switch (message.tag()) {
            case 'f' -> nothing();
            case 'S' ->
                work(false).thenCompose(done -> {
                    passingOver = false;
                    return refuse(message.sqlState(), message.reason());
                });
            case 'Q', 'F' -> work(false).thenCompose(done -> refuse(message.sqlState(), message.reason()));
            default -> collect(message);
        };
    }

    /** Copy data that nobody asked for yet: what stands before it may be a COPY, else it is ignored. */
    private CompletionStage<?> stray(FrontendMessage message) {
        if (backlog.collected() == 0) {
            return nothing();
        }
        backlog.putBack(message);
        return work(false);
    }

    private CompletionStage<?> collect(FrontendMessage message) {
        if (!passingOver) {
            backlog.collect(message);
            int most = talk.session.surroundings().limits().maxBatchMessages();
            if (backlog.collected() > most) {
                talk.session.surroundings().metrics().count(Metric.BATCHES_TOO_LONG);
                throw WireException.tooLarge("more than " + most + " messages before a Sync");
            }
        }
        return nothing();
    }

    /** Works on what was collected: the analyses first, then everything in order. */
    private CompletionStage<?> work(boolean syncFollows) {
        return work(syncFollows, false);
    }

    private CompletionStage<?> work(boolean syncFollows, boolean flushFollows) {
        Deque<FrontendMessage> messages = backlog.takeBatch();
        batch = messages;
        if (messages.isEmpty()) {
            return nothing();
        }
        return Sequence.run(new ArrayDeque<>(messages), extended::prepare)
                .thenCompose(analysed -> {
                    if (flushFollows) {
                        pipeline.flushed();
                    }
                    return handle(messages, syncFollows);
                })
                .thenAccept(good -> {
                    batch = new ArrayDeque<>();
                    passingOver |= !good;
                    extended.forget();
                });
    }

    private CompletionStage<Boolean> handle(Deque<FrontendMessage> messages, boolean syncFollows) {
        extended.begin(messages);
        return Sequence.run(messages, message -> {
            boolean last = syncFollows && messages.isEmpty();
            return talk.client.room().thenCompose(room -> extended.handle(message, last));
        });
    }

    /** Does what is answered with a ReadyForQuery of its own. */
    private CompletionStage<Void> alone(Supplier<CompletionStage<Boolean>> work) {
        if (passingOver) {
            return CompletableFuture.completedStage(null);
        }
        return pipeline.close()
                .thenCompose(closed ->
                        closed.error().isPresent() ? told(closed) : work.get().thenCompose(done -> ready()));
    }

    private CompletionStage<Void> refuse(String sqlState, String message) {
        if (passingOver) {
            return CompletableFuture.completedStage(null);
        }
        talk.client.write(PostgresErrors.plain(sqlState, message));
        return talk.abort().thenCompose(undone -> pipeline.close()).thenCompose(closed -> ready());
    }

    /** A server that waits for copy data reads over the Sync behind its COPY. */
    private static CompletionStage<Void> readOver() {
        return CompletableFuture.completedStage(null);
    }

    private CompletionStage<Void> synchronise() {
        passingOver = false;
        return pipeline.close()
                .thenCompose(closed ->
                        closed.error().isPresent() ? told(closed) : talk.sync().thenCompose(this::told));
    }

    /** @param ended what ended the client's transaction, perhaps with an error */
    private CompletionStage<Void> told(Round ended) {
        ended.error().ifPresent(error -> {
            talk.settingsChanged();
            talk.client.write(PostgresErrors.atCommit(error, talk.hidesMessages()));
        });
        return ready();
    }

    private CompletionStage<Void> ready() {
        return names.settled().thenCompose(cursors -> talk.levelSettled()).thenCompose(settled -> tellReady());
    }

    private CompletionStage<Void> tellReady() {
        if (talk.session.ended()) {
            return CompletableFuture.completedStage(null);
        }
        if (talk.target.status() == TransactionStatus.IDLE) {
            names.transactionEnded();
            talk.transactionEnded();
        }
        return talk.ready();
    }

    private static CompletionStage<?> nothing() {
        return CompletableFuture.completedStage(true);
    }

    private void failed(Throwable failure) {
        Throwable cause = ClientSession.cause(failure);
        if (talk.session.ended() || cause instanceof PostgresBackend.LostException) {
            return; // the target's own end ends the session
        }
        if (cause instanceof WireException violation) {
            ClientFailure.close(talk.session, talk.client, violation);
            return;
        }
        LOG.errorf(cause, "a command failed inside the gateway session=%s", talk.session.id());
        talk.session.end(
                CountersignError.TARGET_UNREACHABLE, "The session broke and ends; what ran last may have happened.");
    }

    private void leave() {
        talk.session.left("the client left");
        talk.client.close();
    }

    @Override
    public boolean defers() {
        return talk.defers;
    }

    @Override
    public void waiting(ApprovalDesk.Receipt receipt) {
        held = true;
        talk.client.write(PostgresErrors.held(receipt)).flush();
        listen();
        if (talk.cancellation.asked()) {
            talk.gate.cancel();
        }
    }

    @Override
    public void glassBroken(String rule) {
        talk.client.write(PostgresErrors.glassBroken(rule)).flush();
    }

    @Override
    public void settled() {
        held = false;
        listen();
    }

    @Override
    public boolean present() {
        return !talk.session.ended() && talk.client.open() && !inputOver;
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        talk.flow.clientTakes(talk.client.writable());
        talk.client.roomChanged();
        pump();
    }

    /** A client that says nothing more may still read the answers to what it said; for an approval it does not wait. */
    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof ChannelInputShutdownEvent && !talk.session.ended()) {
            inputOver = true;
            if (held) {
                leave();
            } else {
                endOfBrokenStream();
            }
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        talk.session.left("the client left");
        talk.client.roomChanged();
    }

    /** What came before the stream broke is still answered, as the server does; only a hold ends at once. */
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (cause instanceof WireException violation && !held && !talk.session.ended()) {
            broken = violation;
            copyChanged();
            pump();
            return;
        }
        ClientFailure.close(talk.session, talk.client, cause);
    }
}
