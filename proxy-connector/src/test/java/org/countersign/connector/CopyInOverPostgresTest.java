package org.countersign.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.countersign.connector.intercept.FrameLog;
import org.countersign.journal.Entry;
import org.countersign.model.audit.FrameType;
import org.countersign.wire.postgres.FrontendMessage;
import org.countersign.wire.postgres.FrontendMessage.Bind;
import org.countersign.wire.postgres.FrontendMessage.CopyData;
import org.countersign.wire.postgres.FrontendMessage.CopyDone;
import org.countersign.wire.postgres.FrontendMessage.CopyFail;
import org.countersign.wire.postgres.FrontendMessage.Describe;
import org.countersign.wire.postgres.FrontendMessage.Execute;
import org.countersign.wire.postgres.FrontendMessage.Flush;
import org.countersign.wire.postgres.FrontendMessage.Parse;
import org.countersign.wire.postgres.FrontendMessage.Query;
import org.countersign.wire.postgres.FrontendMessage.Sync;
import org.countersign.wire.postgres.FrontendMessage.Terminate;
import org.countersign.wire.postgres.Subject;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.PGConnection;

/** COPY FROM STDIN over a real PostgreSQL: the server's answers in the server's order, and nothing unrecorded in it. */
class CopyInOverPostgresTest {
    private static final String CARD = "4111111111111111";

    @TempDir
    static Path directory;

    private static DemoTarget target;
    private static TestGateway gateway;
    private static FrameLog journal;
    private final List<String> frames = Collections.synchronizedList(new ArrayList<>());

    @BeforeAll
    static void start() throws IOException, SQLException {
        target = DemoTarget.start(directory.resolve("target"), GatewayOverPostgresTest.freePort());
        gateway = new TestGateway(target.upstream(), directory.resolve("journal"), 0, Optional.empty());
        journal = gateway.log;
        target.run(
                "create table sink (id int, note text default 'none', amount numeric check (amount > 0))",
                "create table keyed (id int generated always as identity primary key, note text not null)",
                "create table deferred (id int unique deferrable initially deferred)",
                "create table parted (id int) partition by range (id)",
                "create table parted_low partition of parted for values from (0) to (10)",
                "create table ruled (id int)",
                "create rule away as on insert to ruled do instead nothing",
                "create table strict_trigger (id int)",
                """
                create function refuse() returns trigger language plpgsql as 'begin raise exception ''no''; end'
                """,
                "create trigger refuse before insert on strict_trigger for each statement execute function refuse()",
                "create domain wanted as int not null",
                "create table domains (w wanted)",
                "create table notes (id int, copied text)",
                "create sequence counter",
                "grant all on all tables in schema public to shop_gateway",
                "grant all on all sequences in schema public to shop_gateway",
                "grant create on schema public to shop_gateway");
    }

    @AfterAll
    static void stop() {
        gateway.close();
        target.close();
    }

    @BeforeEach
    void empty() throws SQLException {
        target.run("truncate sink, keyed, deferred, parted, domains, notes restart identity");
        gateway.log = (session, entries) -> {
            for (Entry entry : entries) {
                frames.add(
                        FrameType.of(entry.type()).label() + " " + new String(entry.payload(), StandardCharsets.UTF_8));
            }
            return journal.append(session, entries);
        };
    }

    @AfterEach
    void mended() {
        gateway.log = journal;
    }

    @Test
    void answersTheSimpleProtocolAsTheServerDoes() throws Exception {
        same(1, query("copy sink from stdin"), data("1\ta\t2\n2\t\\N\t3.5\n"), new CopyDone());
        same(1, query("copy sink (id) from stdin"), data("1\n"), data("2"), data("\n3\n"), new CopyDone());
        same(1, query("copy sink from stdin csv header"), data("id,note,amount\n1,\"a,b\",2\n"), new CopyDone());
        same(1, query("copy sink from stdin (format csv, header match)"), data("id,note\n1,x\n"), new CopyDone());
        same(1, query("copy sink from stdin"), new CopyDone());
        same(1, query("copy sink from stdin"), data("1\tx\t1\n\\.\n"), new CopyDone());
        same(1, query("copy keyed from stdin"), data("7\tx\n"), new CopyDone());
        same(1, query("copy parted from stdin"), data("7\n"), new CopyDone());
        same(1, query("copy domains from stdin"), data("7\n"), new CopyDone());
        same(1, query("copy sink (id, note) from stdin (default 'D')"), data("7\tD\n"), new CopyDone());
        same(1, query("copy sink from stdin (on_error ignore)"), data("x\ty\t1\n1\ty\t1\n"), new CopyDone());
    }

