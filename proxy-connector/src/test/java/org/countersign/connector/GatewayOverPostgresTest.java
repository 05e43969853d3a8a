package org.countersign.connector;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.countersign.model.command.SqlCommand;
import org.countersign.model.port.ApprovalDesk.State;
import org.countersign.wire.postgres.BackendMessage.NoticeResponse;
import org.countersign.wire.postgres.FrontendMessage;
import org.countersign.wire.postgres.FrontendMessage.Bind;
import org.countersign.wire.postgres.FrontendMessage.Close;
import org.countersign.wire.postgres.FrontendMessage.CopyDone;
import org.countersign.wire.postgres.FrontendMessage.Describe;
import org.countersign.wire.postgres.FrontendMessage.Execute;
import org.countersign.wire.postgres.FrontendMessage.Flush;
import org.countersign.wire.postgres.FrontendMessage.Parse;
import org.countersign.wire.postgres.FrontendMessage.Query;
import org.countersign.wire.postgres.FrontendMessage.Sync;
import org.countersign.wire.postgres.FrontendMessage.Terminate;
import org.countersign.wire.postgres.Subject;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The listener over a real PostgreSQL: it answers as the server itself does, and holds what has to be held. */
class GatewayOverPostgresTest {
    @TempDir
    static Path directory;

    private static DemoTarget target;
    private static TestGateway gateway;

    @BeforeAll
    static void start() throws IOException, SQLException {
        target = DemoTarget.start(directory.resolve("target"), freePort());
        gateway = new TestGateway(target.upstream(), directory.resolve("journal"), 0, Optional.empty());
    }

    @AfterAll
    static void stop() {
        gateway.close();
        target.close();
    }

