package org.countersign.connector;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.countersign.model.command.Command;
import org.countersign.model.port.ApprovalDesk.State;
import org.countersign.wire.postgres.BackendMessage.ErrorResponse;
import org.countersign.wire.postgres.BackendMessage.NoticeResponse;
import org.countersign.wire.postgres.Diagnostic;
import org.countersign.wire.postgres.FrontendMessage.Query;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several statements in one simple Query: the gateway answers message by message as the server does. */
class SeveralStatementsTest {
    @Started
    private static DemoTarget target;

    @Started
    private static TestGateway gateway;

    @Started
    private static Comparison both;

    @BeforeAll
    static void start() throws SQLException {
        target.run("grant create on schema public to shop_gateway");
    }

    /** Each text is sent as one Query; a line beginning with ! is sent before it, and ? asks what stayed. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "select 1; select 2 as b, 'x' as c",
                ";; select 1;; ;select 2;",
                "select 1; /* nothing */; -- nothing\n ; select 'a;b'; select $$c;d$$",
                "select 1; selec 2",
                "insert into kept values (1); commit; selec 1",
                "select 1; select 'unterminated",
                "select 1; select 1/0; select 3",
                "insert into kept values (1); select 1/0",
                "insert into kept values (1); select * from nothing_here",
                "insert into kept values (1); commit; select * from nothing_here",
                "insert into kept values (1); commit; select 1/0; insert into kept values (2)",
                "insert into kept values (1); rollback; insert into kept values (2)",
                "insert into kept values (1); begin; insert into kept values (2)",
                "insert into kept values (1); begin; insert into kept values (2); rollback; select 1",
                "begin; insert into kept values (1); commit; select 1/0",
                "begin; insert into kept values (1); commit",
                "begin; insert into kept values (1); rollback; insert into kept values (2)",
                "begin; begin; commit; commit",
                "commit; select 1",
                "rollback; select 1; rollback; select 2",
                "select 1; commit; select 2; commit",
                "select 1; end; select 2; abort",
                "start transaction isolation level serializable; show transaction_isolation; end",
                "insert into kept values (1); begin read only; insert into kept values (2)",
                "insert into kept values (1); begin isolation level serializable; select 1",
                "set transaction isolation level serializable; show transaction_isolation; select 1",
                "select 1; set transaction isolation level serializable",
                "begin transaction read only; show transaction_read_only; commit; show transaction_read_only",
                "savepoint a; select 1",
                "select 1; savepoint a",
                "select 1; release a",
                "select 1; rollback to a",
                "begin; savepoint a; select 1/0; rollback to a",
                "begin; savepoint a; insert into kept values (1); rollback to a; insert into kept values (2); commit",
                "insert into kept values (1); commit and chain; select 1",
                "insert into kept values (1); rollback and chain; select 1",
                "insert into kept values (1); commit and no chain; select 1",
                "begin; insert into kept values (1); commit and chain; insert into kept values (2); rollback",
                "lock table kept; select 1",
                "insert into kept values (1/0) returning i; select 1",
                "with w as (insert into kept values (1) returning 1/(i-1)) select * from w; select 1",
                "begin; declare c cursor for select i from generate_series(1, 3) i; fetch 2 c; close all; commit",
                "declare c cursor for select 1; fetch c; select 2",
                "create table made (i int); select * from made; drop table made",
                "!begin\n!create table made (i int)\n!select * from made\n!drop table made\nselect 1; commit",
                "select 1; select $1; selec 1",
                "select 1; lock table kept in share mode",
                "set local search_path = pg_catalog; show search_path",
                "set search_path = pg_catalog; show search_path; select 1/0",
                "set search_path = other; select * from things; insert into things values (2); select * from things",
                "create table made (i int, t text); insert into made values (1, 'x') returning *; select * from made",
                "create table made (i int); insert into made values ('x')",
                "create temp table made (i int); create index on made (i); drop table made; select * from made",
                "create view seen as select i from kept; select * from seen; drop view seen",
                "vacuum kept; select 1",
                "select 1; vacuum kept",
                "select 1; create index concurrently on kept (i)",
                "insert into kept values (1); create database another",
                "select 1; select $1",
                "select 1; select $2::int",
                "insert into late values (1); select 1",
                "select 1; insert into late values (1)",
                "select 1; insert into late values (1) returning i",
                "insert into late values (1); commit; select 1",
                "select 1; select 2; deallocate all",
                "select 1; discard all",
                "deallocate nothing; select 1",
                "select 1; deallocate nothing",
                "select 1; set client_min_messages = error; commit; show client_min_messages",
                "set timezone = 'UTC'; set datestyle = 'ISO, DMY'; select '1/2/2026'::date",
                "explain (costs off) select 1; select 1",
                "truncate kept; insert into kept select generate_series(1, 3); delete from kept where i = 2 returning i",
                "create function twice(i int) returns int language sql as $$ select i * 2; $$; select twice(2)",
                "create procedure put(i int) begin atomic insert into kept values (i); end; call put(4); select 1",
                "do $$ begin insert into kept values (5); end $$; select 1",
                "do $$ begin raise notice 'said'; end $$; select 1; do $$ begin raise exception 'no'; end $$",
                "!begin\nselect 1; select 2",
                "!begin\ninsert into kept values (1); select 1/0; select 2",
                "!begin\ninsert into kept values (1); commit; insert into kept values (2)",
                "!begin\ninsert into kept values (1); rollback; insert into kept values (2)",
                "!begin\nset transaction isolation level serializable; select 1; show transaction_isolation",
                "!begin\nsavepoint a; insert into kept values (1); rollback to a; release a; commit",
                "!begin\nbegin; select 1; commit; commit",
                "!begin\nselect 1; vacuum kept",
                "!begin\ninsert into kept values (1); selec 2",
                "!begin\n!select 1/0\nselect 1; select 2",
                "!begin\n!select 1/0\nselect 1; selec 2",
                "!begin\n!select 1/0\nrollback; select 2",
                "!begin\n!select 1/0\ncommit; insert into kept values (2); select 1",
                "!begin\n!select 1/0\nrollback; selec 2",
                "!begin\n!savepoint a\n!select 1/0\nrollback to a; insert into kept values (2); commit",
                "!begin\n!set constraints all deferred\nselect 1; rollback",
            })
    void answersAsTheServerDoes(String text) throws Exception {
        var queries = new ArrayList<String>();
        for (String line : text.split("\n(?=!)|(?<=^![^\n]{1,80})\n", -1)) {
            queries.add(line.startsWith("!") ? line.substring(1) : line);
        }
        queries.add("select 'and then'");
        both.preparedBy(
                        "drop table if exists late, parent, kept, made cascade",
                        "drop schema if exists other cascade",
                        "drop function if exists twice",
                        "drop procedure if exists put",
                        "create table kept (i int)",
                        "create table parent (i int primary key)",
                        "create table late (i int references parent deferrable initially deferred)",
                        "create schema other create table things (i int)",
                        "insert into other.things values (1)",
                        "grant usage on schema other to shop_gateway",
                        "grant all on kept, parent, late, other.things to shop_gateway",
                        "alter table kept owner to shop_gateway")
                .leaving("select coalesce(string_agg(i::text, ',' order by i), 'nothing') from kept")
                .same(client -> Comparison.answers(client, queries));
    }

    @Test
    void positionsAreThoseOfTheWholeText() throws Exception {
        for (String text : List.of(
                "select 'ä€😀'; selec 1",
                "select 1; select nothing_here",
                "begin; select 1; select nothing_here",
                "select 1; select 'x",
                "select 'ä€😀'; select $1",
                "select $1",
                "  select 'ä€😀', 1 + $2",
                "/* $1 */ select '$1', $$ $1 $$ || $3::text",
                "update orders set note = $1 where id = 2",
                "select 1 from orders where id = $1",
                "values ($1)",
                "explain select $1",
                "select $1::nonsense",
                "select 1; select \"x")) {
            assertThat(both.same(client -> List.of(position(client.send(new Query(text))))))
                    .doesNotContain("");
        }
    }

    private static String position(RawClient client) throws Exception {
        while (true) {
            if (client.receive() instanceof ErrorResponse error) {
                return error.diagnostic().field(Diagnostic.POSITION).orElse("")
                        + error.diagnostic().message();
            }
        }
    }

    @Test
    void aDeniedSecondStatementLeavesNothingOfTheFirst() throws Exception {
        try (var client = gateway.signIn("support-agent")) {
            String before = target.ask("select count(*) from orders");
            assertThat(client.query("select 1; delete from orders")).containsExactly("ERROR 42501", "ready IDLE");
            assertThat(client.query("select 1; copy orders to stdout")).doesNotContain("[1]");
            assertThat(target.ask("select count(*) from orders")).isEqualTo(before);
        }
        try (var client = gateway.signIn("mallory")) {
            assertThat(client.query("insert into orders (id) values (1000001); select card_number > '' from payments"))
                    .containsExactly("ERROR 42501", "ready IDLE");
            assertThat(
                            client.query(
                                    "set search_path = public, pg_temp; "
                                            + "create temp table mine (i int); insert into mine select length(card_number) from payments"))
                    .contains("ERROR SD005")
                    .last()
                    .isEqualTo("ready IDLE");
        }
        assertThat(target.ask("select count(*) from orders where id = 1000001")).isEqualTo("0");
    }

    @Test
    void aStatementThatIsDeniedOnlyAtItsTurnUndoesWhatRanBefore() throws Exception {
        target.run("create schema if not exists hidden", "grant usage on schema hidden to shop_gateway");
        target.run("create table if not exists hidden.secrets (s text)", "grant all on hidden.secrets to shop_gateway");
        try (var client = gateway.signIn("support-agent")) {
            assertThat(client.query("set search_path = hidden; select * from secrets; select 1"))
                    .containsExactly("SET", "ERROR 42501", "ready IDLE");
            assertThat(client.query("show search_path")).contains("[\"$user\", public]");
        }
    }

    @Test
    void masksEachStatementsColumns() throws Exception {
        try (var client = gateway.signIn("mallory")) {
            String card = target.ask("select card_number from payments where id = 1");
            assertThat(client.query("select id from payments where id = 1; select card_number, id from payments where"
                                    + " id = 1; select id, card_number from payments where id = 1")
                            .toString())
                    .contains("[1]", "******")
                    .doesNotContain(card);
        }
    }

    @Test
    void oneApprovalListsEachStatement() throws Exception {
        gateway.core.approvals.clear();
        try (var client = gateway.signIn("orders-agent")) {
            client.send(new Query("select id from orders where id = 31; "
                    + "update orders set note = 'both' where id = 31; update orders set note = 'both' where id = 32"));
            assertThat(client.receive()).isInstanceOf(NoticeResponse.class);
            var pending = gateway.core.approvals.values().iterator().next();
            assertThat(pending.held.command().parts())
                    .extracting(Command::text)
                    .containsExactly(
                            "select id from orders where id = 31",
                            "update orders set note = 'both' where id = 31",
                            "update orders set note = 'both' where id = 32");
            assertThat(pending.held.command().kind()).isEqualTo("select; update");
            gateway.core.settle(pending, State.APPROVED, "by the test");
            assertThat(client.answers(1))
                    .containsExactly("[id:23:TEXT]", "[31]", "SELECT 1", "UPDATE 1", "UPDATE 1", "ready IDLE");
        }
        assertThat(target.ask("select count(*) from orders where note = 'both'"))
                .isEqualTo("2");
        assertThat(gateway.core.approvals).hasSize(1);
    }

    @Test
    void aRejectedQueryRunsNothing() throws Exception {
        gateway.core.approvals.clear();
        try (var client = gateway.signIn("orders-agent")) {
            client.send(new Query("begin; update orders set note = 'no' where id = 33; commit"));
            assertThat(client.receive()).isInstanceOf(NoticeResponse.class);
            gateway.core.settleAll(State.REJECTED);
            assertThat(client.answers(1)).containsExactly("ERROR SD002", "ready IDLE");
        }
        assertThat(target.ask("select count(*) from orders where note = 'no'")).isEqualTo("0");
    }

    @Test
    void whatWouldBeHeldOnlyAtItsTurnIsRefused() throws Exception {
        gateway.core.approvals.clear();
        try (var client = gateway.signIn("orders-agent")) {
            client.query("set search_path = pg_catalog");
            assertThat(client.query("set search_path = public; update orders set note = 'later' where id = 34"))
                    .containsExactly("SET", "ERROR SD001", "ready IDLE");
            assertThat(client.query("show search_path")).contains("[pg_catalog]");
        }
        assertThat(gateway.core.approvals).isEmpty();
        assertThat(target.ask("select count(*) from orders where note = 'later'"))
                .isEqualTo("0");
    }
}
