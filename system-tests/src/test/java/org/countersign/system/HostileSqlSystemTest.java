package org.countersign.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Statements made to talk past the gate, each on both versions of the target. What they want is a clear card number. */
@ExtendWith(RunningGateway.class)
class HostileSqlSystemTest {
    private final Gateway gateway;
    private final Lab lab;

    HostileSqlSystemTest(Gateway gateway) {
        this.gateway = gateway;
        this.lab = gateway.lab();
    }

    @ParameterizedTest
    @FieldSource("org.countersign.system.Lab#TARGETS")
    void forgedTreeOfADomainCheckIsRefused(String target) throws SQLException {
        List<String> harmless = lab.treesOf(target, "select null::text[], null::text");
        assertThat(harmless).hasSize(2);
        lab.prepare(
                target,
                "drop domain if exists public.forged",
                """
                create or replace function public.forge(v text) returns boolean language plpgsql as $body$
                begin
                  perform pg_catalog.set_config('debug_print_parse', 'off', false);
                  perform pg_catalog.set_config('debug_print_rewritten', 'off', false);
                  raise log using message = 'parse tree:', detail = $tree$%s$tree$;
                  raise log using message = 'rewritten parse tree:', detail = $tree$%s$tree$;
                  return true;
                end $body$
                """.formatted(harmless.get(0), harmless.get(1)),
                "create domain public.forged as text check (public.forge(value))");
        assertRefusedEachTime(
                target, "select '{x}'::public.forged[], national_id || '' from public.customers where id = 1", "SD005");
    }

    @ParameterizedTest
    @FieldSource("org.countersign.system.Lab#TARGETS")
    void analysisWritesNothing(String target) throws SQLException {
        lab.prepare(
                target,
                "drop domain if exists public.writing",
                "drop table if exists public.written_by_analysis",
                "drop sequence if exists public.drawn_by_analysis",
                "create table public.written_by_analysis (at timestamptz default now())",
                "create sequence public.drawn_by_analysis",
                "grant all on public.written_by_analysis, public.drawn_by_analysis to shop_gateway",
                """
                create or replace function public.write_it(v text) returns boolean language plpgsql as $$
                begin
                  perform nextval('public.drawn_by_analysis');
                  insert into public.written_by_analysis default values;
                  return true;
                end $$
                """,
                "create domain public.writing as text check (public.write_it(value))");
        // from the second time on the function's own statements are planned and print no trees
        for (boolean autoCommit : new boolean[] {true, false}) {
            try (Connection frank = gateway.connect("frank", target);
                    Statement statement = frank.createStatement()) {
                frank.setAutoCommit(autoCommit);
                for (int round = 0; round < 3; round++) {
                    assertThatThrownBy(() -> statement.execute("select '{x}'::public.writing[]"))
                            .isInstanceOf(SQLException.class);
                    if (!autoCommit) {
                        frank.rollback();
                    }
                }
            }
        }
        assertThat(lab.ask(target, "select count(*) from public.written_by_analysis"))
                .isEqualTo("0");
        assertThat(lab.ask(target, "select is_called from public.drawn_by_analysis"))
                .isEqualTo("f");
    }

    @ParameterizedTest
    @FieldSource("org.countersign.system.Lab#TARGETS")
    void helpersOfTheGatewayCannotBeReachedBySql(String target) throws SQLException {
        try (Connection frank = gateway.connect("frank", target);
                Statement statement = frank.createStatement()) {
            for (String sql : new String[] {
                "prepare \"a\" as select 1",
                "execute a",
                "deallocate a",
                "deallocate prepare all",
                "declare c cursor for select 1"
            }) {
                try {
                    statement.execute(sql);
                } catch (SQLException e) {
                    assertThat(e.getSQLState()).as(sql).isIn("25P01", "26000");
                }
            }
            assertThat(first(statement, "select card_number from public.payments where id = 1"))
                    .contains("******");
        }
    }

