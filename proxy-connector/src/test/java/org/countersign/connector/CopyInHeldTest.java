package org.countersign.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.countersign.connector.Messages.bind;
import static org.countersign.connector.Messages.data;
import static org.countersign.connector.Messages.execute;
import static org.countersign.connector.Messages.parse;
import static org.countersign.connector.Messages.query;
import static org.countersign.connector.Messages.sync;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import org.countersign.connector.intercept.FrameLog;
import org.countersign.connector.metrics.Metric;
import org.countersign.connector.net.SessionLimits;
import org.countersign.connector.net.SessionTimes;
import org.countersign.journal.Entry;
import org.countersign.journal.Haste;
import org.countersign.model.command.Parameter;
import org.countersign.model.port.ApprovalDesk.State;
import org.countersign.wire.postgres.FrontendMessage.CopyDone;
import org.countersign.wire.postgres.FrontendMessage.CopyFail;
import org.countersign.wire.postgres.FrontendMessage.Terminate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** People who are asked about a COPY FROM STDIN are asked about its data too, and exactly that runs. */
class CopyInHeldTest {
    private static final String COPY = "copy orders (id, customer_id, amount, sku) from stdin";
    private static final String HEADER = "id\tcustomer_id\tamount\tsku\n";
    private static final String ROWS = "9001\t1\t1\tone\n9002\t1\t1\ttwo\\\nlines\n9003\t1\t1\tthree\n";

    @Started
    private static DemoTarget target;

    @Started
    private static TestGateway gateway;

    private final List<String> frames = new CopyOnWriteArrayList<>();

    @BeforeEach
    void prepare() throws Exception {
        gateway.core.approvals.clear();
        target.run("delete from orders where id >= 9000");
        FrameLog written = gateway.written;
        gateway.log = new FrameLog() {
            @Override
            public CompletionStage<Void> append(UUID session, List<Entry> entries) {
                note(entries);
                return written.append(session, entries);
            }

            @Override
            public CompletionStage<Void> append(UUID session, List<Entry> entries, Executor on, Haste haste) {
                note(entries);
                return written.append(session, entries, on, haste);
            }
        };
    }

    private void note(List<Entry> entries) {
        entries.forEach(entry -> frames.add(new String(entry.payload(), StandardCharsets.UTF_8)));
    }

    @AfterEach
    void nothingIsKept() throws Exception {
        await().until(() -> gateway.metrics.value(Metric.COPY_SPOOL_BYTES) == 0);
        assertThat(named()).isEmpty();
    }

    @Test
    void runsExactlyTheDataThatWasApproved() throws Exception {
        try (var client = gateway.signIn("orders-agent")) {
            client.send(query(COPY));
            assertThat(RawClient.told(client.receive())).startsWith("CopyInResponse");
            client.send(data(ROWS.substring(0, 10)), data(ROWS.substring(10)), new CopyDone());
            assertThat(RawClient.told(client.receive())).isEqualTo("notice SD001");
            String what = "3 rows, " + ROWS.length() + " bytes, sha256:" + sha256(ROWS);
            assertThat(asked().held.command().parameters())
                    .containsExactly(new Parameter("copy data", Optional.of(what)));
            assertThat(copied()).isEqualTo("0");
            assertThat(frames).noneMatch(frame -> frame.contains("9003")).anyMatch(frame -> frame.contains(what));
            gateway.core.settleAll(State.APPROVED);
            assertThat(client.answers(1)).containsExactly("COPY 3", "ready IDLE");
            assertThat(frames).anyMatch(frame -> frame.contains("9003"));
            assertThat(client.query("select sku from orders where id = 9002")).contains("[two\nlines]");
        }
        assertThat(copied()).isEqualTo("3");
    }

