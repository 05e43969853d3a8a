package org.countersign.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.countersign.connector.Messages.bind;
import static org.countersign.connector.Messages.describe;
import static org.countersign.connector.Messages.execute;
import static org.countersign.connector.Messages.parse;
import static org.countersign.connector.Messages.query;
import static org.countersign.connector.Messages.sync;

import java.time.Duration;
import java.util.stream.IntStream;
import org.countersign.wire.postgres.FrontendMessage.Close;
import org.countersign.wire.postgres.FrontendMessage.CopyDone;
import org.countersign.wire.postgres.FrontendMessage.Execute;
import org.countersign.wire.postgres.FrontendMessage.Flush;
import org.countersign.wire.postgres.Subject;
import org.junit.jupiter.api.Test;

/** The listener over a real PostgreSQL: it answers as the server itself does. */
class GatewayOverPostgresTest {
    @Started
    private static DemoTarget target;

    @Started
    private static TestGateway gateway;

    @Started
    private static Comparison both;

    @Test
    void answersTheSimpleProtocolAsTheServerDoes() throws Exception {
        both.same(
                8,
                query("select 1 as a, 'x' as b, null"),
                query(""),
                query(" ; "),
                query("SELEC 1"),
                query("select 1/0"),
                query("select $1"),
                query("select * from nothing_here"),
                query("show search_path"));
        both.same(
                7,
                query("begin"),
                query("savepoint a"),
                query("select 1/0"),
                query("select 1"),
                query("rollback to a"),
                query("select 2"),
                query("commit"));
        both.same(
                7,
                query("begin isolation level repeatable read read only"),
                query("create temp table t (i int)"),
                query("select 1"),
                query("rollback"),
                query("begin"),
                query("set transaction isolation level serializable"),
                query("rollback"));
        both.same(
                5,
                query("begin"),
                query("set local search_path = pg_catalog"),
                query("show search_path"),
                query("commit"),
                query("show search_path"));
    }

    @Test
    void answersTheExtendedProtocolAsTheServerDoes() throws Exception {
        both.same(
                1,
                parse("", "select $1::int as n"),
                bind("", "", "7"),
                describe(Subject.PORTAL, ""),
                execute(""),
                sync());
        both.same(1, parse("", "select $1::int, $2"), describe(Subject.STATEMENT, ""), sync());
        both.same(2, parse("a", "select 1"), parse("a", "select 2"), sync(), query("select 3"));
        both.same(1, execute("nowhere"), parse("", "select 1"), sync());
        both.same(1, bind("", "nowhere"), sync());
        both.same(1, describe(Subject.STATEMENT, "nowhere"), sync());
        both.same(1, new Close(Subject.STATEMENT, "nowhere"), new Close(Subject.PORTAL, "nowhere"), sync());
        both.same(1, parse("", "select $1::int"), bind("", "", "1", "2"), sync());
        both.same(1, parse("", ""), bind("", ""), describe(Subject.PORTAL, ""), execute(""), sync());
        both.same(1, parse("", "select 1"), bind("p", ""), parse("", "select 2"), execute("p"), sync());
        both.same(1, parse("", "select 1"), new Flush(), bind("", ""), new Flush(), execute(""), new Flush(), sync());
        both.same(2, parse("", "select 1"), bind("p", ""), sync(), execute("p"), sync());
        both.same(
                2,
                query("begin"),
                parse("", "select generate_series(1, 5)"),
                bind("p", ""),
                new Execute("p", 2),
                new Execute("p", 2),
                new Execute("p", 2),
                new Execute("p", 2),
                sync());
        both.same(1, new CopyDone(), query("select 1"));
    }

    @Test
    void passesOverWhatFollowsAnErrorAndUndoesWhatPrecededIt() throws Exception {
        both.same(
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
        both.same(
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
        try (var client = gateway.signIn("frank")) {
            client.send(parse("", "select 1"), bind("", ""), execute(""), query("select 2"));
            assertThat(client.answers(1))
                    .containsSubsequence("ParseComplete", "BindComplete", "[1]", "SELECT 1", "[2]", "SELECT 1");
        }
    }

    @Test
    void deallocatesTheClientsOwnStatementByName() throws Exception {
        both.same(
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
        try (var client = gateway.signIn("frank")) {
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
        both.same(1, query("select * from wide"));
    }

    @Test
    void letsThroughAndRefusesAndMasks() throws Exception {
        try (var client = gateway.signIn("mallory")) {
            assertThat(client.query("select card_number from payments where id = 1")
                            .toString())
                    .contains("******")
                    .doesNotContain(target.ask("select card_number from payments where id = 1"));
            assertThat(client.query("select card_number > '' from payments"))
                    .containsExactly("ERROR 42501", "ready IDLE");
        }
    }

    @Test
    void endsASessionWhenItsTokenAndTheGraceAreOver() throws Exception {
        gateway.core.lifetime = Duration.ofSeconds(1);
        try (var client = gateway.signIn("support-agent")) {
            assertThat(client.answers(1)).containsExactly("FATAL 57P01", "closed");
        }
    }
}
