package org.countersign.connector;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.countersign.connector.Messages.bind;
import static org.countersign.connector.Messages.data;
import static org.countersign.connector.Messages.execute;
import static org.countersign.connector.Messages.parse;
import static org.countersign.connector.Messages.query;
import static org.countersign.connector.Messages.sync;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.countersign.journal.Entry;
import org.countersign.model.audit.FrameType;
import org.countersign.model.command.SqlCommand;
import org.countersign.wire.postgres.FrontendMessage;
import org.countersign.wire.postgres.FrontendMessage.Bind;
import org.countersign.wire.postgres.FrontendMessage.CopyData;
import org.countersign.wire.postgres.FrontendMessage.CopyDone;
import org.countersign.wire.postgres.FrontendMessage.Execute;
import org.countersign.wire.postgres.FrontendMessage.Flush;
import org.countersign.wire.postgres.FrontendMessage.Parse;
import org.countersign.wire.postgres.FrontendMessage.Sync;
import org.countersign.wire.postgres.FrontendMessage.Terminate;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** COPY FROM STDIN is judged before, and nothing of it reaches the target that is not recorded. */
class CopyInJudgedTest {
    private static final String CARD = "4111111111111111";

    @Started
    private static DemoTarget target;

    @Started
    private static TestGateway gateway;

    private final List<String> frames = Collections.synchronizedList(new ArrayList<>());

    @BeforeAll
    static void start() throws SQLException {
        target.run(
                "create table sink (id int, note text default 'none', amount numeric check (amount > 0))",
                "create table ruled (id int)",
                "create rule away as on insert to ruled do instead nothing",
                "create table notes (id int, copied text)",
                "create sequence counter",
                "grant all on all tables in schema public to shop_gateway",
                "grant all on all sequences in schema public to shop_gateway");
    }

    @BeforeEach
    void empty() throws SQLException {
        target.run("truncate sink, notes");
        gateway.log = (session, entries) -> {
            for (Entry entry : entries) {
                frames.add(
                        FrameType.of(entry.type()).label() + " " + new String(entry.payload(), StandardCharsets.UTF_8));
            }
            return gateway.written.append(session, entries);
        };
    }

    @Test
    void recordsBinaryRowsAsTheyCame() throws Exception {
        var rows = new ByteArrayOutputStream();
        try (var direct = target.direct()) {
            for (String line : direct.query("copy (values (1, 'ü'), (2, null)) to stdout binary")) {
                if (line.startsWith("copied ")) {
                    rows.writeBytes(line.substring(7).getBytes(StandardCharsets.ISO_8859_1));
                }
            }
        }
        try (var client = gateway.signIn("frank")) {
            client.send(
                    query("copy sink (id, note) from stdin binary"), new CopyData(rows.toByteArray()), new CopyDone());
            assertThat(client.answers(1)).endsWith("COPY 2", "ready IDLE");
        }
        assertThat(frames.stream().filter(frame -> frame.startsWith("copy-data")))
                .hasSize(1)
                .allSatisfy(frame -> assertThat(frame).contains("\"binary\":\"5047434f5059"));
    }

    @Test
    void recordsBeforeItPassesOn() throws Exception {
        target.run("create or replace function noted() returns trigger language plpgsql as"
                + " 'begin perform nextval(''counter''); return new; end'");
        String before = target.ask("select last_value from counter");
        gateway.log =
                (session, entries) -> entries.stream().anyMatch(entry -> entry.type() == FrameType.COPY_DATA.code())
                        ? CompletableFuture.failedFuture(new IOException("the disk is full"))
                        : gateway.written.append(session, entries);
        try (var client = gateway.signIn("frank")) {
            client.send(query("copy sink (id) from stdin"), data("1\n"), new CopyDone());
            assertThat(client.answers(1)).endsWith("FATAL SD006", "closed");
        }
        assertThat(target.ask("select count(*) from sink")).isEqualTo("0");
        assertThat(target.ask("select last_value from counter")).isEqualTo(before);
    }

