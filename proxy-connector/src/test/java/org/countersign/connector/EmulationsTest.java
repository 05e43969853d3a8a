package org.countersign.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.countersign.connector.Messages.bind;
import static org.countersign.connector.Messages.execute;
import static org.countersign.connector.Messages.parse;
import static org.countersign.connector.Messages.sync;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the gateway carries out in the server's place has the server's effects and answers. */
class EmulationsTest {
    @Started
    private static DemoTarget target;

    @Started
    private static TestGateway gateway;

    @Started
    private static Comparison both;

    @BeforeAll
    static void start() throws SQLException {
        target.run("create table vacuumed (i int)", "alter table vacuumed owner to shop_gateway");
        target.run("grant create on schema public to shop_gateway");
    }

    /** One Query a line. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "discard plans\ndiscard sequences\ndiscard temp\ndiscard temporary\ndiscard all\nreset all\ndeallocate all\n"
                        + "deallocate prepare all\nclose all\nunlisten *",
                "begin\ndiscard all\nrollback\nbegin\ndiscard plans\ndiscard sequences\ndiscard temp\nreset all\n"
                        + "deallocate all\nclose all\nunlisten *\ncommit",
                "select 1; discard all\nbegin; discard all\nrollback\ndiscard plans; discard temp; select 1",
                "create temp table t (i int)\ninsert into t values (1)\ndiscard temp\nselect * from t",
                "create temp table t (i int)\nselect count(*) from t\ndiscard all\nselect * from t",
                "declare h cursor with hold for select 1\ndiscard all\nfetch h\ndeclare h cursor with hold for select 2\nfetch h",
                "set search_path = pg_catalog\nset client_min_messages = error\nset timezone = 'Asia/Tokyo'\n"
                        + "set statement_timeout = '1h'\nreset all\nshow search_path\nshow client_min_messages\n"
                        + "show statement_timeout\nshow lock_timeout",
                "set search_path = pg_catalog\nset client_min_messages = warning\ndiscard all\nshow search_path\n"
                        + "show client_min_messages",
                "select pg_advisory_lock(77)\ndiscard all\nselect pg_advisory_unlock(77)",
                "select pg_advisory_lock(78)\nselect pg_advisory_unlock(78)",
                "begin\nset local search_path = pg_catalog\nreset all\nshow search_path\ncommit\nshow search_path",
                "begin\nset search_path = pg_catalog\nrollback\nshow search_path",
                "begin\nset client_min_messages = error\nrollback\nshow client_min_messages",
                "begin\nset client_min_messages = error\ncommit\nshow client_min_messages\nreset client_min_messages\n"
                        + "show client_min_messages",
                "begin\nset local client_min_messages = error\nshow client_min_messages\ncommit\nshow client_min_messages",
                "begin\nsavepoint s\nset client_min_messages = error\nrollback to s\nshow client_min_messages\ncommit",
                "set client_min_messages = nonsense\nset client_min_messages = 'Warning'\nshow client_min_messages",
                "set client_min_messages = debug1\nshow client_min_messages\nset client_min_messages = log\n"
                        + "show client_min_messages\nset client_min_messages to default\nshow client_min_messages",
                "set client_min_messages = warning\ndrop table if exists nothing_here\nreset client_min_messages\n"
                        + "drop table if exists nothing_here",
                "\n;\n-- nothing\n/* nothing */;;",
                "set transaction read only\nset transaction isolation level serializable\nshow transaction_isolation",
                "begin read only\nshow transaction_read_only\ncreate table x (i int)\nrollback",
                "begin\nset transaction read only\nshow transaction_read_only\nset transaction read write\ncommit",
                "begin\nselect 1\nset transaction isolation level serializable\nrollback",
                "set session characteristics as transaction isolation level repeatable read\nshow transaction_isolation\n"
                        + "begin\nshow transaction_isolation\ncommit\nreset all\nshow transaction_isolation",
                "begin isolation level repeatable read, read only, deferrable\nshow transaction_isolation\ncommit",
                "set local search_path = public\nshow search_path",
                "commit\nrollback\nend\nabort\nbegin\nbegin\ncommit",
                "savepoint a\nrelease a\nrollback to a\nlock table orders\ncommit and chain",
                "begin\nsavepoint a\nsavepoint b\nrelease a\nrollback to b\nrollback",
                "begin\ncommit and chain\nselect 1\nrollback and chain\nselect 2\ncommit",
                "vacuum vacuumed\nvacuum (analyze) vacuumed\nanalyze vacuumed\nreindex table vacuumed\ncheckpoint",
                "create index concurrently vacuumed_i on vacuumed (i)\nreindex index concurrently vacuumed_i\n"
                        + "drop index concurrently vacuumed_i",
                "begin\nvacuum vacuumed\nrollback\nbegin\ncreate index concurrently on vacuumed (i)\nrollback",
                "create database another\ncreate tablespace nowhere location '/nowhere'\ndrop database another",
                "begin\ncreate database another\nrollback",
                "deallocate nothing\ndeallocate \"no such\"",
                "prepare p as select 1 as a, 'x' as b\nexecute p\nexecute p\nprepare p as select 2\ndeallocate p\nexecute p",
                "prepare p (int, text) as select $1 + 1, $2 || '!'\nexecute p(6, 'it''s')\nexecute p('7', null)\n"
                        + "execute p(-3, '')\nexecute p(1)\nexecute p\nexecute p(1, 'a', 'b')\nexecute p('x', 'y')",
                "create temp table t (i int, b bool, n numeric)\nprepare ins (int, bool, numeric) as insert into t values"
                        + " ($1, $2, $3)\nexecute ins(1, true, 5)\nexecute ins(2, false, '1.5')\nselect * from t order by i\n"
                        + "prepare upd as update t set n = n + $1 returning i, n\nexecute upd(2)\ndrop table t\nexecute upd(2)",
                "prepare p (numeric, float8, float4) as select $1, $2, $3\nexecute p(1.5, -2.25e3, 0.1)\n"
                        + "execute p(.5, 1., 1e-3)\nexecute p(-0.10, 3, 3.0)\nexecute p(1e20, -1, 1e2)",
                "prepare p as select $1::date\nexecute p('2026-11-22')\nexecute p('no date')",
                "prepare p (nonsense) as select $1\nprepare p as select * from nothing_here\nprepare p as selec 1\n"
                        + "prepare p as vacuum\nexecute nothing\nexecute \"P\"(1)\ndeallocate p",
                "prepare \"P x\" (character varying(10), pg_catalog.int4[]) as select $1, $2\n"
                        + "execute \"P x\"('a', '{1,2}')\ndeallocate prepare \"P x\"",
                "begin\nprepare p as select 1\nrollback\nexecute p\ndiscard all\nexecute p",
                "begin\nprepare p as select 1/$1\nexecute p('1')\nexecute p('0')\nexecute p('1')\nrollback\nexecute p('1')",
                "prepare p as select 1; select 2\nexecute p",
                "reset search_path\nreset client_min_messages\nset client_min_messages = debug\nshow client_min_messages",
                "select 1; set client_min_messages = error; select 1/0\nshow client_min_messages",
                "set local client_min_messages = error; select 1\nshow client_min_messages",
            })
    void answersAsTheServerDoes(String text) throws Exception {
        both.sameQueries(text);
    }

    @Test
    void aLongNameIsShortened() throws Exception {
        String name = "abcdefghij".repeat(7);
        try (var client = gateway.signIn("frank")) {
            assertThat(client.query("select 1 as " + name))
                    .containsExactly("[" + name.substring(0, 63) + ":23:TEXT]", "[1]", "SELECT 1", "ready IDLE");
            assertThat(client.query("prepare " + name + " as select 2")).contains("PREPARE");
            assertThat(client.query("execute " + name + "xyz")).contains("[2]");
            assertThat(client.query("deallocate " + name)).contains("DEALLOCATE");
        }
    }

    @Test
    void discardingAllForgetsPreparedStatements() throws Exception {
        for (String discard : List.of("discard all", "deallocate all")) {
            assertThat(both.same(client -> {
                        client.send(parse("s", "select 1"), sync()).answers(1);
                        client.query(discard);
                        return client.send(bind("", "s"), execute(), sync()).answers(1);
                    }))
                    .contains("ERROR 26000");
        }
    }

    @Test
    void aStatementOfTheProtocolIsExecutedBySqlAndTheReverse() throws Exception {
        assertThat(both.same(client -> {
                    var all = new ArrayList<>(client.send(parse("s", "select $1::int + 1 as n"), sync())
                            .answers(1));
                    all.addAll(Comparison.answers(client, List.of("execute s(41)", "prepare q as select 'sql' as t")));
                    all.addAll(client.send(bind("", "q"), execute(), sync()).answers(1));
                    all.addAll(client.send(parse("q", "select 2"), sync()).answers(1));
                    all.addAll(Comparison.answers(client, List.of("deallocate s", "execute s(41)")));
                    return all;
                }))
                .contains("[42]", "[sql]");
    }

    @Test
    void whatIsExecutedByNameIsJudgedAndMasked() throws Exception {
        String card = target.ask("select card_number from payments where id = 1");
        try (var client = gateway.signIn("mallory")) {
            client.query("prepare p as select card_number from payments where id = $1");
            assertThat(client.query("execute p(1)").toString())
                    .contains("******")
                    .doesNotContain(card);
            assertThat(client.query("execute p((select 1))")).containsExactly("ERROR SD005", "ready IDLE");
            assertThat(client.query("prepare q as select card_number > '' from payments"))
                    .containsExactly("ERROR 42501", "ready IDLE");
        }
        try (var client = gateway.signIn("support-agent")) {
            assertThat(client.query("prepare p as select * from payments"))
                    .containsExactly("ERROR 42501", "ready IDLE");
        }
    }
}
