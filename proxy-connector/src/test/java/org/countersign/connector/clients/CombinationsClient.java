package org.countersign.connector.clients;

import java.io.StringWriter;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What SQL does with values of every common type: each form of a query with each type, and arithmetic between types. */
record CombinationsClient() implements Client {
    private static final List<String> NUMBERS =
            List.of("smallint", "integer", "bigint", "numeric", "real", "double precision");
    private static final List<String> ARITHMETIC = List.of("+", "-", "*", "/", "=", "<", ">=", "<>");

    /** %1$s stands for the type, %2$s and %3$s for two of its values, %4$s for a name, %5$s for the first value untyped. */
    private static final List<String> FORMS = List.of(
            "select %2$s as a, %3$s as b, pg_typeof(%2$s)",
            "select %2$s::text, cast(%3$s as text), %2$s::text::%1$s",
            "select array[%2$s, %3$s], array[%3$s, null], array_append(array[%2$s], %3$s)",
            "select row(%2$s, %3$s), row(1, %2$s)::text",
            "select case when random() >= 0 then %2$s else %3$s end, coalesce(%3$s, %2$s)",
            "select v from (values (%2$s), (%3$s), (null)) t (v)",
            "select count(v), count(*), count(*) filter (where v is null) from (values (%2$s), (null)) t (v)",
            "select array_agg(v) from (values (%2$s), (%3$s)) t (v)",
            "select string_agg(v::text, ' | ') from (values (%2$s), (%3$s)) t (v)",
            "select to_json(%2$s), to_jsonb(%3$s), json_build_object('a', %2$s)",
            "select json_agg(t) from (values (%2$s, 1), (%3$s, 2)) t (a, b)",
            "select v, row_number() over () from (values (%2$s), (%3$s)) t (v)",
            "select v, lag(v) over (order by i), first_value(v) over (order by i desc) from (values (%2$s, 1), (%3$s, 2)) t (v, i)",
            "with c as (select %2$s as v) select v from c union all select %3$s",
            "with recursive r (i, v) as (select 1, %2$s union all select i + 1, v from r where i < 3) select * from r",
            "select t.i, l.v from generate_series(1, 2) t (i), lateral (select %2$s as v, t.i) l",
            "select unnest(array[%2$s, %3$s])",
            "select u.v, u.o from unnest(array[%2$s, %3$s]) with ordinality u (v, o)",
            "select (select %2$s), exists (select %3$s), array(select %2$s)",
            "select %2$s is null, %3$s is not null, num_nulls(%2$s, null)",
            "select format('%%s/%%s', %2$s, %3$s), concat(%2$s, '-', %3$s), quote_nullable(%2$s)",
            "select length(%2$s::text), md5(%3$s::text), octet_length(%2$s::text)",
            "select v from (values (1, %2$s), (2, %3$s)) t (i, v) order by i desc limit 1 offset 1",
            "select a.v, b.v from (values (1, %2$s)) a (i, v) left join (values (2, %3$s)) b (i, v) using (i)",
            "select a.v, b.v from (values (%2$s)) a (v) cross join (values (%3$s)) b (v)",
            "create temp table kept_%4$s (i integer, v %1$s default %2$s)",
            "insert into kept_%4$s values (1, %2$s), (2, %3$s), (3, default), (4, null)",
            "insert into kept_%4$s (i) values (5) returning i, v",
            "update kept_%4$s set v = %3$s where i = 1 returning *",
            "with gone as (delete from kept_%4$s where i = 2 returning v) select v from gone",
            "select i, v from kept_%4$s order by i",
            "select i, v from kept_%4$s where v is not null order by i for update",
            "copy (select v from kept_%4$s order by i) to stdout",
            "declare c_%4$s cursor with hold for select v from kept_%4$s order by i",
            "fetch all from c_%4$s",
            "prepare p_%4$s (%1$s) as select $1, $1 is null",
            "execute p_%4$s ('%5$s')",
            "explain (costs off) select v from kept_%4$s where i = 1");