    @Test
    void recordsWhatWasCopiedAndHowItEnded() throws Exception {
        try (var client = gateway.signIn("mallory")) {
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
        try (var client = gateway.signIn("frank")) {
            client.send(query("copy sink (id) from stdin"), data("1\n"));
            assertThat(RawClient.told(client.receive())).startsWith("CopyInResponse");
        }
        await().until(() -> gateway.sessions() == 0);
        try (var client = gateway.signIn("frank")) {
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
        try (var client = gateway.signIn("frank")) {
            client.send(messages.toArray(FrontendMessage[]::new));
            assertThat(client.answers(1)).endsWith("COPY 15001", "ready IDLE");
        }
        assertThat(target.ask("select sum(length(note)) from sink")).isEqualTo("7800000");
        assertThat(frames).allSatisfy(frame -> assertThat(frame).hasSizeLessThan(140_000));
    }

    @Test
    void aMessageThatIsNoPartOfACopyEndsTheSession() throws Exception {
        try (var client = gateway.signIn("frank")) {
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
                "copy sink from stdin (default 'D') where id > 1",
                "copy sink from stdin (encoding 'latin1')",
            })
    void refusesWhatItCannotInspect(String sql) throws Exception {
        try (var client = gateway.signIn("frank")) {
            assertThat(client.query(sql)).containsExactly("ERROR SD005", "ready IDLE");
        }
    }

    @Test
    void aConditionIsJudgedAsWhatItCalls() throws Exception {
        target.run("create function picked(i int) returns boolean language plpgsql as 'begin return i > 1; end'");
        try (var client = gateway.signIn("frank")) {
            client.send(query("copy sink (id) from stdin where picked(id)"), data("1\n2\n"), new CopyDone());
            assertThat(client.answers(1)).endsWith("COPY 1", "ready IDLE");
            var decided = (SqlCommand) requireNonNull(gateway.core.decided);
            assertThat(decided.analysis().functions()).contains("public.picked(integer)");
            assertThat(decided.accesses().toString()).contains("sql:copy-in").doesNotContain("sql:insert");
        }
        try (var client = gateway.signIn("mallory")) {
            assertThat(client.query("copy sink (id) from stdin where picked(id)"))
                    .containsExactly("ERROR 42501", "ready IDLE");
            assertThat(client.query("copy sink (id) from stdin where pg_sleep(1) is null"))
                    .containsExactly("ERROR 42501", "ready IDLE");
        }
    }

    @Test
    void aConditionIsJudgedAsWhatItCallsAtItsExecution() throws Exception {
        for (String schema : List.of("here", "there")) {
            target.run(
                    "create schema " + schema,
                    "create function " + schema
                            + ".chosen(i int) returns boolean language plpgsql as 'begin return true; end'",
                    "grant usage on schema " + schema + " to shop_gateway");
        }
        try (var client = gateway.signIn("frank")) {
            client.query("set search_path = here, public");
            client.send(parse("c", "copy sink (id) from stdin where chosen(id)"), sync())
                    .answers(1);
            client.query("set search_path = there, public");
            client.send(bind("", "c"), execute(), new Flush(), data("1\n"), new CopyDone(), sync());
            assertThat(client.answers(1)).contains("COPY 1", "ready IDLE");
            assertThat(((SqlCommand) requireNonNull(gateway.core.decided))
                            .analysis()
                            .functions())
                    .contains("there.chosen(integer)")
                    .doesNotContain("here.chosen(integer)");
        }
    }

    @Test
    void aConditionReadsNothingThatIsMasked() throws Exception {
        String card = target.ask("select card_number from customers where id = 1");
        try (var client = gateway.signIn("mallory")) {
            for (String condition : List.of(
                    "exists (select from customers where card_number = '" + card + "')",
                    "true union select id, note, amount from sink, customers where card_number = '" + card + "'")) {
                client.send(query("copy sink from stdin where " + condition), data("1\tx\t1\n"), new CopyDone());
                assertThat(client.answers(1)).last().isEqualTo("ready IDLE");
            }
        }
        assertThat(target.ask("select count(*) from sink")).isEqualTo("0");
    }

    @Test
    void copiesIntoNoView() throws Exception {
        try (var client = gateway.signIn("frank")) {
            assertThat(client.query("copy customer_contact from stdin")).containsExactly("ERROR 42809", "ready IDLE");
        }
    }

    @Test
    void refusesWhatWouldNeedAnApprovalAmongSeveralStatements() throws Exception {
        try (var client = gateway.signIn("orders-agent")) {
            assertThat(client.query("select 1; copy orders (id, sku) from stdin"))
                    .containsExactly("ERROR SD005", "ready IDLE");
            assertThat(gateway.core.approvals).isEmpty();
        }
        assertThat(String.join("\n", frames)).contains("agent-writes-need-a-person", "sql:copy-in");
    }

    @Test
    void movesNoMaskedValueAndWritesNoMaskedColumn() throws Exception {
        try (var client = gateway.signIn("mallory")) {
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
    void looksAgainWhenTheTableIsAnotherOneAtItsExecution() throws Exception {
        try (var client = gateway.signIn("frank")) {
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
}