    @ParameterizedTest
    @FieldSource("org.countersign.system.Lab#TARGETS")
    void aViewReplacedBehindAPreparedStatementLeaksNothing(String target) throws SQLException {
        lab.prepare(
                target,
                "drop view if exists public.shown",
                "create view public.shown as select id, full_name as value from public.customers",
                "grant select on public.shown to shop_gateway");
        String hidden = lab.ask(target, "select national_id from public.customers where id = 1");
        try (Connection frank = gateway.connect("frank", target, "prepareThreshold=1", "autosave=never");
                PreparedStatement select = frank.prepareStatement("select value from public.shown where id = ?")) {
            select.setInt(1, 1);
            assertThat(only(select)).isEqualTo("Anna Abel");
            assertThat(only(select)).isEqualTo("Anna Abel");
            lab.prepare(
                    target,
                    "create or replace view public.shown as select id, national_id as value from public.customers");
            String seen;
            try {
                seen = only(select);
            } catch (SQLException e) {
                seen = e.getMessage();
            }
            assertThat(seen).doesNotContain(hidden);
        }
    }

    @ParameterizedTest
    @FieldSource("org.countersign.system.Lab#TARGETS")
    void aStatementWhoseViewWasReplacedStaysRefused(String target) throws SQLException {
        lab.prepare(
                target,
                "drop view if exists public.staying",
                "create view public.staying as select id, full_name as value from public.customers",
                "grant select on public.staying to shop_gateway");
        String salary = lab.ask(target, "select salary from public.customers where id = 1");
        try (Connection frank = gateway.connect("frank", target, "prepareThreshold=1", "autosave=never");
                PreparedStatement select = frank.prepareStatement("select value from public.staying where id = ?")) {
            select.setInt(1, 1);
            assertThat(only(select)).isEqualTo("Anna Abel");
            assertThat(only(select)).isEqualTo("Anna Abel");
            lab.prepare(
                    target,
                    "create or replace view public.staying as select id, salary::text as value from public.customers");
            for (int attempt = 0; attempt < 3; attempt++) {
                String seen;
                try {
                    seen = only(select);
                } catch (SQLException e) {
                    seen = e.getMessage();
                }
                assertThat(seen).doesNotContain(salary);
            }
        }
    }

    @ParameterizedTest
    @FieldSource("org.countersign.system.Lab#TARGETS")
    void operatorsAndFunctionsOfAnotherSchemaDeceiveNobody(String target) throws SQLException {
        lab.prepare(
                target,
                "drop schema if exists evil cascade",
                "create schema evil",
                "create function evil.same(a text, b text) returns boolean language sql as $$ select true $$",
                "create operator evil.= (leftarg = text, rightarg = text, function = evil.same)",
                "create function evil.current_setting(text) returns text language sql as $$ select 'on' $$",
                "create function evil.length(text) returns text language sql security definer as "
                        + "$$ select card_number from public.payments limit 1 $$",
                "grant usage on schema evil to shop_gateway");
        try (Connection frank = gateway.connect("frank", target);
                Statement statement = frank.createStatement()) {
            statement.execute("set search_path = evil, public, pg_catalog");
            for (String sql : new String[] {
                "select id from public.orders where sku = 'no such thing'",
                "select length(sku) from public.orders limit 1",
                "select current_setting('role')",
            }) {
                try {
                    statement.execute(sql);
                    throw new AssertionError("it ran: " + sql);
                } catch (SQLException e) {
                    assertThat(e.getSQLState()).as(sql).isEqualTo("42501");
                }
            }
            assertThat(first(statement, "select card_number from public.payments where id = 1"))
                    .contains("******");
        }
    }

    @ParameterizedTest
    @FieldSource("org.countersign.system.Lab#TARGETS")
    void whatTheClientMistypedTheTargetExplains(String target) {
        Psql.Result result = psql(target).run("selec 1");
        assertThat(result.err()).contains("42601").contains("selec").contains("LINE 1");
        assertRefused(psql(target).run("copy public.payments to stdout"), "42501");
    }

