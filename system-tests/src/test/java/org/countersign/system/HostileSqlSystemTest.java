package org.countersign.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.countersign.system.Answers.assertRefused;
import static org.countersign.system.Answers.first;
import static org.countersign.system.Answers.only;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
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
    void aStatementWhoseViewWasReplacedTellsNothingOfTheNewValue(String target) throws SQLException {
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
                Optional<String> seen;
                try {
                    seen = Optional.ofNullable(only(select));
                } catch (SQLException e) {
                    seen = Optional.of(e.getMessage());
                }
                // what is computed of a masked column is NULL, if it is not refused
                assertThat(seen.orElse("")).doesNotContain(salary);
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
        Psql.Result result = gateway.psql("frank", target).run("selec 1");
        assertThat(result.err()).contains("42601").contains("selec").contains("LINE 1");
        assertRefused(gateway.psql("frank", target).run("copy public.payments to stdout"), "42501");
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
            assertRefused(gateway.psql("frank", target).run(sql), "42501");
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
            Psql.Result result = gateway.psql("frank", target).run(sql);
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
            Psql.Result result = gateway.psql("frank", target).run(sql);
            assertThat(result.exit()).as(sql).isNotZero();
            assertThat(result.err()).as(sql).containsPattern("ERROR: +(42501|SD005)");
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
        assertRefused(gateway.psql("frank", target).run("insert into public.tripped values (1)"), "42501");
        assertThat(lab.ask(target, "select count(*) from public.tripped")).isEqualTo("0");
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
}
