package org.countersign.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.countersign.connector.Messages.bind;
import static org.countersign.connector.Messages.describe;
import static org.countersign.connector.Messages.execute;
import static org.countersign.connector.Messages.parse;
import static org.countersign.connector.Messages.query;
import static org.countersign.connector.Messages.sync;

import java.util.List;
import org.countersign.wire.postgres.Format;
import org.countersign.wire.postgres.FrontendMessage.Bind;
import org.countersign.wire.postgres.FrontendMessage.Close;
import org.countersign.wire.postgres.FrontendMessage.Describe;
import org.countersign.wire.postgres.FrontendMessage.Execute;
import org.countersign.wire.postgres.Subject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Cursors of SQL and portals of the protocol: one namespace, and the answers of the server. */
class SqlCursorsTest {
    @Started
    private static DemoTarget target;

    @Started
    private static TestGateway gateway;

    @Started
    private static Comparison both;

    /** One Query a line. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "declare c cursor for select 1",
                "begin\ndeclare c cursor for select generate_series(1, 9) as n\nfetch c\nfetch 2 from c\nfetch next in c\n"
                        + "fetch forward 2 from c\nfetch all in c\nfetch c\nclose c\nfetch c\ncommit",
                "begin\ndeclare c scroll cursor for select * from generate_series(1, 9) n\nfetch last from c\n"
                        + "fetch prior from c\nfetch backward 2 from c\nfetch absolute 3 from c\nfetch relative -1 from c\n"
                        + "fetch first c\nfetch -1 from c\nfetch backward all c\nmove 3 in c\nmove c\nfetch c\n"
                        + "move forward all in c\nfetch prior c\nfetch forward all from c\ncommit",
                "begin\ndeclare c no scroll cursor for select * from generate_series(1, 3) n\nfetch 2 c\nfetch prior c\n"
                        + "rollback",
                "begin\ndeclare \"C\" cursor for select 'upper'\ndeclare c cursor for select 'lower'\nfetch \"C\"\n"
                        + "fetch C\nclose \"C\"\nfetch \"C\"\nrollback",
                "begin\ndeclare c cursor for select 1\ndeclare c cursor for select 2\nrollback",
                "begin\ndeclare c cursor for select 1\ncommit\nfetch c",
                "declare h cursor with hold for select generate_series(1, 5) n\nfetch 2 h\nfetch h\nselect 1\nfetch h\n"
                        + "close h\nfetch h",
                "begin\ndeclare h cursor with hold for select generate_series(1, 5) n\nfetch h\ncommit\nfetch h\nbegin\n"
                        + "fetch h\nrollback\nfetch h\nclose all\nfetch h",
                "begin\ndeclare h cursor with hold for select 1\nrollback\nfetch h\ndeclare h cursor with hold for select 2\n"
                        + "fetch h",
                "begin\nsavepoint s\ndeclare c cursor for select 1\nrollback to s\nfetch c",
                "begin\ndeclare c cursor for select generate_series(1, 5)\nsavepoint s\nfetch c\nrollback to s\nfetch c\n"
                        + "release s\nfetch c\ncommit",
                "begin\nsavepoint s\ndeclare c cursor for select 1\nselect 1/0\nfetch c\nrollback to s\n"
                        + "declare c cursor for select 2\nfetch c\ncommit",
                "begin\ndeclare c cursor for select 1/(n-2) from generate_series(1, 3) n\nfetch c\nfetch c\nfetch c\nrollback",
                "begin\ndeclare c cursor for select * from nothing_here\nrollback",
                "begin\ndeclare c cursor for selec 1\nrollback",
                "begin\ndeclare c cursor for insert into orders default values\nrollback",
                "begin\ndeclare c insensitive cursor without hold for values (1, 'a'), (2, 'b')\nfetch all c\nclose c\nclose c",
                "begin; declare c cursor for select generate_series(1, 3) n; fetch 2 c; move c; fetch c; close c; commit",
                "declare c cursor for select 1; fetch c; close c",
                "declare c cursor for select 1; fetch c\nfetch c",
                "begin; declare c cursor for select 1; fetch d; commit",
                "select 1; fetch nothing",
                "fetch nothing\nmove nothing\nclose nothing\nclose all\nclose \"no such\"",
                "declare some cursor with hold for select 1\nfetch some\nclose user",
                "begin\ndeclare value cursor for select 1\nfetch value\nclose value\nrollback",
                "begin\ndeclare c cursor\nrollback\ndeclare 7 cursor for select 1\nfetch next from\nclose",
                "begin\ndeclare c cursor for select id, status from orders order by id\nfetch 3 c\nmove 10 c\nfetch 2 c\ncommit",
                "begin\ndeclare c cursor for select id from orders where id = 1 for update\nfetch c\ncommit",
                "begin\ndeclare c cursor for select 1\nclose all\nfetch c\nrollback",
                "begin\ndeclare c cursor for table orders\nclose c\ndeclare c cursor for select 'another' as x\nfetch c\ncommit",
                "begin\nfetch 0 from nothing\nrollback",
                "begin\ndeclare c cursor for select 7\nfetch 1 c\nfetch 0 from c\nrollback",
                "begin\ndeclare c binary cursor for select 258 as n, 'x' as t, null::int\nfetch c\nfetch c\nmove c\nclose c\n"
                        + "declare c cursor for select 258\nfetch c\ncommit",
                "begin\ndeclare c binary scroll cursor for select n, n::text from generate_series(1, 3) n\nfetch all c\n"
                        + "fetch prior c\nfetch absolute 1 in c\nrollback",
                "declare h no scroll binary cursor with hold for select 258, true\nfetch h\nclose h",
                "begin; declare c binary cursor for select 258; fetch c; close c; commit",
                "begin\ndeclare c insensitive binary cursor for selec 1\nrollback",
            })
    void answersAsTheServerDoes(String text) throws Exception {
        both.sameQueries(text);
    }

    @Test
    void aPortalOpenedByProtocolIsReadBySql() throws Exception {
        both.same(
                6,
                query("begin"),
                parse("", "select generate_series(1, 5) as n"),
                bind("p", ""),
                new Execute("p", 1),
                sync(),
                query("fetch 2 from p"),
                query("fetch p"),
                query("close p"),
                new Execute("p", 0),
                sync());
        both.same(
                5,
                query("begin"),
                parse("", "select generate_series(1, 5) as n"),
                bind("P", ""),
                sync(),
                query("fetch 2 from \"P\""),
                query("move 1 in \"P\""),
                new Execute("P", 0),
                sync());
    }

    @Test
    void aCursorOfSqlIsReadByProtocol() throws Exception {
        both.same(
                5,
                query("begin"),
                query("declare c cursor for select generate_series(1, 5) as n, 'x' as t"),
                new Describe(Subject.PORTAL, "c"),
                new Execute("c", 2),
                new Execute("c", 1),
                sync(),
                query("fetch c"),
                parse("", "select 1"),
                bind("c", ""),
                sync());
        both.same(
                5,
                query("begin"),
                query("declare c cursor for select 1"),
                new Close(Subject.PORTAL, "c"),
                sync(),
                query("fetch c"),
                query("rollback"));
    }

    @Test
    void cursorsAreDeclaredAndReadInTheExtendedProtocol() throws Exception {
        both.same(
                3,
                query("begin"),
                parse("", "declare c cursor for select generate_series(1, 9) as n"),
                bind("", ""),
                new Describe(Subject.PORTAL, ""),
                new Execute("", 0),
                sync(),
                parse("f", "fetch 2 from c"),
                new Describe(Subject.STATEMENT, "f"),
                bind("", "f"),
                new Execute("", 0),
                bind("", "f"),
                new Execute("", 0),
                sync());
    }

    @Test
    void aBinaryCursorIsReadByProtocolInTheFormatsAskedFor() throws Exception {
        both.same(
                4,
                query("begin"),
                query("declare c binary cursor for select generate_series(258, 263) as n, 'x' as t"),
                describe(Subject.PORTAL, "c"),
                new Execute("c", 1),
                sync(),
                parse("fetch c"),
                bind(),
                describe(Subject.PORTAL, ""),
                execute(),
                new Bind("", "", List.of(), List.of(), List.of(Format.BINARY)),
                execute(),
                sync());
    }

    @Test
    void masksWhatIsFetchedInBinary() throws Exception {
        String card = target.ask("select card_number from payments where id = 1");
        try (var client = gateway.signIn("mallory")) {
            client.query("begin");
            client.query("declare c binary cursor for select id, card_number from payments where id = 1");
            assertThat(client.query("fetch c").toString())
                    .contains("id:23:BINARY", card.substring(0, 6) + "******")
                    .doesNotContain(card);
        }
    }

    @Test
    void aPreparedFetchReadsWhateverHasItsNameThen() throws Exception {
        both.same(
                7,
                query("begin"),
                query("declare c cursor for select generate_series(1, 9) as n"),
                parse("f", "fetch 1 from c"),
                bind("", "f"),
                new Execute("", 0),
                sync(),
                query("close c"),
                query("declare c cursor for select generate_series(100, 109) as n"),
                bind("", "f"),
                new Execute("", 0),
                sync(),
                query("commit"));
    }

    @Test
    void aNameEndsWhereTheServerEndsIt() throws Exception {
        String name = "abcdefghij".repeat(6) + "abc";
        try (var client = gateway.signIn("frank")) {
            client.query("begin");
            assertThat(client.query("declare " + name + "DEF cursor for select 1"))
                    .contains("DECLARE CURSOR");
            assertThat(client.query("fetch " + name + "xyz")).contains("[1]");
            assertThat(client.query("fetch \"" + name + "\"")).contains("FETCH 0");
        }
    }

    @Test
    void masksWhatIsFetched() throws Exception {
        String card = target.ask("select card_number from payments where id = 1");
        try (var client = gateway.signIn("mallory")) {
            client.query("begin");
            client.query("declare c cursor for select card_number from payments where id = 1");
            assertThat(client.query("fetch c").toString()).contains("******").doesNotContain(card);
            assertThat(client.query("declare d cursor for select card_number > '' from payments"))
                    .containsExactly("ERROR 42501", "ready FAILED");
            client.query("rollback");
        }
    }

    @Test
    void aPreparedFetchIsMaskedAsTheCursorThatHasItsNameThen() throws Exception {
        String card = target.ask("select card_number from payments where id = 1");
        try (var client = gateway.signIn("mallory")) {
            client.query("begin");
            client.query("declare c cursor for select status from orders where id = 1");
            client.send(parse("f", "fetch 1 from c"), sync()).answers(1);
            client.query("close c");
            client.query("declare c cursor for select card_number from payments where id = 1");
            client.send(bind("", "f"), new Execute("", 0), sync());
            assertThat(client.answers(1).toString()).contains("******").doesNotContain(card);
        }
    }

    @Test
    void aViewReplacedBehindAPreparedDeclareStopsIt() throws Exception {
        target.run(
                "create view shown as select id, full_name as v from customers",
                "grant select on shown to shop_gateway");
        try (var client = gateway.signIn("mallory")) {
            client.query("begin");
            client.send(parse("d", "declare c cursor for select v from shown where id = 1"), sync())
                    .answers(1);
            client.query("commit");
            target.run("create or replace view shown as select id, national_id as v from customers");
            client.query("begin");
            client.send(bind("", "d"), new Execute("", 0), sync());
            assertThat(client.answers(1)).contains("ERROR SD005");
        }
    }

    @Test
    void whoMayNotReadItMayNotDeclareIt() throws Exception {
        try (var client = gateway.signIn("support-agent")) {
            client.query("begin");
            assertThat(client.query("declare c cursor for select * from payments"))
                    .containsExactly("ERROR 42501", "ready FAILED");
        }
    }
}