    @Test
    void tellsMistakesWhereTheServerDoes() throws Exception {
        same(2, query("copy sink from stdin"), data("x\ty\tz\n"), data("1\ty\t2\n"), new CopyDone(), query("select 1"));
        same(2, query("copy sink from stdin"), data("1\ty\t-2\n"), new CopyDone(), query("select 1"));
        same(2, query("copy sink from stdin"), data("1\n"), new CopyFail("enough"), query("select 1"));
        same(2, query("copy deferred from stdin"), data("1\n1\n"), new CopyDone(), query("select 1"));
        same(2, query("copy strict_trigger from stdin"), data("1\n"), new CopyDone(), query("select 1"));
        same(1, query("copy nowhere from stdin"));
        same(1, query("copy sink (nothing) from stdin"));
        same(1, query("copy sink from stdin (delimiter 'aa')"));
        same(1, query("copy sink from stdin (format csv, header match)"), data("a\n"), new CopyDone());
        same(1, query("copy sink from stdin where"));
        same(2, data("stray"), new CopyDone(), new CopyFail("stray"), query("select 1"), query("copy sink from stdn"));
    }

    @Test
    void answersInsideATransactionAsTheServerDoes() throws Exception {
        same(
                5,
                query("begin"),
                query("copy sink from stdin"),
                data("1\ta\t2\n"),
                new CopyDone(),
                query("select id, note from sink"),
                query("copy sink (id) from stdin"),
                data("x\n"),
                new CopyDone(),
                query("rollback"));
        same(
                6,
                query("begin"),
                query("create table fresh (id int)"),
                query("copy fresh from stdin (freeze)"),
                data("1\n"),
                new CopyDone(),
                query("copy fresh from stdin (freeze)"),
                data("2\n"),
                new CopyDone(),
                query("copy fresh to stdout"),
                query("rollback"));
    }

    @Test
    void answersTheExtendedProtocolAsTheServerDoes() throws Exception {
        same(
                1,
                parse("copy sink (id) from stdin"),
                bind(),
                new Describe(Subject.PORTAL, ""),
                new Execute("", 0),
                new Sync(),
                data("1\n2\n"),
                new CopyDone(),
                new Sync());
        same(
                1,
                parse("copy sink (id) from stdin"),
                bind(),
                new Execute("", 0),
                new Flush(),
                data("1\n"),
                new Sync(),
                new Flush(),
                data("2\n"),
                new CopyDone(),
                new Sync());
        same(
                1,
                parse("copy sink (id) from stdin"),
                bind(),
                new Execute("", 0),
                data("1\n"),
                new CopyDone(),
                new Sync());
        same(
                2,
                parse("copy sink (id) from stdin"),
                bind(),
                new Execute("", 0),
                new Sync(),
                data("x\n"),
                data("1\n"),
                new CopyDone(),
                query("select 'passed over'"),
                new Sync(),
                query("select 2"));
        same(
                2,
                parse("copy sink (id) from stdin"),
                bind(),
                new Execute("", 0),
                new Sync(),
                new CopyFail("enough"),
                new Sync(),
                query("select 2"));
        same(2, parse("copy nowhere from stdin"), bind(), new Execute("", 0), new Sync(), query("select 2"));
    }

    @Test
    void takesBinaryRows() throws Exception {
        var rows = new ByteArrayOutputStream();
        try (var direct = target.direct()) {
            for (String line : direct.query("copy (values (1, 'ü'), (2, null)) to stdout binary")) {
                if (line.startsWith("copied ")) {
                    rows.writeBytes(line.substring(7).getBytes(StandardCharsets.ISO_8859_1));
                }
            }
        }
        same(1, query("copy sink (id, note) from stdin binary"), new CopyData(rows.toByteArray()), new CopyDone());
        assertThat(frames.stream().filter(frame -> frame.startsWith("copy-data")))
                .hasSize(1)
                .allSatisfy(frame -> assertThat(frame).contains("\"binary\":\"5047434f5059"));
        same(1, query("copy sink (id, note) from stdin binary"), data("PGCOPY broken"), new CopyDone());
    }

    @Test
    void recordsBeforeItPassesOn() throws Exception {
        target.run("create or replace function noted() returns trigger language plpgsql as"
                + " 'begin perform nextval(''counter''); return new; end'");
        String before = target.ask("select last_value from counter");
        gateway.log =
                (session, entries) -> entries.stream().anyMatch(entry -> entry.type() == FrameType.COPY_DATA.code())
                        ? CompletableFuture.failedFuture(new IOException("the disk is full"))
                        : journal.append(session, entries);
        try (var client = signedIn("frank")) {
            client.send(query("copy sink (id) from stdin"), data("1\n"), new CopyDone());
            assertThat(client.answers(1)).endsWith("FATAL SD006", "closed");
        }
        assertThat(target.ask("select count(*) from sink")).isEqualTo("0");
        assertThat(target.ask("select last_value from counter")).isEqualTo(before);
    }

