package org.countersign.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.countersign.connector.Messages.bind;
import static org.countersign.connector.Messages.data;
import static org.countersign.connector.Messages.execute;
import static org.countersign.connector.Messages.parse;
import static org.countersign.connector.Messages.query;
import static org.countersign.connector.Messages.sync;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.countersign.wire.postgres.FrontendMessage.CopyData;
import org.countersign.wire.postgres.FrontendMessage.CopyDone;
import org.countersign.wire.postgres.FrontendMessage.CopyFail;
import org.countersign.wire.postgres.FrontendMessage.Describe;
import org.countersign.wire.postgres.FrontendMessage.Execute;
import org.countersign.wire.postgres.FrontendMessage.Flush;
import org.countersign.wire.postgres.FrontendMessage.Sync;
import org.countersign.wire.postgres.Subject;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.PGConnection;

/** COPY FROM STDIN over a real PostgreSQL: the server's answers in the server's order, and what the server keeps of it. */
class CopyInOverPostgresTest {
    private static final String EMPTY = "truncate sink, keyed, deferred, parted, domains restart identity";

    @Started
    private static DemoTarget target;

    @Started
    private static TestGateway gateway;

    @Started
    private static Comparison both;

    @BeforeAll
    static void start() throws SQLException {
        target.run(
                "create table sink (id int, note text default 'none', amount numeric check (amount > 0))",
                "create table keyed (id int generated always as identity primary key, note text not null)",
                "create table deferred (id int unique deferrable initially deferred)",
                "create table parted (id int) partition by range (id)",
                "create table parted_low partition of parted for values from (0) to (10)",
                "create table strict_trigger (id int)",
                """
                create function refuse() returns trigger language plpgsql as 'begin raise exception ''no''; end'
                """,
                "create trigger refuse before insert on strict_trigger for each statement execute function refuse()",
                "create domain wanted as int not null",
                "create table domains (w wanted)",
                "grant all on all tables in schema public to shop_gateway",
                "grant all on all sequences in schema public to shop_gateway",
                "grant create on schema public to shop_gateway");
    }

    @BeforeEach
    void empty() throws SQLException {
        target.run(EMPTY);
        both = both.preparedBy(EMPTY)
                .leaving(
                        "select json_agg(s order by id, note) from sink s",
                        "select json_agg(k order by id) from keyed k",
                        "select json_agg(p order by id) from parted p");
    }

    @Test
    void answersTheSimpleProtocolAsTheServerDoes() throws Exception {
        both.same(1, query("copy sink from stdin"), data("1\ta\t2\n2\t\\N\t3.5\n"), new CopyDone());
        both.same(1, query("copy sink (id) from stdin"), data("1\n"), data("2"), data("\n3\n"), new CopyDone());
        both.same(1, query("copy sink from stdin csv header"), data("id,note,amount\n1,\"a,b\",2\n"), new CopyDone());
        both.same(1, query("copy sink from stdin (format csv, header match)"), data("id,note\n1,x\n"), new CopyDone());
        both.same(1, query("copy sink from stdin"), new CopyDone());
        both.same(1, query("copy sink from stdin"), data("1\tx\t1\n\\.\n"), new CopyDone());
        both.same(1, query("copy keyed from stdin"), data("7\tx\n"), new CopyDone());
        both.same(1, query("copy parted from stdin"), data("7\n"), new CopyDone());
        both.same(1, query("copy domains from stdin"), data("7\n"), new CopyDone());
        both.same(1, query("copy sink (id, note) from stdin (default 'D')"), data("7\tD\n"), new CopyDone());
        both.same(1, query("copy sink from stdin (on_error ignore)"), data("x\ty\t1\n1\ty\t1\n"), new CopyDone());
    }

    @Test
    void tellsMistakesWhereTheServerDoes() throws Exception {
        both.same(
                2,
                query("copy sink from stdin"),
                data("x\ty\tz\n"),
                data("1\ty\t2\n"),
                new CopyDone(),
                query("select 1"));
        both.same(2, query("copy sink from stdin"), data("1\ty\t-2\n"), new CopyDone(), query("select 1"));
        both.same(2, query("copy sink from stdin"), data("1\n"), new CopyFail("enough"), query("select 1"));
        both.same(2, query("copy deferred from stdin"), data("1\n1\n"), new CopyDone(), query("select 1"));
        both.same(2, query("copy strict_trigger from stdin"), data("1\n"), new CopyDone(), query("select 1"));
        both.same(1, query("copy nowhere from stdin"));
        both.same(1, query("copy sink (nothing) from stdin"));
        both.same(1, query("copy sink from stdin (delimiter 'aa')"));
        both.same(1, query("copy sink from stdin (format csv, header match)"), data("a\n"), new CopyDone());
        both.same(1, query("copy sink from stdin where"));
        both.same(
                2,
                data("stray"),
                new CopyDone(),
                new CopyFail("stray"),
                query("select 1"),
                query("copy sink from stdn"));
    }