    /** For types that can be compared, which those that have no order are not either. */
    private static final List<String> COMPARING = List.of(
            "select %2$s = %3$s, %2$s <> %3$s, %2$s = %2$s",
            "select %2$s is distinct from %3$s, %2$s is not distinct from null",
            "select %2$s in (%2$s, %3$s), %2$s not in (%3$s), %2$s = any (array[%2$s, %3$s])",
            "select nullif(%2$s, %2$s), nullif(%2$s, %3$s)",
            "select case %2$s when %3$s then 'second' when %2$s then 'first' end",
            "select distinct v from (values (%2$s), (%2$s)) t (v)",
            "select v, count(*) from (values (%2$s), (%2$s)) t (v) group by v having count(*) > 1",
            "select count(distinct v) from (values (%2$s), (%3$s), (%2$s)) t (v)",
            "select %2$s union select %2$s",
            "select %2$s intersect select %2$s",
            "select %2$s except select %3$s",
            "select * from (values (%2$s, 1)) a (v, x) join (values (%2$s, 2), (%3$s, 3)) b (v, y) using (v)",
            "select v, rank() over (partition by v) from (values (%2$s), (%2$s)) t (v)",
            "select array_position(array[%2$s, %3$s], %3$s), array_remove(array[%2$s, %3$s], %2$s)");

    /** For types that have an order. */
    private static final List<String> ORDERING = List.of(
            "select %2$s < %3$s, %2$s <= %3$s, %2$s > %3$s, %2$s >= %3$s",
            "select %2$s between %2$s and %3$s, %2$s between symmetric %3$s and %2$s",
            "select greatest(%2$s, %3$s), least(%2$s, %3$s)",
            "select v from (values (%3$s), (%2$s), (null)) t (v) order by v nulls first",
            "select v from (values (%3$s), (%2$s), (null)) t (v) order by v desc",
            "select array_agg(v order by v desc) from (values (%2$s), (%3$s)) t (v)",
            "select v, dense_rank() over (order by v), ntile(2) over (order by v) from (values (%2$s), (%3$s)) t (v)",
            "select (%2$s, 1) < (%3$s, 0), row(%2$s) <= row(%3$s)",
            "select percentile_disc(0.5) within group (order by v) from (values (%2$s), (%3$s)) t (v)");

    private enum Order {
        NONE,
        FULL
    }

    private record Type(String name, Order order, String first, String second) {}