    @Test
    void recordsWhatWasCopiedAndHowItEnded() throws Exception {
        try (var client = signedIn("mallory")) {
            client.send(query("copy notes from stdin"), data("1\tpaid with " + CARD), data("\n2\tx\n"), new CopyDone());
            assertThat(client.answers(1)).endsWith("COPY 2", "ready IDLE");
        }
        assertThat(target.ask("select copied from notes where id = 1")).isEqualTo("paid with " + CARD);
        assertThat(String.join("\n", frames))
                .contains("paid with 411111******1111\\n2\\tx\\n")
                .doesNotContain(CARD)
                .contains("\"outcome\":\"executed\",\"rows\":2,\"bytes\":33,\"masked\":1");
    }

    @Test
    void aClientThatLeavesInTheMiddleHasCopiedNothing() throws Exception {
        try (var client = signedIn("frank")) {
            client.send(query("copy sink (id) from stdin"), data("1\n"));
            assertThat(RawClient.told(client.receive())).startsWith("CopyInResponse");
        }
        await().until(() -> gateway.sessions() == 0);
        try (var client = signedIn("frank")) {
            client.send(query("copy sink (id) from stdin"), data("1\n"), new Terminate());
            await().until(() -> gateway.sessions() == 0);
        }
        assertThat(target.ask("select count(*) from sink")).isEqualTo("0");
        assertThat(frames.stream().filter(frame -> frame.startsWith("finished")))
                .hasSize(2)
                .allSatisfy(frame -> assertThat(frame).contains("\"outcome\":\"failed\""));
    }

    @Test
    void takesMoreThanItKeeps() throws Exception {
        String line = "7\t" + "x".repeat(500) + "\t1\n";
        var messages = new ArrayList<FrontendMessage>();
        messages.add(query("copy sink from stdin"));
        for (int i = 0; i < 300; i++) {
            messages.add(data(line.repeat(50)));
        }
        messages.add(data("8\t" + "ü".repeat(300_000) + "\t1\n"));
        messages.add(new CopyDone());
        try (var client = signedIn("frank")) {
            client.send(messages.toArray(FrontendMessage[]::new));
            assertThat(client.answers(1)).endsWith("COPY 15001", "ready IDLE");
        }
        assertThat(target.ask("select sum(length(note)) from sink")).isEqualTo("7800000");
        assertThat(frames).allSatisfy(frame -> assertThat(frame).hasSizeLessThan(140_000));
    }