    @Test
    void runsInTheExtendedProtocolAndInsideOfBlocks() throws Exception {
        try (var client = gateway.signIn("orders-agent")) {
            client.query("begin");
            client.send(parse("", COPY), bind("", ""), execute(""), sync());
            for (String told : List.of("ParseComplete", "BindComplete")) {
                assertThat(RawClient.told(client.receive())).isEqualTo(told);
            }
            assertThat(RawClient.told(client.receive())).startsWith("CopyInResponse");
            client.send(data(ROWS), new CopyDone(), sync());
            assertThat(RawClient.told(client.receive())).isEqualTo("notice SD001");
            gateway.core.settleAll(State.APPROVED);
            assertThat(client.answers(1)).containsExactly("COPY 3", "ready IN_TRANSACTION");
            client.query("commit");
        }
        assertThat(copied()).isEqualTo("3");
    }

    @Test
    void keepsWhatIsLargeInAFileWithoutAName() throws Exception {
        var rows = new StringBuilder();
        for (int i = 0; i < 60_000; i++) {
            rows.append(10_000 + i).append("\t1\t1\tsku ").append(i).append('\n');
        }
        try (var client = gateway.signIn("orders-agent")) {
            client.send(
                    query(
                            "copy orders (id, customer_id, amount, sku) from stdin with (format csv, delimiter E'\\t', header)"));
            client.receive();
            client.send(data(HEADER), data(rows.toString()), new CopyDone());
            assertThat(RawClient.told(client.receive())).isEqualTo("notice SD001");
            assertThat(asked().held.command().parameters().getFirst().value().orElseThrow())
                    .startsWith("60000 rows, ")
                    .endsWith(sha256(HEADER + rows));
            assertThat(named()).as("a crash leaves nothing").isEmpty();
            assertThat(gateway.metrics.value(Metric.COPY_SPOOL_BYTES))
                    .isEqualTo(rows.length() + (long) HEADER.length());
            gateway.core.settleAll(State.APPROVED);
            assertThat(client.answers(1)).containsExactly("COPY 60000", "ready IDLE");
        }
        assertThat(target.ask(
                        "select md5(string_agg(id || E'\\t1\\t1\\t' || sku || E'\\n', '' order by id)) from orders"
                                + " where id >= 10000"))
                .isEqualTo(HexFormat.of()
                        .formatHex(MessageDigest.getInstance("MD5")
                                .digest(rows.toString().getBytes(StandardCharsets.UTF_8))));
    }

    @Test
    void whatIsNotApprovedNeverReachesTheTarget() throws Exception {
        try (var client = gateway.signIn("orders-agent")) {
            hold(client, ROWS);
            gateway.core.settleAll(State.REJECTED);
            assertThat(client.answers(1)).containsExactly("ERROR SD002", "ready IDLE");
            hold(client, ROWS);
            gateway.core.settleAll(State.EXPIRED);
            assertThat(client.answers(1)).containsExactly("ERROR SD003", "ready IDLE");
            hold(client, ROWS);
            client.cancel();
            assertThat(client.answers(1)).containsExactly("ERROR 57014", "ready IDLE");
            hold(client, ROWS);
            target.run(
                    "create function copied_in() returns trigger language plpgsql as $$ begin return new; end $$",
                    "create trigger copied_in before insert on orders for each row execute function copied_in()");
            gateway.core.settleAll(State.APPROVED);
            assertThat(client.answers(1)).containsExactly("ERROR SD003", "ready IDLE");
        } finally {
            target.run("drop function if exists copied_in() cascade");
        }
        assertThat(copied()).isEqualTo("0");
        assertThat(frames).noneMatch(frame -> frame.contains("9003"));
    }

