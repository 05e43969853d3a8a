package org.countersign.connector.postgres;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.countersign.wire.WireException;
import org.countersign.wire.postgres.Authentication;
import org.countersign.wire.postgres.BackendMessage;
import org.countersign.wire.postgres.DataRow;
import org.countersign.wire.postgres.Diagnostic;
import org.countersign.wire.postgres.FrontendMessage;
import org.countersign.wire.postgres.FrontendWriter;
import org.countersign.wire.postgres.TransactionStatus;
import org.jspecify.annotations.Nullable;

/**
 * The conversation with the target: what was sent and not yet answered, in order. It follows the server's state and
 * never guesses it. Confined to the session's event loop.
 */
final class PostgresBackend extends SimpleChannelInboundHandler<BackendMessage> {
    private static final String SHUTDOWN_CLASS = "57P";
    private final Channel channel;
    private final Events events;
    private final Deque<Awaited> awaited = new ArrayDeque<>();
    private final Patience patience;
    private TransactionStatus status = TransactionStatus.IDLE;
    private boolean skipping;
    private boolean unsynced;
    private boolean lost;
    private CompletableFuture<Void> heldBack = CompletableFuture.completedFuture(null);
    private @Nullable Diagnostic lastWords;

    /** What happens outside of any answer. */
    interface Events {
        void parameter(String name, String value);

        void notification(BackendMessage.NotificationResponse notification);

        /**
         * The connection is gone; everything unanswered has failed before.
         *
         * @param lastWords what the target said about it
         */
        void lost(Optional<Diagnostic> lastWords);
    }

    private record Awaited(Answer answer, Round round, int request) {}

    private enum Answer {
        PARSED,
        BOUND,
        STATEMENT_DESCRIBED,
        EXECUTED,
        CLOSED,
        READY
    }

    /** The target's answers will not come any more. */
    static final class LostException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final boolean undone;

        LostException(String why) {
            this(why, false);
        }

        private LostException(String why, boolean undone) {
            super(why, null, false, false);
            this.undone = undone;
        }