    @Test
    void keepsTheRowsThatTheServerKeeps() throws Exception {
        String rows = "1\ta\t2\n2\t\\N\t3.5\n3\tb\t1\n";
        both.same(1, query("copy sink from stdin where id > 1"), data(rows), new CopyDone());
        both.same(1, query("copy sink from stdin where sink.id > 1 and note is null"), data(rows), new CopyDone());
        both.same(1, query("copy public.sink from stdin (format text) where amount < 2"), data(rows), new CopyDone());
        both.same(1, query("copy sink (id) from stdin where note = 'none'"), data("1\n2\n"), new CopyDone());
        both.same(1, query("copy sink (id) from stdin where upper(note) = 'X'"), data("1\n2\n"), new CopyDone());
        both.same(
                1,
                query("copy sink from stdin csv header where id = 1"),
                data("id,n,a\n1,x,1\n2,y,2\n"),
                new CopyDone());
        both.same(1, query("copy parted from stdin where id < 5"), data("4\n7\n"), new CopyDone());
        both.same(
                1,
                parse("copy sink (id) from stdin where id <> 2"),
                bind(),
                execute(),
                new Flush(),
                data("1\n2\n"),
                new CopyDone(),
                sync());
        both.same(
                2,
                query("copy sink (id) from stdin where 1 / id > 0"),
                data("1\n0\n"),
                new CopyDone(),
                query("select 1"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "copy sink from stdin where nothing = 1",
                "copy sink from stdin where 'ä€😀' = 'x' and nothing(id)",
                "copy sink (id) from stdin where id = 'x'",
                "copy sink from stdin where",
                "copy sink from stdin where true order by id",
                "copy sink from stdin where true union select 1",
                "copy sink from stdin where true returning id",
                "copy sink from stdin where true) to stdout",
                "copy sink from stdin where exists (select 1)",
                "copy sink from stdin where id > $1",
                "copy sink to stdout where",
                "copy sink to stdout where true",
                "copy (select 1) to stdout where true",
            })
    void tellsMistakesInAConditionWhereTheServerDoes(String sql) throws Exception {
        both.same(2, query(sql), query("select 1"));
        both.same(1, parse(sql), bind(), execute(), sync());
    }

    @Test
    void answersInsideATransactionAsTheServerDoes() throws Exception {
        both.same(
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
        both.same(
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
        both.same(
                1,
                parse("copy sink (id) from stdin"),
                bind(),
                new Describe(Subject.PORTAL, ""),
                new Execute("", 0),
                new Sync(),
                data("1\n2\n"),
                new CopyDone(),
                new Sync());
        both.same(
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
        both.same(
                1,
                parse("copy sink (id) from stdin"),
                bind(),
                new Execute("", 0),
                data("1\n"),
                new CopyDone(),
                new Sync());
        both.same(
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
        both.same(
                2,
                parse("copy sink (id) from stdin"),
                bind(),
                new Execute("", 0),
                new Sync(),
                new CopyFail("enough"),
                new Sync(),
                query("select 2"));
        both.same(2, parse("copy nowhere from stdin"), bind(), new Execute("", 0), new Sync(), query("select 2"));
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
        both.same(1, query("copy sink (id, note) from stdin binary"), new CopyData(rows.toByteArray()), new CopyDone());
        both.same(1, query("copy sink (id, note) from stdin binary"), data("PGCOPY broken"), new CopyDone());
    }

    @Test
    void copiesAmongSeveralStatementsAsTheServerDoes() throws Exception {
        both.same(1, query("copy (select 1) to stdout; select 2; copy (select 3) to stdout"));
        both.same(1, query("copy sink (id) from stdin; select id from sink"), data("1\n"), new CopyDone());
        both.same(
                1,
                query("copy sink (id) from stdin; copy sink (id) from stdin; select id from sink order by id"),
                data("1\n"),
                new CopyDone(),
                data("2\n"),
                new CopyDone());
        both.same(2, query("copy sink (id) from stdin; select 1"), data("x\n"), new CopyDone(), query("select 2"));
        both.same(1, query("copy sink (id) from stdin; select 1/0"), data("1\n"), new CopyDone());
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
}