    @ParameterizedTest
    @FieldSource("org.countersign.system.Lab#TARGETS")
    void maskedValuesLeaveThroughNoWrite(String target) {
        for (String sql : new String[] {
            "update public.payments set amount = amount where id = 1 returning payments",
            "update public.payments set amount = amount where id = 1 returning card_number || ''",
            "insert into public.orders (id, customer_id, sku, amount) values (1, 1, 'x', 1) on conflict (id) do update set note = (select card_number from public.payments where id = 1)",
            "insert into public.orders (id, customer_id, sku, amount, note) values (1, 1, 'x', 1, (select card_number from public.payments where id = 1)) on conflict (id) do update set note = excluded.note",
            "insert into public.orders (id, customer_id, sku, amount) values (1, 1, 'x', 1) on conflict (id) do update set sku = 'y' where (select card_number from public.payments where id = 1) like '4%'",
            "with w as (update public.payments set amount = amount where id = 1 returning *) select count(*) from w where card_number like '4%'",
            "delete from public.payments where card_number like 'none%'",
            "update public.orders set (note, sku) = (select card_number, 'x' from public.payments where id = 1) where id = 1",
        }) {
            assertRefused(psql(target).run(sql), "42501");
        }
    }

    @ParameterizedTest
    @FieldSource("org.countersign.system.Lab#TARGETS")
    void maskedValuesLeaveThroughNoFormOfRead(String target) throws SQLException {
        String card = lab.ask(target, "select card_number from public.payments where id = 1");
        for (String sql : new String[] {
            "select (p).* from public.payments p where id = 1",
            "select * from only public.payments where id = 1",
            "table public.payments limit 1",
            "values ((select card_number from public.payments where id = 1))",
            "select x.n from public.orders o, lateral (select card_number as n from public.payments where id = o.id) x where o.id = 1",
            "with recursive r (n, m) as (select 'a'::text, card_number from public.payments where id = 1 union all select m, 'b' from r where m <> 'b') select n from r",
            "with recursive r (n, i) as (select card_number, 1 from public.payments where id = 1 union all select n, i + 1 from r where i < 2) select * from r",
            "select card_number from public.payments where id = 1 intersect select card_number from public.payments",
            "select json_build_object('a', card_number) from public.payments where id = 1",
            "select to_jsonb(p) from public.payments p where id = 1",
            "select xmlelement(name a, card_number) from public.payments where id = 1",
            "select jsonb_populate_record(null::public.payments, to_jsonb(p)) from public.payments p where id = 1",
            "select unnest(array(select card_number from public.payments where id = 1))",
            "select row(card_number) from public.payments where id = 1",
            "select array[card_number] from public.payments where id = 1",
            "select card_number::int from public.payments where id = 1",
            "select 1 / (case when card_number like '4%' then 0 else 1 end) from public.payments where id = 1",
            "select card_number collate \"C\" from public.payments where id = 1",
            "select card_number::varchar(30) from public.payments where id = 1",
            "select max(card_number) over () from public.payments where id = 1",
            "select distinct card_number from public.payments where id = 1",
            "explain (analyze, verbose) select card_number from public.payments where card_number like '4%'",
        }) {
            Psql.Result result = psql(target).run(sql);
            assertThat(result.out() + result.err()).as(sql).doesNotContain(card).doesNotContainPattern("[0-9]{16}");
        }
    }

    @ParameterizedTest
    @FieldSource("org.countersign.system.Lab#TARGETS")
    void functionsThatRunSqlOrReadFilesAreRefused(String target) {
        for (String sql : new String[] {
            "select table_to_xml('public.payments', true, false, '')",
            "select query_to_xml('select card_number from public.payments', true, false, '')",
            "select pg_read_file('PG_VERSION')",
            "select pg_ls_dir('.')",
            "select current_setting('data_directory')",
            "select set_config('role', 'postgres', false)",
            "select lo_import('/etc/passwd')",
            "select pg_sleep(0)",
            "select * from pg_stat_get_activity(null)",
            "select ts_stat('select 1')",
            "select pg_terminate_backend(1)",
        }) {
            assertRefused(psql(target).run(sql), "42501");
        }
    }