    static int freePort() throws IOException {
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    @Test
    void answersTheSimpleProtocolAsTheServerDoes() throws Exception {
        same(
                8,
                query("select 1 as a, 'x' as b, null"),
                query(""),
                query(" ; "),
                query("SELEC 1"),
                query("select 1/0"),
                query("select $1"),
                query("select * from nothing_here"),
                query("show search_path"));
        same(
                7,
                query("begin"),
                query("savepoint a"),
                query("select 1/0"),
                query("select 1"),
                query("rollback to a"),
                query("select 2"),
                query("commit"));
        same(
                7,
                query("begin isolation level repeatable read read only"),
                query("create temp table t (i int)"),
                query("select 1"),
                query("rollback"),
                query("begin"),
                query("set transaction isolation level serializable"),
                query("rollback"));
        same(
                5,
                query("begin"),
                query("set local search_path = pg_catalog"),
                query("show search_path"),
                query("commit"),
                query("show search_path"));
    }

    @Test
    void answersTheExtendedProtocolAsTheServerDoes() throws Exception {
        same(1, parse("", "select $1::int as n"), bind("", "", "7"), describe(Subject.PORTAL, ""), execute(""), sync());
        same(1, parse("", "select $1::int, $2"), describe(Subject.STATEMENT, ""), sync());
        same(2, parse("a", "select 1"), parse("a", "select 2"), sync(), query("select 3"));
        same(1, execute("nowhere"), parse("", "select 1"), sync());
        same(1, bind("", "nowhere"), sync());
        same(1, describe(Subject.STATEMENT, "nowhere"), sync());
        same(1, new Close(Subject.STATEMENT, "nowhere"), new Close(Subject.PORTAL, "nowhere"), sync());
        same(1, parse("", "select $1::int"), bind("", "", "1", "2"), sync());
        same(1, parse("", ""), bind("", ""), describe(Subject.PORTAL, ""), execute(""), sync());
        same(1, parse("", "select 1"), bind("p", ""), parse("", "select 2"), execute("p"), sync());
        same(1, parse("", "select 1"), new Flush(), bind("", ""), new Flush(), execute(""), new Flush(), sync());
        same(2, parse("", "select 1"), bind("p", ""), sync(), execute("p"), sync());
        same(
                2,
                query("begin"),
                parse("", "select generate_series(1, 5)"),
                bind("p", ""),
                new Execute("p", 2),
                new Execute("p", 2),
                new Execute("p", 2),
                new Execute("p", 2),
                sync());
        same(1, new CopyDone(), query("select 1"));
    }

    @Test
    void passesOverWhatFollowsAnErrorAndUndoesWhatPrecededIt() throws Exception {
        same(
                4,
                query("create temp table kept (i int)"),
                parse("", "insert into kept values (1)"),
                bind("", ""),
                execute(""),
                sync(),
                parse("", "insert into kept values (2)"),
                bind("", ""),
                execute(""),
                execute("nowhere"),
                parse("", "insert into kept values (3)"),
                bind("", ""),
                execute(""),
                sync(),
                query("select i from kept"));
    }

    @Test
    void tellsThatACommitFailed() throws Exception {
        same(
                8,
                query("create temp table parent (i int primary key)"),
                query("create temp table child (i int references parent deferrable initially deferred)"),
                query("insert into child values (1)"),
                query("insert into child values (1) returning i"),
                query("begin"),
                query("insert into child values (1)"),
                query("commit"),
                parse("", "insert into child values (1)"),
                bind("", ""),
                execute(""),
                sync());
    }

    @Test
    void worksOnWhatWasSentBeforeAQueryFirst() throws Exception {
        try (var client = signedIn("frank")) {
            client.send(parse("", "select 1"), bind("", ""), execute(""), query("select 2"));
            assertThat(client.answers(1))
                    .containsSubsequence("ParseComplete", "BindComplete", "[1]", "SELECT 1", "[2]", "SELECT 1");
        }
    }

    @Test
    void deallocatesTheClientsOwnStatementByName() throws Exception {
        same(
                5,
                parse("one", "select 1"),
                parse("Two", "select 2"),
                sync(),
                query("deallocate one"),
                query("deallocate prepare \"Two\""),
                query("deallocate two"),
                bind("", "one"),
                sync());
    }

    @Test
    void refusesAStatementOfMoreThanAMegabyte() throws Exception {
        try (var client = signedIn("frank")) {
            assertThat(client.query("select '" + "x".repeat(1 << 20) + "'"))
                    .containsExactly("ERROR 54000", "ready IDLE");
            assertThat(client.query("select length('" + "x".repeat(900_000) + "')"))
                    .contains("[900000]");
        }
    }

    @Test
    void describesAndReadsSixteenHundredColumns() throws Exception {
        String columns = String.join(
                ",", IntStream.range(0, 1600).mapToObj(i -> "c" + i + " int").toList());
        target.run(
                "create table wide (" + columns + ")",
                "grant all on wide to shop_gateway",
                "insert into wide default values");
        same(1, query("select * from wide"));
    }

    @Test
    void letsThroughAndRefusesAndMasks() throws Exception {
        try (var client = signedIn("mallory")) {
            assertThat(client.query("select card_number from payments where id = 1")
                            .toString())
                    .contains("******")
                    .doesNotContain(target.ask("select card_number from payments where id = 1"));
            assertThat(client.query("select card_number || '' from payments"))
                    .containsExactly("ERROR 42501", "ready IDLE");
        }
    }

    @Test
    void runsAnApprovedCommandOnce() throws Exception {
        try (var client = signedIn("orders-agent")) {
            client.send(query("update orders set note = coalesce(note, '') || '+' where id = 21"));
            assertThat(RawClient.told(client.receive())).isEqualTo("notice SD001");
            assertThat(client.silent(200)).isTrue();
            settle(State.APPROVED);
            assertThat(client.answers(1)).containsExactly("UPDATE 1", "ready IDLE");
        }
        assertThat(target.ask("select length(note) - length(replace(note, '+', '')) from orders where id = 21"))
                .isEqualTo("1");
    }

    @Test
    void runsNothingThatWasRejectedOrExpired() throws Exception {
        try (var client = signedIn("orders-agent")) {
            client.send(query("update orders set note = 'rejected' where id = 22"));
            assertThat(RawClient.told(client.receive())).isEqualTo("notice SD001");
            settle(State.REJECTED);
            assertThat(client.answers(1)).containsExactly("ERROR SD002", "ready IDLE");
            client.send(query("update orders set note = 'expired' where id = 22"));
            assertThat(RawClient.told(client.receive())).isEqualTo("notice SD001");
            settle(State.EXPIRED);
            assertThat(client.answers(1)).containsExactly("ERROR SD003", "ready IDLE");
        }
        assertThat(target.ask("select coalesce(note, '') not in ('rejected', 'expired') from orders where id = 22"))
                .isEqualTo("t");
    }

    @Test
    void aHeldCommandInATransactionRunsInIt() throws Exception {
        try (var client = signedIn("orders-agent")) {
            client.query("begin");
            client.send(query("update orders set note = 'inside' where id = 23"));
            assertThat(RawClient.told(client.receive())).isEqualTo("notice SD001");
            settle(State.APPROVED);
            assertThat(client.answers(1)).containsExactly("UPDATE 1", "ready IN_TRANSACTION");
            assertThat(client.query("rollback")).containsExactly("ROLLBACK", "ready IDLE");
        }
        assertThat(target.ask("select coalesce(note, '') <> 'inside' from orders where id = 23"))
                .isEqualTo("t");
    }

    @Test
    void withdrawsTheRequestOfAClientThatLeaves() throws Exception {
        for (boolean politely : List.of(true, false)) {
            var client = signedIn("orders-agent");
            client.send(query("update orders set note = 'left' where id = 24"));
            assertThat(client.receive()).isInstanceOf(NoticeResponse.class);
            if (politely) {
                client.send(new Terminate());
            }
            client.close();
            await().until(() -> gateway.core.approvals.values().stream().noneMatch(p -> p.state == State.PENDING));
        }
        assertThat(target.ask("select coalesce(note, '') <> 'left' from orders where id = 24"))
                .isEqualTo("t");
    }

    @Test
    void aTriggerThatIsAddedDuringAHoldWastesTheApproval() throws Exception {
        target.run("create function stamped() returns trigger language plpgsql as "
                + "$$ begin new.sku = 'stamped'; return new; end $$");
        try (var client = signedIn("orders-agent")) {
            client.send(query("update orders set note = 'triggered' where id = 25"));
            assertThat(client.receive()).isInstanceOf(NoticeResponse.class);
            target.run("create trigger stamp before update on orders for each row execute function stamped()");
            settle(State.APPROVED);
            assertThat(client.answers(1)).containsExactly("ERROR SD003", "ready IDLE");
        } finally {
            target.run("drop trigger if exists stamp on orders");
        }
        assertThat(target.ask("select coalesce(note, '') <> 'triggered' from orders where id = 25"))
                .isEqualTo("t");
    }

    @Test
    void aStatementThatChangedItsMeaningIsJudgedAnew() throws Exception {
        target.run(
                "create view shown as select id, full_name as v from customers",
                "grant select on shown to shop_gateway");
        String card = target.ask("select card_number from customers where id = 1");
        try (var client = signedIn("mallory")) {
            client.send(parse("s", "select v from shown where id = 1"), bind("", "s"), execute(""), sync());
            assertThat(client.answers(1)).contains("[Anna Abel]");
            target.run("create or replace view shown as select id, card_number as v from customers");
            for (int attempt = 0; attempt < 3; attempt++) {
                client.send(bind("", "s"), execute(""), sync());
                assertThat(client.answers(1))
                        .containsExactly(
                                "BindComplete",
                                "[" + card.substring(0, 6) + "******" + card.substring(12) + "]",
                                "SELECT 1",
                                "ready IDLE");
            }
            client.query("begin");
            target.run("create or replace view shown as select id, phone as v from customers");
            client.send(bind("", "s"), execute(""), sync());
            assertThat(client.answers(1)).as("it ran in a block").contains("ERROR SD005", "ready FAILED");
            client.query("rollback");
            target.run("drop view shown", "create view shown as select id, 1 as v from customers");
            target.run("grant select on shown to shop_gateway");
            client.send(bind("", "s"), execute(""), sync());
            assertThat(client.answers(1)).containsExactly("BindComplete", "ERROR 0A000", "ready IDLE");
        }
    }

    @Test
    void aWriteThatChangedItsMeaningInABlockIsJudgedAnewWithoutSpoilingTheBlock() throws Exception {
        target.run(
                "create table kept (id int, note text)",
                "insert into kept values (1, 'x')",
                "create view through as select * from kept",
                "grant all on kept, through to shop_gateway");
        try (var client = signedIn("frank")) {
            client.send(parse("w", "update through set note = 'y' where id = 1"), bind("", "w"), execute(""), sync());
            assertThat(client.answers(1)).contains("UPDATE 1");
            client.query("begin");
            target.run("create or replace view through as select * from kept where id < 100");
            client.send(bind("", "w"), execute(""), sync());
            assertThat(client.answers(1)).containsExactly("BindComplete", "UPDATE 1", "ready IN_TRANSACTION");
            client.query("commit");
        }
    }

    @Test
    void aFunctionThatWasReplacedBehindAPreparedStatementIsJudgedAnew() throws Exception {
        target.run("create function greeting() returns text language sql as $$ select 'one' $$");
        try (var client = signedIn("frank")) {
            client.send(parse("s", "select greeting()"), bind("", "s"), execute(""), sync());
            assertThat(client.answers(1)).contains("[one]");
            client.send(bind("", "s"), execute(""), sync());
            assertThat(client.answers(1)).contains("[one]");
            List<String> before = versions();
            target.run("create or replace function greeting() returns text language sql as $$ select 'two' $$");
            client.send(bind("", "s"), execute(""), sync());
            assertThat(client.answers(1)).contains("[two]");
            assertThat(versions()).isNotEmpty().doesNotContainAnyElementsOf(before);
        }
    }

    private static List<String> versions() {
        return ((SqlCommand) requireNonNull(gateway.core.decided)).analysis().versions();
    }

    @Test
    void aFailedTransactionSpoilsNoPreparedStatement() throws Exception {
        target.run("create function steady() returns text language sql as $$ select 'steady' $$");
        try (var client = signedIn("frank")) {
            client.send(parse("s", "select steady()"), sync()).answers(1);
            client.query("begin");
            client.query("select 1/0");
            client.send(bind("", "s"), execute(""), sync());
            assertThat(client.answers(1)).contains("ERROR 25P02");
            client.query("rollback");
            client.send(bind("", "s"), execute(""), sync());
            assertThat(client.answers(1)).contains("[steady]");
        }
    }

    @Test
    void aPreparedExplainReachesNothingThroughAnotherSearchPath() throws Exception {
        for (String schema : List.of("here", "there")) {
            target.run(
                    "create schema " + schema,
                    "create table " + schema + ".things (i int)",
                    "insert into " + schema + ".things values (1)",
                    "grant all on schema " + schema + " to shop_gateway",
                    "grant all on " + schema + ".things to shop_gateway");
        }
        try (var client = signedIn("frank")) {
            client.query("set search_path = here");
            client.send(parse("e", "explain analyze delete from things"), sync())
                    .answers(1);
            client.query("set search_path = there");
            client.send(bind("", "e"), execute(""), sync());
            assertThat(client.answers(1)).contains("EXPLAIN");
            assertThat(requireNonNull(gateway.core.decided).accesses().toString())
                    .contains("there.things")
                    .doesNotContain("[here.things");
            target.run("insert into there.things values (1)");
            client.query("set search_path = here");
            client.send(
                    parse("", "set search_path = there"),
                    bind("", ""),
                    execute(""),
                    parse("f", "explain analyze delete from things"),
                    bind("", "f"),
                    execute(""),
                    sync());
            assertThat(client.answers(1)).contains("EXPLAIN");
            assertThat(requireNonNull(gateway.core.decided).accesses().toString())
                    .contains("there.things")
                    .doesNotContain("[here.things");
        }
        assertThat(target.ask("select count(*) from there.things")).isEqualTo("0");
        assertThat(target.ask("select count(*) from here.things")).isEqualTo("1");
    }

    @Test
    void preparingAnExplainOrACallWritesNothing() throws Exception {
        target.run(
                "create table traces (i int)",
                "grant all on traces to shop_gateway",
                """
                create function trace(v text) returns boolean language plpgsql as $$
                begin
                  if current_setting('transaction_read_only') = 'off' then insert into traces values (1); end if;
                  return true;
                end $$
                """,
                "create domain tracing as text check (trace(value))",
                "create procedure traced(v tracing[]) language sql as $$ select 1 $$");
        try (var client = signedIn("mallory")) {
            assertThat(client.query("explain select '{x}'::tracing[]")).last().isEqualTo("ready IDLE");
            assertThat(client.query("call traced('{x}')")).last().isEqualTo("ready IDLE");
        }
        assertThat(target.ask("select count(*) from traces")).isEqualTo("0");
    }

    /** Sends the messages to the gateway and to the server; both have to answer the same. */
    private static void same(int ready, FrontendMessage... messages) throws Exception {
        List<String> expected;
        try (var direct = target.direct()) {
            expected = direct.send(messages).answers(ready);
        }
        try (var client = signedIn("frank")) {
            assertThat(client.send(messages).answers(ready)).isEqualTo(expected);
        }
    }

    @Test
    void endsASessionWhenItsTokenAndTheGraceAreOver() throws Exception {
        gateway.core.lifetime = Duration.ofSeconds(1);
        try (var client = signedIn("support-agent")) {
            gateway.core.lifetime = Duration.ofMinutes(5);
            assertThat(client.answers(1)).containsExactly("FATAL 57P01", "closed");
        } finally {
            gateway.core.lifetime = Duration.ofMinutes(5);
        }
    }

    private static RawClient signedIn(String user) throws Exception {
        return RawClient.signedIn(gateway.port(), user, TestCore.PASSWORD);
    }

    private static void settle(State state) {
        gateway.core.approvals.values().stream()
                .filter(pending -> pending.state == State.PENDING)
                .forEach(pending -> gateway.core.settle(pending, state, "by the test"));
    }

    private static Query query(String sql) {
        return new Query(sql);
    }

    private static Parse parse(String name, String sql) {
        return new Parse(name, sql, List.of());
    }

    private static Bind bind(String portal, String statement, String... values) {
        return new Bind(
                portal,
                statement,
                List.of(),
                java.util.Arrays.stream(values)
                        .map(value -> value.getBytes(StandardCharsets.UTF_8))
                        .toList(),
                List.of());
    }

    private static Describe describe(Subject subject, String name) {
        return new Describe(subject, name);
    }

    private static Execute execute(String portal) {
        return new Execute(portal, 0);
    }

    private static Sync sync() {
        return new Sync();
    }
}
