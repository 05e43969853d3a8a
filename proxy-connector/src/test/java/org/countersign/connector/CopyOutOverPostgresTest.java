package org.countersign.connector;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.countersign.wire.postgres.FrontendMessage.Bind;
import org.countersign.wire.postgres.FrontendMessage.Describe;
import org.countersign.wire.postgres.FrontendMessage.Execute;
import org.countersign.wire.postgres.FrontendMessage.Flush;
import org.countersign.wire.postgres.FrontendMessage.Parse;
import org.countersign.wire.postgres.FrontendMessage.Query;
import org.countersign.wire.postgres.FrontendMessage.Sync;
import org.countersign.wire.postgres.Subject;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** COPY TO STDOUT over a real PostgreSQL: to the byte as the server sends it, but for what is masked. */
class CopyOutOverPostgresTest {
    private static final String CARD = "4111111111111111";

    @Started
    private static DemoTarget target;

    @Started
    private static TestGateway gateway;

    @Started
    private static Comparison both;

    @BeforeAll
    static void start() throws SQLException {
        target.run(
                "create type mood as enum ('sad', 'ok')",
                "create type pair as (a int, b text)",
                "create domain short as text check (length(value) < 9)",
                """
                create table kinds (id int, b bool, i2 int2, i8 int8, f4 float4, f8 float8, n numeric, t text, v varchar(9),
                    c char(5), bin bytea, d date, ts timestamp, tz timestamptz, iv interval, u uuid, j json, jb jsonb,
                    ia int[], ta text[], m mood, p pair, sh short, x xml, net inet, r int4range, bits varbit,
                    double_id int generated always as (id * 2) stored)
                """,
                """
                insert into kinds (id, b, i2, i8, f4, f8, n, t, v, c, bin, d, ts, tz, iv, u, j, jb, ia, ta, m, p, sh, x, net, r, bits)
                values (1, true, -1, 9223372036854775807, 1.5, 'NaN', 12345.6789, E'tab\\there', 'a,b', 'x', '\\x00ff5c0a',
                    '2024-02-29', '2024-02-29 12:34:56.789', '2024-02-29 12:34:56+02', '1 day 02:03', gen_random_uuid(),
                    '{"a": "q\\"\\n"}', '{"b": [1, null]}', '{1,NULL,3}', '{"a,b","q\\"x",NULL,"\\\\"}', 'sad', '(1,"a \"\"b\"\"\")',
                    'short', '<a>1</a>', '10.0.0.1/8', '[1,5)', '101'),
                    (2, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null,
                    null, null, null, null, null, null, null, null, null)
                """,
                "insert into kinds (id, t) select 100 + n, chr(n) from generate_series(1, 126) n",
                """
                insert into kinds (id, t) values (300, ''), (301, '\\N'), (302, '\\.'), (303, 'null'), (304, E'a\\r\\nb'),
                    (305, '"'), (306, '""'), (307, ' lead'), (308, 'ünïcödé 😀 ſ'), (309, 'N'), (310, E'\\\\'), (311, E'\\\\\\\\'),
                    (312, 'a|b'), (313, '''')
                """,
                "create table \"Odd \"\"Name\" (\"Select\" int, \"a\"\"b\" text)",
                "insert into \"Odd \"\"Name\" values (1, 'x')",
                "create table parted (id int) partition by range (id)",
                "create table nothing ()",
                "insert into nothing default values",
                "create materialized view seen as select 1 as one",
                "create sequence counter",
                "create table mine (id int, owner text)",
                "insert into mine values (1, 'shop_gateway'), (2, 'other')",
                "alter table mine enable row level security",
                "create policy own on mine using (owner = current_user)",
                "create function doubled(int) returns int language plpgsql immutable as 'begin return $1 * 2; end'",
                "grant all on all tables in schema public to shop_gateway",
                "grant select on sequence counter to shop_gateway");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "copy kinds to stdout",
                "COPY public.kinds TO STDOUT",
                "copy kinds to stdin",
                "copy kinds to stdout with (format text)",
                "copy kinds to stdout (format csv)",
                "copy kinds to stdout with (format 'binary')",
                "copy binary kinds to stdout",
                "copy kinds to stdout with binary",
                "copy kinds to stdout csv header",
                "copy kinds to stdout (header)",
                "copy kinds to stdout (header off)",
                "copy kinds to stdout with (format csv, header true)",
                "copy kinds (t, id) to stdout",
                "copy kinds (t) to stdout csv",
                "copy kinds (t) to stdout csv header",
                "copy kinds to stdout delimiter '|'",
                "copy kinds to stdout using delimiters '|'",
                "copy kinds to stdout with delimiter as '|' null as 'null'",
                "copy kinds to stdout (delimiter E'\\x01')",
                "copy kinds to stdout (delimiter 'N', null '')",
                "copy kinds to stdout (delimiter 'N')",
                "copy kinds to stdout (null '')",
                "copy kinds to stdout (null '\\N')",
                "copy kinds to stdout (null 'null')",
                "copy kinds to stdout (null E'a\\nb')",
                "copy kinds to stdout (null 'a|b', delimiter '|')",
                "copy kinds to stdout (delimiter ';;')",
                "copy kinds to stdout (delimiter 'a')",
                "copy kinds to stdout (format csv, null 'null')",
                "copy kinds to stdout (format csv, null E'\\N', delimiter '|', quote '''', escape E'\\\\')",
                "copy kinds to stdout (format csv, force_quote *)",
                "copy kinds to stdout (format csv, force_quote (t, id))",
                "copy kinds to stdout csv force quote t, id",
                "copy kinds to stdout (format csv, quote 'N', escape 'x')",
                "copy kinds to stdout (format csv, delimiter $$;$$, encoding 'utf-8')",
                "copy kinds to stdout (format csv, format csv)",
                "copy kinds to stdout (format xml)",
                "copy kinds to stdout (quote 'x')",
                "copy (select id, t from kinds order by id) to stdout",
                "copy (select id, t from kinds order by id) to stdout csv header",
                "copy (select * from kinds order by id limit 1) to stdout (format binary)",
                "copy (values (1, 'a,b'), (2, null)) to stdout csv",
                "copy (table kinds) to stdout",
                "copy (with k as (select id from kinds) select count(*) from k) to stdout",
                "copy (select ')' as \")\" /* ) */ -- )\n) to stdout csv header",
                "copy (select 1 where false) to stdout",
                "copy (select 1 where false) to stdout binary",
                "copy (select 1 where false) to stdout csv header",
                "copy (select) to stdout",
                "copy (select 1, 2 as \"a,b\") to stdout csv header",
                "copy nothing to stdout",
                "copy nothing to stdout csv header",
                "copy nothing to stdout binary",
                "copy \"Odd \"\"Name\" (\"a\"\"b\", \"Select\") to stdout csv header",
                "copy mine to stdout",
                "copy seen to stdout",
                "copy customer_contact to stdout",
                "copy parted to stdout",
                "copy counter to stdout",
                "copy nowhere to stdout",
                "copy nowhere.nothing to stdout",
                "copy kinds (nothing) to stdout",
                "copy kinds (id, id) to stdout",
                "copy kinds (double_id) to stdout",
                "copy kinds to",
                "copy kinds (id to stdout",
                "copy (select $1) to stdout",
                "copy (select nothing) to stdout",
                "copy (select 1/0) to stdout",
                "copy (select 10 / (3 - n) from generate_series(1, 5) n) to stdout",
                "copy (insert into mine values (7, 'shop_gateway') returning id) to stdout",
                "copy (insert into mine values (8, 'shop_gateway')) to stdout",
                "copy (select doubled(3), doubled(id) from kinds where id < 3) to stdout",
                "copy pg_namespace (nspname) to stdout",
            })
    void sendsWhatTheServerSends(String sql) throws Exception {
        both.same(1, new Query(sql));
        both.same(
                1,
                new Parse("", sql, List.of()),
                new Bind("", "", List.of(), List.of(), List.of()),
                new Describe(Subject.PORTAL, ""),
                new Execute("", 0),
                new Sync());
    }

    @Test
    void behavesAsTheServerInsideAndBehindATransaction() throws Exception {
        both.same(
                6,
                new Query("begin"),
                new Query("create temp table mine (a int)"),
                new Query("copy mine to stdout"),
                new Query("copy (select 1/0) to stdout"),
                new Query("copy mine to stdout"),
                new Query("rollback"));
        both.same(
                2,
                new Parse("c", "copy mine to stdout", List.of()),
                new Describe(Subject.STATEMENT, "c"),
                new Bind("", "c", List.of(), List.of(), List.of()),
                new Execute("", 1),
                new Flush(),
                new Bind("", "c", List.of(), List.of(), List.of()),
                new Execute("", 0),
                new Sync(),
                new Bind("", "c", List.of(), List.of(), List.of()),
                new Execute("", 0),
                new Sync());
        both.same(3, new Query("copy mine to stdout"), new Query("select 1"), new Query("copy (select 2) to stdout"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "copy customers to stdout",
                "copy customers (card_number, id) to stdout csv header",
                "copy customers (card_number) to stdout (format csv, force_quote *)",
                "copy customers to stdout binary",
                "copy (select card_number, id from customers) to stdout",
                "copy (select card_number, id from customers) to stdout (null '" + CARD + "')",
                "copy (select card_number as c from customers) to stdout (format csv, null '" + CARD + "')",
                "copy (select (select card_number from customers where id = 1)) to stdout binary",
                "copy (select card_number from payments) to stdout",
                "copy (select array_agg(card_number) from customers) to stdout",
                "copy (select convert_to(card_number, 'UTF8') from customers) to stdout",
                "copy (select row_to_json(c) from customers c) to stdout",
                "copy (select c from customers c) to stdout binary",
                "copy (select reverse(card_number) from customers) to stdout",
                "copy customer_cards to stdout",
            })
    void neverShowsWhatIsMasked(String sql) throws Exception {
        target.run("update customers set card_number = '" + CARD + "' where id <= 3");
        try (var client = gateway.signIn("mallory")) {
            String shown = String.join("\n", client.query(sql));
            byte[] card = CARD.getBytes(StandardCharsets.UTF_8);
            assertThat(shown)
                    .doesNotContain(CARD)
                    .doesNotContain(HexFormat.of().formatHex(card))
                    .doesNotContain(Base64.getEncoder().encodeToString(card).substring(0, 12))
                    .doesNotContain(CARD.substring(5));
        }
    }

    @Test
    void masksEachValueInItsFormat() throws Exception {
        target.run("update customers set card_number = '" + CARD
                + "', email = 'anna@mail.example', salary = 7 where id = 1");
        try (var client = gateway.signIn("mallory")) {
            String query = "copy (select id, card_number, email, salary from customers where id = 1) to stdout";
            assertThat(client.query(query)).contains("copied 1\t411111******1111\ta***@mail.example\t\\N\n", "COPY 1");
            assertThat(client.query(query + " (format csv, force_quote (email), null '-')"))
                    .contains("copied 1,411111******1111,\"a***@mail.example\",-\n");
            assertThat(client.query(query + " (null '411111******1111')"))
                    .contains("copied 1\t411111******1111\ta***@mail.example\t411111******1111\n");
            assertThat(client.query(query + " binary").get(1)).endsWith("a***@mail.example\u00ff\u00ff\u00ff\u00ff");
        }
    }

    @Test
    void endsACopyOfMoreRowsThanTheRoleMayRead() throws Exception {
        try (var client = RawClient.signedIn(gateway.port(), "orders-agent", TestCore.PASSWORD)) {
            List<String> told = client.query("copy orders (id) to stdout");
            assertThat(told).contains("ERROR 54000", "ready IDLE").doesNotContain("COPY 3000");
            assertThat(told.stream().filter(line -> line.startsWith("copied "))).hasSize(2000);
            assertThat(client.query("copy (select id from orders where id < 5) to stdout"))
                    .contains("COPY 4");
        }
    }

    @Test
    void needsAPermissionOfItsOwn() throws Exception {
        try (var client = RawClient.signedIn(gateway.port(), "support-agent", TestCore.PASSWORD)) {
            assertThat(client.query("copy orders to stdout")).containsExactly("ERROR 42501", "ready IDLE");
            assertThat(client.query("copy (select id from orders) to stdout"))
                    .containsExactly("ERROR 42501", "ready IDLE");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "copy orders to '/tmp/orders'",
                "copy orders to program 'cat'",
                "copy orders to stdout (encoding 'latin1')",
                "copy orders to stdout (convert_selectively (id))",
                "copy U&\"orders\" to stdout",
            })
    void refusesWhatItCannotInspect(String sql) throws Exception {
        try (var client = gateway.signIn("frank")) {
            assertThat(client.query(sql)).containsExactly("ERROR SD005", "ready IDLE");
            assertThat(client.query("select 1")).contains("[1]");
        }
    }
}
