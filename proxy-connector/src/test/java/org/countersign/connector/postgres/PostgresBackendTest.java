package org.countersign.connector.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.countersign.wire.postgres.Authentication;
import org.countersign.wire.postgres.BackendMessage;
import org.countersign.wire.postgres.BackendMessage.BindComplete;
import org.countersign.wire.postgres.BackendMessage.CommandComplete;
import org.countersign.wire.postgres.BackendMessage.ErrorResponse;
import org.countersign.wire.postgres.BackendMessage.NoticeResponse;
import org.countersign.wire.postgres.BackendMessage.ParseComplete;
import org.countersign.wire.postgres.BackendMessage.ReadyForQuery;
import org.countersign.wire.postgres.DataRow;
import org.countersign.wire.postgres.Diagnostic;
import org.countersign.wire.postgres.Format;
import org.countersign.wire.postgres.FrontendMessage;
import org.countersign.wire.postgres.FrontendMessage.Bind;
import org.countersign.wire.postgres.FrontendMessage.Execute;
import org.countersign.wire.postgres.FrontendMessage.Parse;
import org.countersign.wire.postgres.FrontendMessage.Sync;
import org.countersign.wire.postgres.TransactionStatus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PostgresBackendTest {
    private static final Parse PARSE = new Parse("s", "select 1", List.of());
    private static final Bind BIND = new Bind("p", "s", List.of(), List.of(), List.of());
    private static final Execute EXECUTE = new Execute("p", 0);
    private static final Sync SYNC = new Sync();
    private final List<String> lost = new ArrayList<>();
    private final List<String> notified = new ArrayList<>();
    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final PostgresBackend backend = new PostgresBackend(
            channel,
            new PostgresBackend.Events() {
                @Override
                public void parameter(String name, String value) {}

                @Override
                public void notification(BackendMessage.NotificationResponse notification) {
                    notified.add(notification.channel());
                }

                @Override
                public void lost(Optional<Diagnostic> lastWords) {
                    lost.add(lastWords.map(Diagnostic::sqlState).orElse(""));
                }
            },
            Duration.ofSeconds(30));

    PostgresBackendTest() {
        channel.pipeline().addLast(backend);
    }

    @AfterEach
    void release() {
        channel.finishAndReleaseAll();
    }

    @Test
    void endsARoundWithItsLastAnswer() {
        var round = run(PARSE, BIND, EXECUTE, SYNC);
        answer(new ParseComplete(), new BindComplete(), DataRow.of(List.of()), new CommandComplete("SELECT 1"));
        assertThat(round).isNotDone();
        answer(new ReadyForQuery(TransactionStatus.IN_TRANSACTION));
        assertThat(round.join().rows()).hasSize(1);
        assertThat(backend.status()).isEqualTo(TransactionStatus.IN_TRANSACTION);
        assertThat(backend.unsynced()).isFalse();
    }

    @Test
    void passesOverWhatStandsBehindAnErrorUpToTheSync() {
        var round = run(PARSE, BIND, EXECUTE, SYNC);
        answer(new ErrorResponse(Diagnostic.of("ERROR", "42601", "syntax")));
        assertThat(round).isNotDone();
        answer(new ReadyForQuery(TransactionStatus.IDLE));
        assertThat(round.join().errorAt()).isZero();
    }

    @Test
    void sendsNothingIntoAFailedPipelineButItsSync() {
        var failed = run(PARSE, BIND);
        answer(new ParseComplete(), new ErrorResponse(Diagnostic.of("ERROR", "22P02", "bad")));
        assertThat(failed.join().errorAt()).isEqualTo(1);
        assertThat(backend.passingOver()).isTrue();
        channel.releaseOutbound();
        var next = run(EXECUTE, SYNC);
        assertThat(next).isNotDone();
        answer(new ReadyForQuery(TransactionStatus.FAILED));
        assertThat(next).isDone();
        assertThat(backend.passingOver()).isFalse();
    }

    @Test
    void knowsThatACommitFailed() {
        var round = run(SYNC);
        answer(new ErrorResponse(Diagnostic.of("ERROR", "23505", "deferred")));
        assertThat(round).isNotDone();
        answer(new ReadyForQuery(TransactionStatus.IDLE));
        assertThat(round.join().error()).isPresent();
    }

    @Test
    void tellsDuringWhichMessageANoticeCame() {
        var round = run(PARSE, BIND);
        answer(new ParseComplete(), new NoticeResponse(Diagnostic.of("LOG", "00000", "x")), new BindComplete());
        assertThat(round.join().remarks())
                .singleElement()
                .satisfies(remark -> assertThat(remark.request()).isEqualTo(1));
    }

    @Test
    void failsEverythingWhenTheTargetLeaves() {
        var round = run(PARSE, BIND);
        channel.close();
        assertThat(round).isCompletedExceptionally();
        assertThat(lost).hasSize(1);
        assertThat(run(SYNC)).isCompletedExceptionally();
    }

    @Test
    void endsOnAFatalError() {
        var round = run(PARSE);
        answer(new ErrorResponse(Diagnostic.of("FATAL", "57P01", "shut down")));
        assertThat(round).isCompletedExceptionally();
        assertThat(lost).hasSize(1);
    }

    @Test
    void survivesAnErrorWithoutSqlState() {
        var round = run(PARSE);
        answer(new ErrorResponse(new Diagnostic(new LinkedHashMap<>())));
        assertThat(round.join().error()).isPresent();
    }

    static Stream<BackendMessage> nothingOfTheSort() {
        return Stream.of(
                new Authentication.Ok(),
                new BackendMessage.BackendKeyData(1, new byte[4]),
                new ParseComplete(),
                new CommandComplete("SELECT 1"),
                DataRow.of(List.of()),
                new ReadyForQuery(TransactionStatus.IDLE),
                new BackendMessage.RowDescription(List.of()),
                new BackendMessage.ParameterDescription(List.of()),
                new BackendMessage.PortalSuspended(),
                new BackendMessage.CloseComplete(),
                new BackendMessage.NoData(),
                new BackendMessage.EmptyQueryResponse(),
                new BackendMessage.CopyInResponse(Format.TEXT, List.of()),
                new BackendMessage.CopyOutResponse(Format.TEXT, List.of()),
                new BackendMessage.CopyData(new byte[1]),
                new BackendMessage.CopyDone(),
                new BackendMessage.FunctionCallResponse(null),
                new BackendMessage.Unknown((byte) '?'));
    }

    @ParameterizedTest
    @MethodSource("nothingOfTheSort")
    void endsOnAnAnswerToWhatWasNotAsked(BackendMessage message) {
        var round = run(BIND);
        answer(message);
        assertThat(round).isCompletedExceptionally();
        assertThat(lost).hasSize(1);
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void givesATargetUpThatDoesNotAnswerAQuestionOfTheGateway() {
        var patient = run(PARSE);
        channel.advanceTimeBy(1, TimeUnit.HOURS);
        channel.runScheduledPendingTasks();
        assertThat(patient).isNotDone();
        answer(new ParseComplete());
        var asked = backend.ask(List.of(BIND)).toCompletableFuture();
        channel.advanceTimeBy(31, TimeUnit.SECONDS);
        channel.runScheduledPendingTasks();
        assertThat(asked).isCompletedExceptionally();
        assertThat(lost).hasSize(1);
    }

    @Test
    void handsNotificationsOn() {
        answer(new BackendMessage.NotificationResponse(1, "c", "secret"));
        assertThat(lost).isEmpty();
        assertThat(notified).containsExactly("c");
    }

    private CompletableFuture<Round> run(FrontendMessage... messages) {
        return backend.run(List.of(messages)).toCompletableFuture();
    }

    private void answer(BackendMessage... messages) {
        channel.writeInbound((Object[]) messages);
    }
}