    private static List<Type> types() {
        return List.of(
                new Type("boolean", Order.FULL, "false", "true"),
                new Type("smallint", Order.FULL, "-3", "32767"),
                new Type("integer", Order.FULL, "-1", "2147483647"),
                new Type("bigint", Order.FULL, "5", "9007199254740993"),
                new Type("numeric", Order.FULL, "-0.50", "1234567890.0123456789"),
                new Type("numeric(8,2)", Order.FULL, "1.5", "999999.99"),
                new Type("real", Order.FULL, "0.1", "1e10"),
                new Type("double precision", Order.FULL, "-2.5", "Infinity"),
                new Type("money", Order.FULL, "1.25", "1000"),
                new Type("text", Order.FULL, "abc", "ünï ☺ ''q''"),
                new Type("varchar(12)", Order.FULL, "Abc", "x y"),
                new Type("char(4)", Order.FULL, "a", "bcd"),
                new Type("name", Order.FULL, "a_name", "other"),
                new Type("\"char\"", Order.FULL, "x", "y"),
                new Type("bytea", Order.FULL, "\\x00ff", "\\x616263"),
                new Type(
                        "uuid",
                        Order.FULL,
                        "00000000-0000-1000-8000-000000000001",
                        "a0eebc99-9c0b-1ef8-bb6d-6bb9bd380a11"),
                new Type("date", Order.FULL, "2024-02-29", "infinity"),
                new Type("time", Order.FULL, "01:02:03.5", "23:59:59"),
                new Type("timetz", Order.FULL, "01:02:03+02", "23:59:59-08"),
                new Type("timestamp", Order.FULL, "2024-01-01 00:00:00", "2026-06-01 12:30:15.123456"),
                new Type("timestamptz", Order.FULL, "2024-01-01 00:00:00+00", "2026-06-01 12:30:15.123456+02"),
                new Type("interval", Order.FULL, "1 day 02:03:04", "-2 years 3 mons"),
                new Type("inet", Order.FULL, "10.0.0.1/8", "2001:db8::1"),
                new Type("cidr", Order.FULL, "10.0.0.0/8", "192.168.1.0/24"),
                new Type("macaddr", Order.FULL, "08:00:2b:01:02:03", "ff:ff:ff:ff:ff:ff"),
                new Type("macaddr8", Order.FULL, "08:00:2b:01:02:03:04:05", "ff:ff:ff:ff:ff:ff:ff:ff"),
                new Type("bit(4)", Order.FULL, "0101", "1111"),
                new Type("varbit", Order.FULL, "1", "10101010"),
                new Type("json", Order.NONE, "{\"a\": [1, null]}", "\"text\""),
                new Type("jsonb", Order.FULL, "{\"b\": 1, \"a\": 2}", "[1, 2.50, \"x\"]"),
                new Type("xml", Order.NONE, "<a>1</a>", "<b/>"),
                new Type("point", Order.NONE, "(1,2)", "(-1.5,0)"),
                new Type("box", Order.NONE, "(2,2),(0,0)", "(1,1),(-1,-1)"),
                new Type("int4range", Order.FULL, "[1,5)", "empty"),
                new Type("numrange", Order.FULL, "(0.5,1.5]", "[2,)"),
                new Type(
                        "tstzrange", Order.FULL, "[2024-01-01 00:00+00,2024-02-01 00:00+00)", "(,2026-01-01 00:00+00]"),
                new Type("int4multirange", Order.FULL, "{[1,2),[4,6)}", "{}"),
                new Type("integer[]", Order.FULL, "{1,NULL,3}", "{{1,2},{3,4}}"),
                new Type("text[]", Order.FULL, "{a,\"b c\",NULL}", "{}"),
                new Type("tsvector", Order.FULL, "a:1 fat:2 cat:3", "dog"),
                new Type("tsquery", Order.FULL, "fat & cat", "!dog"),
                new Type("pg_lsn", Order.FULL, "0/10", "16/B374D848"),
                new Type("oid", Order.FULL, "1", "4294967295"),
                new Type("mood", Order.FULL, "sad", "ok"),
                new Type("point3", Order.FULL, "(1,2.50,label)", "(3,,\"a b\")"),
                new Type("positive", Order.FULL, "1", "7"));
    }

    @Override
    public String name() {
        return "combinations";
    }

    @Override
    public String operate(Endpoint endpoint) {
        var out = new JdbcTranscript();
        operations()
                .forEach((name, statements) -> out.operation(
                        name,
                        endpoint.url("preferQueryMode=simple"),
                        (connection, transcript) -> run(connection, transcript, statements)));
        return out.text();
    }

    private static void run(Connection connection, JdbcTranscript out, List<String> statements) throws Exception {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                if (sql.startsWith("copy")) {
                    out.attempt(() -> {
                        var copied = new StringWriter();
                        JdbcTranscript.own(connection).getCopyAPI().copyOut(sql, copied);
                        out.line(copied);
                    });
                } else {
                    out.execute(statement, sql);
                }
            }
        }
    }

    private static Map<String, List<String>> operations() {
        var operations = new LinkedHashMap<String, List<String>>();
        for (Type type : types()) {
            var forms = new ArrayList<>(FORMS);
            if (type.order() == Order.FULL) {
                forms.addAll(COMPARING);
                forms.addAll(ORDERING);
            }
            operations.put(
                    "values of " + type.name(),
                    forms.stream().map(form -> filled(form, type)).toList());
        }
        for (String left : NUMBERS) {
            var statements = new ArrayList<String>();
            for (String right : NUMBERS) {
                for (String operator : ARITHMETIC) {
                    statements.add("select 7::" + left + " " + operator + " 2::" + right + ", pg_typeof(7::" + left
                            + " " + operator + " 2::" + right + ")");
                }
            }
            operations.put("arithmetic of " + left, statements);
        }
        return operations;
    }

    private static String filled(String form, Type type) {
        return String.format(
                form,
                type.name(),
                "'" + type.first() + "'::" + type.name(),
                "'" + type.second() + "'::" + type.name(),
                type.name().replaceAll("[^a-z0-9]", "_"),
                type.first());
    }
}