        /** Whether the target said that it gave up before the end of what was under way: nothing of it was committed. */
        boolean undone() {
            return undone;
        }
    }

    /** @param patience how long the target may take for a question of the gateway's own */
    PostgresBackend(Channel channel, Events events, Duration patience) {
        this.channel = channel;
        this.events = events;
        this.patience = new Patience(
                channel.eventLoop(),
                patience,
                this::working,
                channel.config()::isAutoRead,
                () -> gone("the target does not answer", false));
    }

    /** The client's commands begin, and with them analyses, in which the target may wait for a lock. */
    void opened() {
        patience.allowForLocks(Helpers.LONGEST_LOCK_WAIT);
    }

    /** The transaction's state when the target was last ready. */
    TransactionStatus status() {
        return status;
    }

    /** Whether anything was sent since the last Sync: a Sync is owed. */
    boolean unsynced() {
        return unsynced;
    }

    /** Whether the target passes everything over until the next Sync because of an error. */
    boolean passingOver() {
        return skipping;
    }

    /** What the target works on right now. */
    Round.Work work() {
        Round round = working();
        return round == null ? Round.Work.LOOK_UP : round.work();
    }

    private @Nullable Round working() {
        Awaited head = awaited.peek();
        return head == null ? null : head.round();
    }

    /** Sends nothing more before this is over, as nothing later may be hit by it. */
    void holdBack(CompletionStage<Void> until) {
        heldBack = CompletableFuture.allOf(heldBack, until.toCompletableFuture());
    }

    /** Sends the messages, with a Flush behind them unless they end in a Sync; fails with {@link LostException}. */
    CompletionStage<Round> run(List<FrontendMessage> requests) {
        return run(new Round(requests));
    }

    /** Asks for the gateway's own purposes; the answer comes soon, or the target is given up. */
    CompletionStage<Round> ask(List<FrontendMessage> questions) {
        return ask(new Round(questions));
    }

    CompletionStage<Round> ask(Round round) {
        CompletionStage<Round> answer = run(round);
        patience.asked(round);
        return answer;
    }

    CompletionStage<Round> run(Round round) {
        if (heldBack.isDone()) {
            return send(round);
        }
        heldBack = heldBack.thenRun(() -> {
            try {
                send(round);
            } catch (RuntimeException e) {
                round.over.completeExceptionally(e);
            }
        });
        return round.over;
    }

    private CompletionStage<Round> send(Round round) {
        if (lost) {
            round.over.completeExceptionally(new LostException("the target is gone"));
            return round.over;
        }
        ByteBuf out = channel.alloc().buffer(512);
        int answers = 0;
        boolean flush = false;
        for (int i = 0; i < round.requests().size(); i++) {
            FrontendMessage request = round.requests().get(i);
            boolean sync = request instanceof FrontendMessage.Sync;
            if (skipping && !sync) {
                continue;
            }
            FrontendWriter.write(request, out);
            skipping = false;
            unsynced = !sync;
            flush = !sync;
            awaited.add(new Awaited(answerTo(request), round, i));
            answers++;
        }
        if (flush) {
            FrontendWriter.write(new FrontendMessage.Flush(), out);
        }
        round.awaits(answers);
        channel.writeAndFlush(out);
        return round.over;
    }

    /** Sends a part of the copy that is being executed; it has no answer of its own. */
    void copy(FrontendMessage part) {
        if (!lost) {
            ByteBuf out = channel.alloc().buffer(512);
            FrontendWriter.write(part, out);
            channel.writeAndFlush(out);
        }
    }

    /** Whether the target takes more now. */
    boolean writable() {
        return channel.isWritable();
    }

    private static Answer answerTo(FrontendMessage request) {
        return switch (request) {
            case FrontendMessage.Parse parse -> Answer.PARSED;
            case FrontendMessage.Bind bind -> Answer.BOUND;
            case FrontendMessage.Describe describe -> Answer.STATEMENT_DESCRIBED;
            case FrontendMessage.Execute execute -> Answer.EXECUTED;
            case FrontendMessage.Close close -> Answer.CLOSED;
            case FrontendMessage.Sync sync -> Answer.READY;
            case FrontendMessage.Query query -> throw notOurs();
            case FrontendMessage.Flush flush -> throw notOurs();
            case FrontendMessage.Terminate terminate -> throw notOurs();
            case FrontendMessage.Password password -> throw notOurs();
            case FrontendMessage.CopyData copy -> throw notOurs();
            case FrontendMessage.CopyDone copy -> throw notOurs();
            case FrontendMessage.CopyFail copy -> throw notOurs();
            case FrontendMessage.FunctionCall call -> throw notOurs();
            case FrontendMessage.Unreadable unreadable -> throw notOurs();
        };
    }

    private static IllegalArgumentException notOurs() {
        return new IllegalArgumentException("the target is only spoken to in the extended protocol");
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, BackendMessage message) {
        switch (message) {
            case BackendMessage.ParameterStatus parameter -> events.parameter(parameter.name(), parameter.value());
            case BackendMessage.NotificationResponse notification -> events.notification(notification);
            case BackendMessage.NoticeResponse notice -> notice(notice.diagnostic());
            case BackendMessage.ErrorResponse error -> error(error.diagnostic());
            case DataRow row ->
                head(Answer.EXECUTED).round().row(head(Answer.EXECUTED).request(), row);
            case BackendMessage.ParameterDescription described ->
                head(Answer.STATEMENT_DESCRIBED)
                        .round()
                        .message(head(Answer.STATEMENT_DESCRIBED).request(), described);
            case BackendMessage.ParseComplete done -> complete(Answer.PARSED, done);
            case BackendMessage.BindComplete done -> complete(Answer.BOUND, done);
            case BackendMessage.CloseComplete done -> complete(Answer.CLOSED, done);
            case BackendMessage.RowDescription done -> complete(Answer.STATEMENT_DESCRIBED, done);
            case BackendMessage.NoData done -> complete(Answer.STATEMENT_DESCRIBED, done);
            case BackendMessage.CommandComplete done -> {
                if (!CommandTag.isWellFormed(done.tag())) {
                    throw new WireException("a command tag that no command has");
                }
                complete(Answer.EXECUTED, done);
            }
            case BackendMessage.EmptyQueryResponse done -> complete(Answer.EXECUTED, done);
            case BackendMessage.PortalSuspended done -> complete(Answer.EXECUTED, done);
            case BackendMessage.ReadyForQuery ready -> {
                status = ready.status();
                complete(Answer.READY, ready);
            }
            case Authentication late -> throw unexpected();
            case BackendMessage.BackendKeyData late -> throw unexpected();
            case BackendMessage.NegotiateProtocolVersion late -> throw unexpected();
            case BackendMessage.CopyInResponse copy -> copied(copy);
            case BackendMessage.CopyOutResponse copy -> copied(copy);
            case BackendMessage.CopyData copy -> copied(copy);
            case BackendMessage.CopyDone copy -> copied(copy);
            case BackendMessage.CopyBothResponse copy -> throw unexpected();
            case BackendMessage.FunctionCallResponse call -> throw unexpected();
            case BackendMessage.Unknown unknown -> throw unexpected();
        }
    }

    private Awaited head(Answer expected) {
        Awaited head = awaited.peek();
        if (head == null || head.answer() != expected) {
            throw unexpected();
        }
        return head;
    }

    private void complete(Answer expected, BackendMessage message) {
        Awaited head = head(expected);
        lastWords = null;
        awaited.poll();
        head.round().message(head.request(), message);
        head.round().answered();
    }

    private void copied(BackendMessage message) {
        Awaited head = head(Answer.EXECUTED);
        head.round().copied(head.request(), message);
    }

    private void notice(Diagnostic diagnostic) {
        if (diagnostic.sqlState().startsWith(SHUTDOWN_CLASS)) {
            lastWords = diagnostic; // a server that crashes says so in a warning and goes
        }
        Awaited head = awaited.peek();
        if (head != null) {
            head.round().remarked(head.request(), diagnostic);
        }
    }

    private void error(Diagnostic diagnostic) {
        String severity = diagnostic.severity();
        Awaited head = awaited.peek();
        if (head == null || severity.equals("FATAL") || severity.equals("PANIC")) {
            lastWords = diagnostic;
            gone(
                    "the target ended the connection: " + diagnostic.sqlState(),
                    head != null && head.answer() != Answer.READY);
            return;
        }
        head.round().failed(head.request(), diagnostic);
        if (head.answer() == Answer.READY) {
            return; // the commit itself failed; its ReadyForQuery follows
        }
        var passedOver = new ArrayList<Round>();
        while (head != null && head.answer() != Answer.READY) {
            passedOver.add(head.round());
            awaited.poll();
            head = awaited.peek();
        }
        skipping = head == null;
        passedOver.forEach(Round::answered);
    }

    private static WireException unexpected() {
        return new WireException("the target answered what was not asked");
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        Awaited head = awaited.peek();
        if (head != null) {
            head.round().roomChanged();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        gone("the target closed the connection", false);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        gone("the connection to the target broke", false);
    }

    /** Pauses or resumes reading: a slow client slows the target down. */
    void listen(boolean reading) {
        if (reading && !channel.config().isAutoRead()) {
            patience.listensAgain();
        }
        channel.config().setAutoRead(reading);
    }

    /** Leaves the target; nothing unanswered is waited for. */
    void close() {
        if (!lost) {
            lost = true;
            ByteBuf out = channel.alloc().buffer(8);
            FrontendWriter.write(new FrontendMessage.Terminate(), out);
            channel.writeAndFlush(out).addListener(sent -> channel.close());
            failAll(new LostException("the session is over"));
        }
    }

    private void gone(String why, boolean undone) {
        if (!lost) {
            lost = true;
            channel.close();
            failAll(new LostException(why, undone));
            events.lost(Optional.ofNullable(lastWords));
        }
    }

    private void failAll(LostException failure) {
        @Nullable Awaited next = awaited.poll();
        while (next != null) {
            next.round().over.completeExceptionally(failure);
            next = awaited.poll();
        }
    }
}
