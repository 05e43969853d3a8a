package org.countersign.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.countersign.connector.metrics.Metric;
import org.countersign.model.port.ApprovalDesk.State;
import org.countersign.wire.postgres.BackendMessage.CopyInResponse;
import org.countersign.wire.postgres.BackendMessage.NoticeResponse;
import org.countersign.wire.postgres.FrontendMessage.Bind;
import org.countersign.wire.postgres.FrontendMessage.CopyData;
import org.countersign.wire.postgres.FrontendMessage.CopyDone;
import org.countersign.wire.postgres.FrontendMessage.Execute;
import org.countersign.wire.postgres.FrontendMessage.Parse;
import org.countersign.wire.postgres.FrontendMessage.Query;
import org.countersign.wire.postgres.FrontendMessage.Sync;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Cancelling through the gateway, on a real PostgreSQL. */
class CancelOverPostgresTest {
    private static final int GUESSES = 10_000;

    @Started
    private static DemoTarget target;

    @Started
    private static TestGateway gateway;

    @TempDir
    static Path directory;

    @Test
    void endsAStatementThatRuns() throws Exception {
        try (var client = gateway.signIn("frank")) {
            client.send(new Query("select pg_sleep(600)"));
            untilActive("%pg_sleep(600)%");
            client.cancel();
            assertThat(client.answers(1)).endsWith("ERROR 57014", "ready IDLE");
            assertThat(client.query("select 1")).contains("[1]");
        }
    }

    @Test
    void endsWhatRunsForAClientThatLeft() throws Exception {
        var client = gateway.signIn("frank");
        client.send(new Query("select pg_sleep(604)"));
        untilActive("%pg_sleep(604)%");
        client.reset();
        await().until(() -> target.ask("select count(*) from pg_stat_activity where query like '%pg_sleep(604)%'"
                        + " and pid <> pg_backend_pid()")
                .equals("0"));
    }

    @Test
    void endsACopyToTheClient() throws Exception {
        try (var client = gateway.signIn("frank")) {
            client.send(new Query("copy (select pg_sleep(605)) to stdout"));
            untilActive("%pg_sleep(605)%");
            client.cancel();
            assertThat(client.answers(1)).endsWith("ERROR 57014", "ready IDLE");
            assertThat(client.query("select 1")).contains("[1]");
        }
    }

    /** A server that waits for data looks at the wish when some comes, directly as through the gateway. */
    @Test
    void endsACopyFromTheClient() throws Exception {
        target.run("create table taken (id int)", "grant all on taken to shop_gateway");
        try (var client = gateway.signIn("frank")) {
            client.send(new Query("copy taken from stdin"));
            assertThat(client.receive()).isInstanceOf(CopyInResponse.class);
            client.cancel();
            client.send(new CopyData("1\n".getBytes(StandardCharsets.UTF_8)), new CopyDone());
            assertThat(client.answers(1)).endsWith("ERROR 57014", "ready IDLE");
            assertThat(client.query("select count(*) from taken")).contains("[0]");
        }
    }

    @Test
    void failsTheTransactionOfAStatementThatRuns() throws Exception {
        try (var client = gateway.signIn("frank")) {
            client.query("begin");
            client.send(new Query("select pg_sleep(601)"));
            untilActive("%pg_sleep(601)%");
            client.cancel();
            assertThat(client.answers(1)).endsWith("ERROR 57014", "ready FAILED");
            assertThat(client.query("rollback")).containsExactly("ROLLBACK", "ready IDLE");
        }
    }

    @Test
    void passesOverWhatIsPipelinedBehindIt() throws Exception {
        try (var client = gateway.signIn("frank")) {
            client.send(
                    new Parse("", "select pg_sleep(602)", List.of()),
                    new Bind("", "", List.of(), List.of(), List.of()),
                    new Execute("", 0),
                    new Execute("", 0),
                    new Sync(),
                    new Query("select 2"));
            untilActive("%pg_sleep(602)%");
            client.cancel();
            assertThat(client.answers(2)).contains("ERROR 57014", "ready IDLE", "[2]");
        }
    }

    @Test
    void givesUpACommandThatIsHeld() throws Exception {
        try (var client = gateway.signIn("orders-agent")) {
            client.send(new Query("update orders set note = 'cancelled' where id = 31"));
            assertThat(client.receive()).isInstanceOf(NoticeResponse.class);
            client.cancel();
            assertThat(client.answers(1)).containsExactly("ERROR 57014", "ready IDLE");
            await().until(() -> gateway.core.approvals.values().stream().allMatch(p -> p.state == State.WITHDRAWN));
            assertThat(client.query("select 1")).contains("[1]");
        }
        assertThat(target.ask("select coalesce(note, '') <> 'cancelled' from orders where id = 31"))
                .isEqualTo("t");
    }

    @Test
    void endsTheAnalysisOfAStatement() throws Exception {
        try (var locker = target.superuser();
                var client = gateway.signIn("frank")) {
            locker.createStatement().execute("begin; lock table payments in access exclusive mode");
            client.send(new Query("select count(*) from payments"));
            await().until(() -> !target.ask("select count(*) from pg_locks where not granted")
                    .equals("0"));
            client.cancel();
            assertThat(client.answers(1)).containsExactly("ERROR 57014", "ready IDLE");
            locker.createStatement().execute("rollback");
            assertThat(client.query("select count(*) from payments")).contains("[1000]");
        }
    }

