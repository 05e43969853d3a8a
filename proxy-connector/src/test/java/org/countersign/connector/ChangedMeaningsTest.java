package org.countersign.connector;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.countersign.connector.Messages.bind;
import static org.countersign.connector.Messages.execute;
import static org.countersign.connector.Messages.parse;
import static org.countersign.connector.Messages.sync;

import java.util.List;
import org.countersign.model.command.SqlCommand;
import org.junit.jupiter.api.Test;

/** A prepared statement that means something else by the time it is executed is judged by what it means then. */
class ChangedMeaningsTest {
    @Started
    private static DemoTarget target;

    @Started
    private static TestGateway gateway;

    @Test
    void aStatementThatChangedItsMeaningIsJudgedAnew() throws Exception {
        target.run(
                "create view shown as select id, full_name as v from customers",
                "grant select on shown to shop_gateway");
        String card = target.ask("select card_number from customers where id = 1");
        try (var client = gateway.signIn("mallory")) {
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
        try (var client = gateway.signIn("frank")) {
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
        try (var client = gateway.signIn("frank")) {
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
        try (var client = gateway.signIn("frank")) {
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
        try (var client = gateway.signIn("frank")) {
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
        try (var client = gateway.signIn("mallory")) {
            assertThat(client.query("explain select '{x}'::tracing[]")).last().isEqualTo("ready IDLE");
            assertThat(client.query("call traced('{x}')")).last().isEqualTo("ready IDLE");
        }
        assertThat(target.ask("select count(*) from traces")).isEqualTo("0");
    }
}
