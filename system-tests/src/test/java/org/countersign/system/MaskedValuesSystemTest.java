package org.countersign.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.countersign.system.Answers.assertRefused;
import static org.countersign.system.Answers.only;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Ways out for what is masked, each on both versions of the target: none is open. */
@ExtendWith(RunningGateway.class)
class MaskedValuesSystemTest {
    private final Gateway gateway;
    private final Lab lab;

    MaskedValuesSystemTest(Gateway gateway) {
        this.gateway = gateway;
        this.lab = gateway.lab();
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
    void maskedValuesLeaveThroughNoWrite(String target) {
        for (String sql : new String[] {
            "insert into public.orders (id, customer_id, sku, amount) values (1, 1, 'x', 1) on conflict (id) do update"
                    + " set note = (select card_number from public.payments where id = 1)",
            "insert into public.orders (id, customer_id, sku, amount, note) values (1, 1, 'x', 1, (select card_number"
                    + " from public.payments where id = 1)) on conflict (id) do update set note = excluded.note",
            "insert into public.orders (id, customer_id, sku, amount) values (1, 1, 'x', 1) on conflict (id) do update"
                    + " set sku = 'y' where (select card_number from public.payments where id = 1) like '4%'",
            "with w as (update public.payments set amount = amount where id = 1 returning *) select count(*) from w"
                    + " where card_number like '4%'",
            "delete from public.payments where card_number like 'none%'",
            "update public.orders set (note, sku) = (select card_number, 'x' from public.payments where id = 1) where"
                    + " id = 1",
        }) {
            assertRefused(gateway.psql("frank", target).run(sql), "42501");
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
            "select x.n from public.orders o, lateral (select card_number as n from public.payments where id = o.id) x"
                    + " where o.id = 1",
            "with recursive r (n, m) as (select 'a'::text, card_number from public.payments where id = 1 union all"
                    + " select m, 'b' from r where m <> 'b') select n from r",
            "with recursive r (n, i) as (select card_number, 1 from public.payments where id = 1 union all select n, i"
                    + " + 1 from r where i < 2) select * from r",
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
            Psql.Result result = gateway.psql("frank", target).run(sql);
            assertThat(result.out() + result.err()).as(sql).doesNotContain(card).doesNotContainPattern("[0-9]{16}");
        }
    }

    @ParameterizedTest
    @FieldSource("org.countersign.system.Lab#TARGETS")
    void maskedValuesCannotBeLaundered(String target) throws SQLException {
        for (String sql : new String[] {
            "insert into public.orders (customer_id, sku, amount, note) select 1, 'x', 1, card_number from"
                    + " public.payments",
            "update public.orders set note = p.card_number from public.payments p where p.id = orders.id",
            "with moved as (select card_number from public.payments) insert into public.orders (customer_id, sku,"
                    + " amount, note) select 1, 'x', 1, card_number from moved",
            "create temporary table t as select card_number from public.payments",
            "select card_number into temporary t from public.payments",
            "create materialized view public.laundered as select card_number from public.payments",
        }) {
            Psql.Result result = gateway.psql("frank", target).run(sql);
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
                // one row of each id, also for who reads the parent
                "update public.archive set id = -1",
                "drop table if exists public.labels",
                "drop view if exists public.twice",
                "create view public.twice as select c.contact as contact, p.card_number as number from (select id,"
                        + " email as contact from public.customers) c join public.payments p on p.customer_id = c.id",
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
            Psql.Result result = gateway.psql("frank", target).run(sql);
            assertThat(result.out()).as(sql).doesNotContain(card).doesNotContainPattern("[0-9]{16}");
            assertThat(result.exit() == 0 ? result.out() : result.err()).as(sql).containsPattern("\\*{3}|42501|SD005");
        }
    }

    @ParameterizedTest
    @FieldSource("org.countersign.system.Lab#TARGETS")
    void maskedColumnsDecideNothing(String target) {
        for (String sql : new String[] {
            "select id from public.payments where card_number like '4111%'",
            "select count(*) from public.payments group by card_number",
            "select id from public.payments order by card_number",
            "select o.id from public.orders o join public.payments p on p.card_number = o.note",
            "select case when card_number > '5' then 1 else 0 end from public.payments",
            "select 1 / (ascii(card_number) - 52) from public.payments",
            "select card_number::int from public.payments",
            "select encode(card_number::bytea, 'hex') from public.payments",
        }) {
            assertRefused(gateway.psql("frank", target).run(sql), "42501");
        }
    }

    @ParameterizedTest
    @FieldSource("org.countersign.system.Lab#TARGETS")
    void whatIsComputedOfMaskedColumnsIsNothing(String target) {
        for (String expression : new String[] {
            "max(p.card_number)",
            "array_agg(p.card_number)",
            "json_agg(p)",
            "count(p.card_number)",
            "(select p.card_number || '' from public.payments p where p.id = 1)",
            "(select substr(p.card_number, 1, 4) from public.payments p where p.id = 1)",
            "(select p from public.payments p where p.id = 1)",
            "(select row_to_json(p) from public.payments p where p.id = 1)",
            "(select c.profile->'contact' from public.customers c where c.id = 1)",
        }) {
            Psql.Result result = gateway.psql("frank", target)
                    .run("select count(*) > 0, " + expression + ", 'end' from public.payments p");
            assertThat(result.out()).as(expression).isEqualTo("t||end\n");
        }
        for (String expression : new String[] {"payments", "card_number || ''"}) {
            Psql.Result result = gateway.psql("frank", target)
                    .run("update public.payments set amount = amount where id = 1 returning id, " + expression
                            + ", 'end'");
            assertThat(result.out()).as(expression).startsWith("1||end\n");
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
    void errorsOfTheTargetQuoteNoStoredValue(String target) {
        Psql.Result result = gateway.psql("frank", target)
                .run("insert into public.orders (id, customer_id, sku, amount) values (1, 1, 'x', 1)");
        assertThat(result.err()).contains("23505").doesNotContain("Key (id)");
        Psql.Result cast =
                gateway.psql("frank", target).run("select note::int from public.orders where note is not null");
        assertThat(cast.err()).doesNotContain("invalid input syntax for type integer: \"");
    }
}