    @Test
    void hitsNothingThatIsSentLater() throws Exception {
        try (var client = gateway.signIn("frank")) {
            for (int i = 0; i < 30; i++) {
                client.cancel();
                assertThat(client.query("select " + i)).contains("[" + i + "]");
            }
        }
    }

    @Test
    void hitsNothingThatWaitsBehindTheCancelledStatement() throws Exception {
        try (var client = gateway.signIn("frank")) {
            for (int i = 0; i < 10; i++) {
                client.send(new Query("select pg_sleep(60" + i + ")"), new Query("select " + i));
                untilActive("%pg_sleep(60" + i + ")%");
                client.cancel();
                assertThat(client.answers(2)).contains("ERROR 57014", "[" + i + "]");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"0,4", "1,4", "2,32"})
    void givesAKeyAsLongAsTheProtocolAllows(int minor, int bytes) throws Exception {
        try (var client = RawClient.signedIn(gateway.port(), minor, "frank", TestCore.PASSWORD)) {
            assertThat(client.key().key()).hasSize(bytes);
            client.send(new Query("select pg_sleep(603)"));
            untilActive("%pg_sleep(603)%");
            client.cancel();
            assertThat(client.answers(1)).contains("ERROR 57014");
        }
    }

    @Test
    void ignoresAGuessedKeyWithoutAWord() throws Exception {
        try (var client = gateway.signIn("frank");
                Connection holder = target.superuser();
                Statement lock = holder.createStatement()) {
            lock.execute("select pg_advisory_lock(7)");
            client.send(new Query("select pg_advisory_lock(7), 'undisturbed'"));
            untilActive("%undisturbed%", "advisory");
            long before = gateway.metrics.value(Metric.CANCEL_KEYS_WRONG);
            byte[] guess = client.key().key().clone();
            guess[3] ^= 1;
            assertThat(RawClient.cancel(gateway.port(), client.key().processId(), guess))
                    .isEmpty();
            assertThat(RawClient.cancel(gateway.port(), client.key().processId(), new byte[32]))
                    .isEmpty();
            assertThat(RawClient.cancel(
                            gateway.port(),
                            client.key().processId() + 1,
                            client.key().key()))
                    .isEmpty();
            assertThat(gateway.metrics.value(Metric.CANCEL_KEYS_WRONG)).isEqualTo(before + 3);
            untilActive("%undisturbed%", "advisory");
            lock.execute("select pg_advisory_unlock(7)");
            assertThat(client.answers(1)).contains("[, undisturbed]", "ready IDLE");
        }
    }

    @Test
    void isNotGuessedInTenThousandTries() throws Exception {
        try (var own = new TestGateway(target.upstream(), directory.resolve("guessed"), 0, Optional.empty());
                var client = RawClient.signedIn(own.port(), "frank", TestCore.PASSWORD);
                var guessers = Executors.newFixedThreadPool(4)) {
            int secret = ByteBuffer.wrap(client.key().key()).getInt();
            List<Callable<byte[]>> guesses = IntStream.rangeClosed(1, GUESSES)
                    .mapToObj(guess -> (Callable<byte[]>)
                            () -> RawClient.cancel(own.port(), client.key().processId(), Bytes.int32(secret ^ guess)))
                    .toList();
            var guessing = guesses.stream().map(guessers::submit).toList();
            int undisturbed = 0;
            while (!guessing.getLast().isDone()) {
                assertThat(client.query("select pg_sleep(0.02), " + undisturbed))
                        .contains("[, " + undisturbed + "]", "ready IDLE");
                undisturbed++;
            }
            for (Future<byte[]> guess : guessing) {
                assertThat(guess.get()).isEmpty();
            }
            assertThat(undisturbed).isPositive();
            assertThat(own.metrics.value(Metric.CANCEL_KEYS_WRONG)).isEqualTo(GUESSES);
        }
    }

    @Test
    void aKeyOpensNothingBehindItsSession() throws Exception {
        try (var client = gateway.signIn("frank")) {
            client.close();
            await().until(() -> {
                long before = gateway.metrics.value(Metric.CANCEL_KEYS_WRONG);
                RawClient.cancel(
                        gateway.port(), client.key().processId(), client.key().key());
                return gateway.metrics.value(Metric.CANCEL_KEYS_WRONG) == before + 1;
            });
        }
    }

    @Test
    void neverShowsTheTargetsKey() throws Exception {
        try (var client = gateway.signIn("frank")) {
            assertThat(client.query("select pid from pg_stat_activity where pid = "
                                    + client.key().processId())
                            .toString())
                    .doesNotContain("[" + client.key().processId() + "]");
        }
    }

    private static void untilActive(String statement) {
        untilActive(statement, "PgSleep");
    }

    private static void untilActive(String statement, String waiting) {
        await().until(() -> target.ask("select count(*) from pg_stat_activity where state = 'active' and query like '"
                        + statement + "' and pid <> pg_backend_pid() and wait_event = '" + waiting + "'")
                .equals("1"));
    }
}