    @Test
    void aClientThatBreaksOffIsAskedNothingAbout() throws Exception {
        try (var client = gateway.signIn("orders-agent")) {
            client.send(query(COPY));
            client.receive();
            client.send(data(ROWS), new CopyFail("no more"));
            assertThat(client.answers(1)).containsExactly("ERROR 57014", "ready IDLE");
            client.send(query(COPY));
            client.receive();
            client.send(data(ROWS));
            await().until(() -> gateway.metrics.value(Metric.COPY_SPOOL_BYTES) > 0);
            client.cancel();
            assertThat(client.answers(1)).containsExactly("ERROR 57014", "ready IDLE");
            client.send(data(ROWS), new CopyDone());
            assertThat(client.query("select 1")).contains("[1]", "ready IDLE");
        }
        assertThat(gateway.core.approvals).isEmpty();
        for (boolean politely : List.of(true, false)) {
            var client = gateway.signIn("orders-agent");
            client.send(query(COPY));
            client.receive();
            client.send(data(ROWS));
            await().until(() -> gateway.metrics.value(Metric.COPY_SPOOL_BYTES) > 0);
            if (politely) {
                client.send(new Terminate());
            }
            client.close();
            await().until(() -> gateway.metrics.value(Metric.COPY_SPOOL_BYTES) == 0);
        }
        assertThat(gateway.core.approvals).isEmpty();
        var leaving = gateway.signIn("orders-agent");
        hold(leaving, ROWS);
        leaving.close();
        await().until(() -> asked().state == State.WITHDRAWN);
        assertThat(copied()).isEqualTo("0");
    }

    @Test
    void theSameDataRunsOnceWhenItIsSentAgain() throws Exception {
        try (var client = RawClient.deferring(gateway.port(), "orders-agent", TestCore.PASSWORD)) {
            assertThat(send(client, ROWS)).containsExactly("ERROR SD001", "ready IDLE");
            gateway.core.settleAll(State.APPROVED);
            assertThat(send(client, ROWS + "9004\t1\t1\tmore\n")).containsExactly("ERROR SD001", "ready IDLE");
            assertThat(gateway.core.approvals)
                    .as("other data is another request")
                    .hasSize(2);
            assertThat(copied()).isEqualTo("0");
            assertThat(send(client, ROWS)).containsExactly("COPY 3", "ready IDLE");
            assertThat(send(client, ROWS)).containsExactly("ERROR SD001", "ready IDLE");
            assertThat(gateway.core.approvals).as("an approval is used once").hasSize(3);
        }
        assertThat(copied()).isEqualTo("3");
    }

    @Test
    void moreThanIsKeptIsRefused(@TempDir Path directory) throws Exception {
        var limits = SessionLimits.of(64 << 20, 1 << 20, 32 << 20, 100, 16, 1_000, SessionTimes.standard());
        try (var small = new TestGateway(target.upstream(), directory, TestGateway.impatient(10), limits);
                var client = small.signIn("orders-agent")) {
            client.send(query(COPY));
            client.receive();
            for (int i = 0; i < 30; i++) {
                client.send(data(ROWS));
            }
            client.send(new CopyDone());
            assertThat(client.answers(1)).containsExactly("ERROR SD005", "ready IDLE");
            assertThat(client.query("select 1")).contains("[1]", "ready IDLE");
            assertThat(small.core.approvals).isEmpty();
            assertThat(small.metrics.value(Metric.COPY_SPOOLS_TOO_LARGE)).isEqualTo(1);
            assertThat(small.metrics.value(Metric.COPY_SPOOL_BYTES)).isZero();
        }
        assertThat(copied()).isEqualTo("0");
    }

    private static void hold(RawClient client, String rows) throws Exception {
        client.send(query(COPY));
        assertThat(RawClient.told(client.receive())).startsWith("CopyInResponse");
        client.send(data(rows), new CopyDone());
        assertThat(RawClient.told(client.receive())).isEqualTo("notice SD001");
    }

    private static List<String> send(RawClient client, String rows) throws Exception {
        client.send(query(COPY));
        assertThat(RawClient.told(client.receive())).startsWith("CopyInResponse");
        return client.send(data(rows), new CopyDone()).answers(1);
    }

    private static TestCore.Pending asked() {
        return gateway.core.approvals.values().stream().findAny().orElseThrow();
    }

    private static String copied() throws Exception {
        return target.ask("select count(*) from orders where id between 9000 and 9999");
    }

    private static String sha256(String text) throws Exception {
        return HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** What is kept in files that somebody else could open. */
    private static List<Path> named() throws IOException {
        try (var all = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return all.filter(path -> path.getFileName().toString().matches("countersign.*\\.copy"))
                    .toList();
        }
    }
}
