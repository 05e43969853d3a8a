package org.countersign.connector.clients;

import java.math.BigDecimal;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.countersign.connector.clients.JdbcTranscript.Operation;
import org.postgresql.util.PGInterval;
import org.postgresql.util.PGobject;

/** Queries and values, done in every query mode. */
final class PgjdbcStatements {
    private PgjdbcStatements() {}

    static Map<String, Operation> all() {
        var all = new LinkedHashMap<String, Operation>();
        all.put("every type", PgjdbcStatements::everyType);
        all.put("every type again and again", PgjdbcStatements::everyTypeRepeated);
        all.put("parameters of many types", PgjdbcStatements::parameters);
        all.put("writes and generated keys", PgjdbcStatements::writes);
        all.put("several statements", PgjdbcStatements::severalStatements);
        all.put("errors and recovery", PgjdbcStatements::errors);
        all.put("notices", PgjdbcStatements::notices);
        all.put("calls", PgjdbcStatements::calls);
        all.put("empty and odd texts", PgjdbcStatements::oddTexts);
        all.put("large values", PgjdbcStatements::largeValues);
        all.put("changed table", PgjdbcStatements::changedTable);
        return all;
    }

    private static void everyType(Connection connection, JdbcTranscript out) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("select * from every_type order by id")) {
            out.rows(select.executeQuery());
        }
    }

    private static void everyTypeRepeated(Connection connection, JdbcTranscript out) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("select * from every_type where id = ?")) {
            for (int round = 0; round < 6; round++) {
                select.setInt(1, 1 + round % 4);
                out.rows(select.executeQuery());
            }
        }
    }

    private static void parameters(Connection connection, JdbcTranscript out) throws SQLException {
        for (int round = 0; round < 3; round++) {
            try (PreparedStatement select =
                    connection.prepareStatement("select ?::bool, ?::int2, ?::int4, ?::int8, ?::numeric,"
                            + " ?::float4, ?::float8, ?::text, ?::bytea, ?::uuid, ?::date, ?::time, ?::timestamp, ?::timestamptz,"
                            + " ?::interval, ?::jsonb, ?::int[], ?::text[], ?::int4range, ?::mood, ?::inet, ?::int")) {
                select.setBoolean(1, true);
                select.setShort(2, Short.MIN_VALUE);
                select.setInt(3, Integer.MAX_VALUE);
                select.setLong(4, Long.MIN_VALUE);
                select.setBigDecimal(5, new BigDecimal("-12345678901234567890.000100"));
                select.setFloat(6, 1.17549435E-38f);
                select.setDouble(7, Double.POSITIVE_INFINITY);
                select.setString(8, "Grüße 世界 😀 ' \" \\ \n\t");
                select.setBytes(9, new byte[] {0, 1, (byte) 0xff, '\\', '\''});
                select.setObject(10, UUID.fromString("a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11"));
                select.setObject(11, LocalDate.of(2024, 2, 29));
                select.setObject(12, LocalTime.of(23, 59, 59, 999_999_000));
                select.setObject(13, LocalDateTime.of(1, 1, 1, 0, 0));
                select.setObject(14, OffsetDateTime.of(2024, 12, 31, 23, 59, 59, 0, ZoneOffset.ofHours(5)));
                select.setObject(15, new PGInterval("1 mon -2 days 03:04:05.6"));
                select.setObject(16, typed("jsonb", "{\"a\": [1, null]}"));
                select.setArray(17, connection.createArrayOf("int4", new Object[] {1, null, 3}));
                select.setArray(18, connection.createArrayOf("text", new Object[][] {{"a", null}, {"", "{x}"}}));
                select.setObject(19, typed("int4range", "[1,5)"));
                select.setObject(20, "happy ☺", Types.OTHER);
                select.setObject(21, typed("inet", "::1"));
                select.setNull(22, Types.INTEGER);
                out.rows(select.executeQuery());
            }
        }
    }

    private static PGobject typed(String type, String value) throws SQLException {
        var object = new PGobject();
        object.setType(type);
        object.setValue(value);
        return object;
    }

    private static void writes(Connection connection, JdbcTranscript out) throws Exception {
        try (Statement statement = connection.createStatement()) {
            out.execute(statement, "delete from entries where name like 'jdbc%'");
            out.line(statement.executeUpdate(
                    "insert into entries (id, name) values (9000, 'jdbc one')", new String[] {"id", "name"}));
            out.rows(statement.getGeneratedKeys());
            out.execute(statement, "update entries set amount = 3 where name like 'jdbc%'");
            out.execute(statement, "update entries set amount = 4 where name = 'nobody'");
            out.execute(
                    statement,
                    "insert into entries (id, name) select i, 'jdbc ' || i from generate_series(9001, 9003) i returning id, name");
        }
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into entries (id, name, amount) values (?, ?, ?)", Statement.RETURN_GENERATED_KEYS)) {
            for (int i = 0; i < 4; i++) {
                insert.setInt(1, 9010 + i);
                insert.setString(2, "jdbc prepared " + i);
                insert.setBigDecimal(3, i == 2 ? null : BigDecimal.valueOf(i));
                out.line(insert.executeUpdate());
                out.rows(insert.getGeneratedKeys());
            }
        }
        try (Statement updatable =
                        connection.createStatement(ResultSet.TYPE_SCROLL_SENSITIVE, ResultSet.CONCUR_UPDATABLE);
                ResultSet rows =
                        updatable.executeQuery("select id, name, amount from entries where id >= 9010 order by id")) {
            rows.absolute(2);
            rows.updateString("name", "jdbc updated");
            rows.updateRow();
            rows.last();
            rows.deleteRow();
            rows.moveToInsertRow();
            rows.updateInt("id", 9020);
            rows.updateString("name", "jdbc inserted");
            rows.insertRow();
        }
        try (Statement statement = connection.createStatement()) {
            out.execute(statement, "select id, name, amount from entries where id >= 9000 order by id");
        }
    }

    private static void severalStatements(Connection connection, JdbcTranscript out) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            out.execute(statement, "select 1; select 'two'; select 3 as three");
            out.execute(
                    statement,
                    "create temp table several (i int); insert into several values (1), (2); select * from several");
            out.execute(statement, "insert into several values (3); select 1 / 0; select 4");
            out.execute(statement, "select * from several");
            out.execute(statement, "select 1; selec 2");
            out.execute(statement, "; ; select 5;");
            out.execute(statement, "begin; insert into several values (6); rollback; select count(*) from several");
        }
        try (PreparedStatement both = connection.prepareStatement("select ?::int; select ?::text")) {
            both.setInt(1, 1);
            both.setString(2, "two");
            out.results(both, both.execute());
        }
    }

    private static void errors(Connection connection, JdbcTranscript out) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : new String[] {
                "selec 1",
                "select * from entries where",
                "select * from no_such_table",
                "select no_such_column from entries",
                "select no_such_function(1)",
                "select 1 / 0",
                "select 'x'::int",
                "select '{\"a\":'::json",
                "insert into entries (name) values ('entry 1')",
                "insert into entries (name) values (null)",
                "insert into entries (name, amount) values ('jdbc negative', -1)",
                "insert into child values (1, -1)",
                "select (-1)::positive",
                "select 'angry'::mood",
                "select raising('error', 'of the function')",
                "select pg_sleep('x')",
                "select '\u00fc' || no_such",
                "select still_wrong; select 1"
            }) {
                out.execute(statement, sql);
            }
            out.execute(statement, "select 'recovered'");
        }
        try (PreparedStatement cast = connection.prepareStatement("select ?::text::int")) {
            for (String value : new String[] {"1", "x", "2", "99999999999", "3"}) {
                cast.setString(1, value);
                try {
                    out.rows(cast.executeQuery());
                } catch (SQLException failure) {
                    out.failed(failure);
                }
            }
        }
    }

    private static void notices(Connection connection, JdbcTranscript out) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            out.execute(statement, "select raising('notice', 'one'), raising('warning', 'two')");
            statement.clearWarnings();
            out.execute(statement, "do $$ begin raise info 'info'; raise log 'log'; raise debug 'debug'; end $$");
            statement.clearWarnings();
            out.execute(statement, "set client_min_messages = warning");
            out.execute(statement, "select raising('notice', 'hidden'), raising('warning', 'seen')");
            out.execute(statement, "drop table if exists not_there");
        }
    }

    private static void calls(Connection connection, JdbcTranscript out) throws Exception {
        try (CallableStatement call = connection.prepareCall("{? = call lower(?)}")) {
            call.registerOutParameter(1, Types.VARCHAR);
            call.setString(2, "LOUD");
            call.execute();
            out.line(call.getString(1));
        }
        try (CallableStatement call = connection.prepareCall("{call both_ways(?, ?)}")) {
            call.setInt(1, 21);
            call.registerOutParameter(1, Types.INTEGER);
            call.registerOutParameter(2, Types.VARCHAR);
            call.execute();
            out.line(call.getInt(1) + " " + call.getString(2));
        }
        try (Statement statement = connection.createStatement()) {
            out.execute(statement, "delete from entries where name = 'jdbc called'");
        }
        out.attempt(() -> {
            try (PreparedStatement call = connection.prepareStatement("call add_entry(?)")) {
                call.setString(1, "jdbc called");
                out.results(call, call.execute());
            }
        });
    }

    private static void oddTexts(Connection connection, JdbcTranscript out) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            out.execute(statement, "");
            out.execute(statement, ";");
            out.execute(statement, "-- a comment");
            out.execute(statement, "/* one */ select /* two */ 'it''s' -- three\n");
            out.execute(statement, "select $$dollar ; quoted$$, $q$ ? $q$, '?', \"name\" from entries limit 1;");
            out.execute(statement, "{fn now()} is no statement");
            out.execute(statement, "select {fn concat('a', 'b')}, {d '2024-02-29'}, {ts '2024-02-29 12:00:00'}");
            out.execute(statement, "select jsonb_exists('{\"a\": 1}'::jsonb, 'a'), '{\"a\": 1}'::jsonb ?? 'a'");
            out.execute(statement, "select U&'d\\0061t\\+000061', E'\\x41', B'101', X'1F', 1_000");
        }
    }

    private static void largeValues(Connection connection, JdbcTranscript out) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("select ?::text, ?::bytea, length(?::text)")) {
            String large = "0123456789äöü☃".repeat(20_000);
            select.setString(1, large);
            select.setBytes(2, new byte[100_000]);
            select.setString(3, large);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                out.line(row.getString(1).equals(large) + " " + row.getBytes(2).length + " " + row.getInt(3));
            }
        }
        try (Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery("select i, repeat(md5(i::text), 1000) from generate_series(1, 200) i")) {
            long hash = 0;
            while (rows.next()) {
                hash = hash * 31 + rows.getString(2).hashCode() + rows.getInt(1);
            }
            out.line(hash);
        }
    }

    private static void changedTable(Connection connection, JdbcTranscript out) throws Exception {
        try (Statement statement = connection.createStatement();
                PreparedStatement select = connection.prepareStatement("select * from changing")) {
            out.execute(statement, "create temp table changing as select 1 as a");
            for (int round = 0; round < 3; round++) {
                out.attempt(() -> out.rows(select.executeQuery()));
            }
            out.execute(statement, "alter table changing add column b text default 'new'");
            for (int round = 0; round < 3; round++) {
                out.attempt(() -> out.rows(select.executeQuery()));
            }
        }
    }
}