    @Test
    void aMessageThatIsNoPartOfACopyEndsTheSession() throws Exception {
        try (var client = signedIn("frank")) {
            client.send(query("copy sink (id) from stdin"), data("1\n"), query("select 1"));
            assertThat(client.answers(2)).endsWith("FATAL 08P01", "closed");
        }
        await().until(() -> gateway.sessions() == 0);
        assertThat(target.ask("select count(*) from sink")).isEqualTo("0");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "copy ruled from stdin",
                "copy sink from '/etc/passwd'",
                "copy sink from program 'id'",
                "copy sink from stdin where id > 1",
                "copy sink from stdin (encoding 'latin1')",
            })
    void refusesWhatItCannotInspect(String sql) throws Exception {
        try (var client = signedIn("frank")) {
            assertThat(client.query(sql)).containsExactly("ERROR SD005", "ready IDLE");
        }
    }

    @Test
    void copiesIntoNoView() throws Exception {
        try (var client = signedIn("frank")) {
            assertThat(client.query("copy customer_contact from stdin")).containsExactly("ERROR 42809", "ready IDLE");
        }
    }

    @Test
    void copiesAmongSeveralStatementsAsTheServerDoes() throws Exception {
        same(1, query("copy (select 1) to stdout; select 2; copy (select 3) to stdout"));
        same(1, query("copy sink (id) from stdin; select id from sink"), data("1\n"), new CopyDone());
        same(
                1,
                query("copy sink (id) from stdin; copy sink (id) from stdin; select id from sink order by id"),
                data("1\n"),
                new CopyDone(),
                data("2\n"),
                new CopyDone());
        same(2, query("copy sink (id) from stdin; select 1"), data("x\n"), new CopyDone(), query("select 2"));
        same(1, query("copy sink (id) from stdin; select 1/0"), data("1\n"), new CopyDone());
    }

    @Test
    void refusesWhatWouldNeedAnApproval() throws Exception {
        try (var client = signedIn("orders-agent")) {
            assertThat(client.query("copy orders (id, sku) from stdin")).containsExactly("ERROR SD005", "ready IDLE");
            assertThat(gateway.core.approvals).isEmpty();
            client.send(parse("copy orders (id, sku) from stdin"), bind(), new Execute("", 0), new Sync());
            assertThat(client.answers(1)).containsExactly("ParseComplete", "BindComplete", "ERROR SD005", "ready IDLE");
        }
        assertThat(String.join("\n", frames)).contains("agent-writes-need-a-person", "sql:copy-in");
    }

    @Test
    void movesNoMaskedValueAndWritesNoMaskedColumn() throws Exception {
        try (var client = signedIn("mallory")) {
            assertThat(client.query("copy customers (id, card_number) from stdin"))
                    .containsExactly("ERROR 42501", "ready IDLE");
            assertThat(client.query("copy customers from stdin")).containsExactly("ERROR 42501", "ready IDLE");
            assertThat(
                            client.query(
                                    "copy (insert into notes select id, card_number from customers returning copied) to stdout"))
                    .containsExactly("ERROR 42501", "ready IDLE");
        }
        assertThat(target.ask("select count(*) from notes")).isEqualTo("0");
    }

    @Test
    void servesTheDriversCopyManager() throws Exception {
        String url = "jdbc:postgresql://127.0.0.1:" + gateway.port() + "/shop";
        try (var connection = DriverManager.getConnection(url, "frank", TestCore.PASSWORD)) {
            var copy = connection.unwrap(PGConnection.class).getCopyAPI();
            byte[] rows = "1,\"a\nb\",2\n3,,4\n".getBytes(StandardCharsets.UTF_8);
            assertThat(copy.copyIn("copy sink from stdin csv", new ByteArrayInputStream(rows)))
                    .isEqualTo(2);
            var out = new ByteArrayOutputStream();
            assertThat(copy.copyOut("copy (select * from sink order by id) to stdout csv", out))
                    .isEqualTo(2);
            assertThat(out.toByteArray()).isEqualTo(rows);
            connection.setAutoCommit(false);
            copy.copyIn("copy sink (id) from stdin", new ByteArrayInputStream("5\n".getBytes(StandardCharsets.UTF_8)));
            connection.rollback();
        }
        assertThat(target.ask("select count(*) from sink")).isEqualTo("2");
    }

    @Test
    void looksAgainWhenTheTableIsAnotherOneAtItsExecution() throws Exception {
        try (var client = signedIn("frank")) {
            client.send(new Parse("c", "copy sink (id) from stdin", List.of()), new Sync());
            client.answers(1);
            target.run("create table if not exists sink_two (id int)", "grant all on sink_two to shop_gateway");
            target.run("alter table sink rename to sink_old", "alter table sink_two rename to sink");
            client.send(
                    new Bind("", "c", List.of(), List.of(), List.of()),
                    new Execute("", 0),
                    new Flush(),
                    data("1\n"),
                    new CopyDone(),
                    new Sync());
            assertThat(client.answers(1)).contains("COPY 1");
        } finally {
            target.run("drop table sink", "alter table sink_old rename to sink");
        }
        assertThat(target.ask("select count(*) from sink")).isEqualTo("0");
    }

    private static Query query(String sql) {
        return new Query(sql);
    }

    private static Parse parse(String sql) {
        return new Parse("", sql, List.of());
    }

    private static Bind bind() {
        return new Bind("", "", List.of(), List.of(), List.of());
    }

    private static CopyData data(String text) {
        return new CopyData(text.getBytes(StandardCharsets.UTF_8));
    }

    private static RawClient signedIn(String user) throws Exception {
        return RawClient.signedIn(gateway.port(), user, TestCore.PASSWORD);
    }

    private static void same(int ready, FrontendMessage... messages) throws Exception {
        List<String> expected;
        try (var direct = target.direct()) {
            expected = direct.send(messages).answers(ready);
        }
        String rows = sink();
        target.run("truncate sink, keyed, deferred, parted, domains restart identity");
        try (var client = signedIn("frank")) {
            assertThat(client.send(messages).answers(ready)).isEqualTo(expected);
        }
        assertThat(sink()).isEqualTo(rows);
        target.run("truncate sink, keyed, deferred, parted, domains restart identity");
    }

    private static String sink() throws SQLException {
        return target.ask("select coalesce(json_agg(s order by id, note)::text, '') from sink s")
                + target.ask("select coalesce(json_agg(k order by id)::text, '') from keyed k")
                + target.ask("select coalesce(json_agg(p order by id)::text, '') from parted p");
    }
}