    @ParameterizedTest
    @FieldSource("org.countersign.system.Lab#TARGETS")
    void whatOtherSessionsDoIsNotReadable(String target) {
        for (String sql : new String[] {
            "select query from pg_stat_activity",
            "select * from pg_catalog.pg_stat_activity",
            "select statement from pg_prepared_statements",
            "select most_common_vals from pg_stats",
            "select rolpassword from pg_authid",
            "select * from pg_shadow",
        }) {
            Psql.Result result = psql(target).run(sql);
            assertThat(result.out()).as(sql).isEmpty();
            assertThat(result.err()).as(sql).containsPattern("ERROR: +(42501|SD005)");
        }
    }

    @ParameterizedTest
    @FieldSource("org.countersign.system.Lab#TARGETS")
    void settingsThatChangeWhoOneIsAreRefused(String target) {
        for (String sql : new String[] {
            "set U&\"\\0072ole\" to postgres",
            "set role postgres",
            "set \"role\" to postgres",
            "set session authorization postgres",
            "set session_replication_role = replica",
            "set debug_print_parse = off",
            "set standard_conforming_strings = off",
            "reset role",
        }) {
            Psql.Result result = psql(target).run(sql);
            assertThat(result.exit()).as(sql).isNotZero();
            assertThat(result.err()).as(sql).containsPattern("ERROR: +(42501|SD005)");
        }
    }

    @ParameterizedTest
    @FieldSource("org.countersign.system.Lab#TARGETS")
    void maskedValuesCannotBeLaundered(String target) throws SQLException {
        for (String sql : new String[] {
            "insert into public.orders (customer_id, sku, amount, note) select 1, 'x', 1, card_number from public.payments",
            "update public.orders set note = p.card_number from public.payments p where p.id = orders.id",
            "with moved as (select card_number from public.payments) insert into public.orders (customer_id, sku, amount, note) select 1, 'x', 1, card_number from moved",
            "create temporary table t as select card_number from public.payments",
            "select card_number into temporary t from public.payments",
            "create materialized view public.laundered as select card_number from public.payments",
        }) {
            Psql.Result result = psql(target).run(sql);
            assertThat(result.exit()).as(sql).isNotZero();
            assertThat(result.err()).as(sql).containsPattern("ERROR: +(42501|SD005)");
        }
        assertThat(lab.ask(target, "select count(*) from public.orders where note ~ '^[0-9]{16}$'"))
                .isEqualTo("0");
        for (String sql : new String[] {
            "create temporary table t as select card_number from public.payments",
            "create materialized view public.laundered as select card_number from public.payments",
        }) {
            assertRefused(gateway.psql("deploy-agent", target).run(sql), "SD005");
        }
    }

    @ParameterizedTest
    @FieldSource("org.countersign.system.Lab#TARGETS")
    void classesFollowDefinitions(String target) throws SQLException {
        lab.prepare(
                target,
                "drop table if exists public.archive cascade",
                "create table public.archive () inherits (public.payments)",
                "insert into public.archive select * from public.payments where id = 1",
                "drop table if exists public.labels",
                "drop view if exists public.twice",
                "create view public.twice as select c.contact as contact, p.card_number as number from (select id, email as contact from public.customers) c join public.payments p on p.customer_id = c.id",
                "grant select on public.archive, public.twice to shop_gateway",
                "refresh materialized view public.customer_cards");
        String card = lab.ask(target, "select card_number from public.payments where id = 1");
        for (String sql : new String[] {
            "select * from public.customer_cards",
            "select card_number from public.archive",
            "select * from public.twice",
            "select card_number as id from public.payments",
            "select p.* from public.payments p",
            "select card_number from public.payments union all select card_number from public.customers",
            "with w as (select * from public.payments) select * from w",
            "select (select card_number from public.payments where id = 1)",
        }) {
            Psql.Result result = psql(target).run(sql);
            assertThat(result.out()).as(sql).doesNotContain(card).doesNotContainPattern("[0-9]{16}");
            assertThat(result.exit() == 0 ? result.out() : result.err()).as(sql).containsPattern("\\*{6}|42501|SD005");
        }
    }

    @ParameterizedTest
    @FieldSource("org.countersign.system.Lab#TARGETS")
    void maskedColumnsInExpressionsAreRefused(String target) {
        for (String sql : new String[] {
            "select id from public.payments where card_number like '4111%'",
            "select card_number || '' from public.payments",
            "select substr(card_number, 1, 4) from public.payments",
            "select max(card_number) from public.payments",
            "select count(*) from public.payments group by card_number",
            "select id from public.payments order by card_number",
            "select p from public.payments p",
            "select row_to_json(p) from public.payments p",
            "select (p).card_number from (select p from public.payments p) q",
            "select array_agg(card_number) from public.payments",
            "select profile->'contact' from public.customers",
            "select o.id from public.orders o join public.payments p on p.card_number = o.note",
            "select case when card_number > '5' then 1 else 0 end from public.payments",
            "select encode(card_number::bytea, 'hex') from public.payments",
        }) {
            assertRefused(psql(target).run(sql), "42501");
        }
    }

    @ParameterizedTest
    @FieldSource("org.countersign.system.Lab#TARGETS")
    void binaryValuesAreMaskedToo(String target) throws SQLException {
        String card = lab.ask(target, "select card_number from public.customers where id = 1");
        try (Connection frank = gateway.connect(
                        "frank",
                        target,
                        "prepareThreshold=-1",
                        "binaryTransfer=true",
                        "binaryTransferEnable=25,1043,1700");
                PreparedStatement select = frank.prepareStatement(
                        "select id, card_number, salary, created_at from public.customers where id = ?")) {
            select.setInt(1, 1);
            for (int round = 0; round < 3; round++) {
                try (ResultSet row = select.executeQuery()) {
                    assertThat(row.next()).isTrue();
                    assertThat(row.getInt(1)).isEqualTo(1);
                    assertThat(row.getString(2)).contains("******").isNotEqualTo(card);
                    assertThat(row.getBigDecimal(3)).isNull();
                    assertThat(row.getTimestamp(4)).isNotNull();
                }
            }
        }
    }

    @ParameterizedTest
    @FieldSource("org.countersign.system.Lab#TARGETS")
    void triggersThatRunOtherCodeStopAWrite(String target) throws SQLException {
        lab.prepare(
                target,
                "drop table if exists public.tripped",
                "create table public.tripped (id int)",
                "grant all on public.tripped to shop_gateway",
                """
                create or replace function public.on_trip() returns trigger language plpgsql security definer as $$
                begin raise notice '%', (select card_number from public.payments where id = 1); return new; end $$
                """,
                "create trigger trip before insert on public.tripped for each row execute function public.on_trip()");
        assertRefused(psql(target).run("insert into public.tripped values (1)"), "42501");
        assertThat(lab.ask(target, "select count(*) from public.tripped")).isEqualTo("0");
    }

    @ParameterizedTest
    @FieldSource("org.countersign.system.Lab#TARGETS")
    void errorsOfTheTargetQuoteNoStoredValue(String target) {
        Psql.Result result =
                psql(target).run("insert into public.orders (id, customer_id, sku, amount) values (1, 1, 'x', 1)");
        assertThat(result.err()).contains("23505").doesNotContain("Key (id)");
        Psql.Result cast = psql(target).run("select note::int from public.orders where note is not null");
        assertThat(cast.err()).doesNotContain("invalid input syntax for type integer: \"");
    }

    private Psql psql(String target) {
        return gateway.psql("frank", target);
    }

    /** Three times on one connection: what runs on the target during the first may run differently the next time. */
    private void assertRefusedEachTime(String target, String sql, String sqlState) throws SQLException {
        try (Connection frank = gateway.connect("frank", target);
                Statement statement = frank.createStatement()) {
            for (int round = 0; round < 3; round++) {
                assertThatThrownBy(() -> statement.execute(sql))
                        .extracting(thrown -> ((SQLException) thrown).getSQLState())
                        .isEqualTo(sqlState);
            }
        }
    }

    private static void assertRefused(Psql.Result result, String sqlState) {
        assertThat(result.exit()).as(result.out()).isNotZero();
        assertThat(result.err()).contains("ERROR:  " + sqlState);
        assertThat(result.out()).isEmpty();
    }

    private static String only(PreparedStatement select) throws SQLException {
        try (ResultSet row = select.executeQuery()) {
            row.next();
            return row.getString(1);
        }
    }

    private static String first(Statement statement, String sql) throws SQLException {
        try (ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }
}
