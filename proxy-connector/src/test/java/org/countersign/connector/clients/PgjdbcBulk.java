package org.countersign.connector.clients;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.countersign.connector.clients.JdbcTranscript.Operation;
import org.postgresql.copy.CopyIn;
import org.postgresql.copy.CopyManager;

/** Batches, fetches and COPY. */
final class PgjdbcBulk {
    private PgjdbcBulk() {}

    static Map<String, Operation> all() {
        var all = new LinkedHashMap<String, Operation>();
        all.put("batch", PgjdbcBulk::batch);
        all.put("batch that fails", PgjdbcBulk::failingBatch);
        all.put("batch with keys", PgjdbcBulk::batchWithKeys);
        all.put("batch of statements", PgjdbcBulk::statementBatch);
        all.put("large batch", PgjdbcBulk::largeBatch);
        all.put("cursor", PgjdbcBulk::cursor);
        all.put("interleaved cursors", PgjdbcBulk::interleaved);
        all.put("scrolling", PgjdbcBulk::scrolling);
        all.put("row limit", PgjdbcBulk::rowLimit);
        all.put("cursor from a function", PgjdbcBulk::refcursor);
        all.put("copy in", PgjdbcBulk::copyIn);
        all.put("copy in cancelled", PgjdbcBulk::copyCancelled);
        all.put("copy in that fails", PgjdbcBulk::copyFails);
        all.put("copy out", PgjdbcBulk::copyOut);
        all.put("copy binary", PgjdbcBulk::copyBinary);
        all.put("copy large", PgjdbcBulk::copyLarge);
        return all;
    }

    static void batch(Connection connection, JdbcTranscript out) throws Exception {
        try (Statement statement = connection.createStatement()) {
            out.execute(statement, "create temp table batched (i int primary key, t text, n numeric)");
        }
        try (PreparedStatement insert = connection.prepareStatement("insert into batched values (?, ?, ?)")) {
            for (int i = 0; i < 300; i++) {
                insert.setInt(1, i);
                insert.setString(2, i % 7 == 0 ? null : "grün ✓ " + i);
                insert.setBigDecimal(3, java.math.BigDecimal.valueOf(i, 2));
                insert.addBatch();
            }
            out.line(Arrays.toString(insert.executeBatch()));
        }
        try (Statement statement = connection.createStatement()) {
            out.execute(
                    statement, "select count(*), sum(n), count(t), md5(string_agg(t, ',' order by i)) from batched");
        }
    }

    private static void failingBatch(Connection connection, JdbcTranscript out) throws Exception {
        try (Statement statement = connection.createStatement()) {
            out.execute(statement, "create temp table batched (i int primary key)");
        }
        for (boolean auto : new boolean[] {true, false}) {
            connection.setAutoCommit(auto);
            try (PreparedStatement insert = connection.prepareStatement("insert into batched values (?)")) {
                for (int i : new int[] {1, 2, 2, 3}) {
                    insert.setInt(1, i);
                    insert.addBatch();
                }
                out.attempt(() -> out.line(Arrays.toString(insert.executeBatch())));
            }
            if (!auto) {
                connection.rollback();
            }
            try (Statement statement = connection.createStatement()) {
                out.execute(statement, "select * from batched order by i");
            }
        }
        connection.rollback();
    }

    private static void batchWithKeys(Connection connection, JdbcTranscript out) throws Exception {
        try (Statement statement = connection.createStatement()) {
            out.execute(statement, "create temp table keyed (i int generated always as identity, t text)");
        }
        try (PreparedStatement insert =
                connection.prepareStatement("insert into keyed (t) values (?)", new String[] {"i"})) {
            for (String t : new String[] {"a", "b", "c"}) {
                insert.setString(1, t);
                insert.addBatch();
            }
            out.line(Arrays.toString(insert.executeBatch()));
            out.rows(insert.getGeneratedKeys());
        }
    }

    private static void statementBatch(Connection connection, JdbcTranscript out) throws Exception {
        try (Statement statement = connection.createStatement()) {
            statement.addBatch("create temp table s (i int)");
            statement.addBatch("insert into s values (1), (2)");
            statement.addBatch("update s set i = i + 1");
            statement.addBatch("delete from s where i = 3");
            out.line(Arrays.toString(statement.executeBatch()));
            statement.addBatch("insert into s values (4)");
            statement.addBatch("select * from s");
            out.attempt(() -> out.line(Arrays.toString(statement.executeBatch())));
            out.execute(statement, "select * from s");
        }
    }

    private static void largeBatch(Connection connection, JdbcTranscript out) throws Exception {
        connection.setAutoCommit(false);
        try (PreparedStatement update = connection.prepareStatement("update entries set amount = ? where id = ?")) {
            for (int i = 0; i < 2000; i++) {
                update.setInt(1, i);
                update.setInt(2, 1 + i % 600);
                update.addBatch();
            }
            out.line(Arrays.stream(update.executeBatch()).sum());
        }
        connection.rollback();
    }

    static void cursor(Connection connection, JdbcTranscript out) throws Exception {
        connection.setAutoCommit(false);
        try (PreparedStatement select =
                connection.prepareStatement("select i, repeat('x', i % 50) from generate_series(1, ?) i")) {
            select.setFetchSize(37);
            select.setInt(1, 1000);
            long sum = 0;
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    sum += rows.getInt(1) * (1L + rows.getString(2).length());
                }
            }
            out.line(sum);
            try (ResultSet left = select.executeQuery()) {
                left.next();
                out.line(left.getInt(1));
            }
        }
        connection.commit();
    }

    private static void interleaved(Connection connection, JdbcTranscript out) throws Exception {
        connection.setAutoCommit(false);
        try (PreparedStatement one = connection.prepareStatement("select i from generate_series(1, 7) i");
                PreparedStatement two =
                        connection.prepareStatement("select 1 / (5 - i) from generate_series(1, 9) i")) {
            one.setFetchSize(2);
            two.setFetchSize(3);
            try (ResultSet a = one.executeQuery();
                    ResultSet b = two.executeQuery()) {
                out.attempt(() -> {
                    while (a.next() && b.next()) {
                        out.line(a.getInt(1) + " " + b.getInt(1));
                    }
                });
            }
        }
        connection.rollback();
    }

    private static void scrolling(Connection connection, JdbcTranscript out) throws Exception {
        try (Statement statement = connection.createStatement(
                        ResultSet.TYPE_SCROLL_INSENSITIVE,
                        ResultSet.CONCUR_READ_ONLY,
                        ResultSet.HOLD_CURSORS_OVER_COMMIT);
                ResultSet rows = statement.executeQuery("select id from entries order by id limit 20")) {
            rows.last();
            out.line(rows.getRow());
            rows.relative(-3);
            out.line(rows.getInt(1));
            rows.beforeFirst();
            rows.next();
            out.line(rows.getInt(1));
        }
    }

    private static void rowLimit(Connection connection, JdbcTranscript out) throws Exception {
        try (Statement statement = connection.createStatement()) {
            statement.setMaxRows(3);
            out.execute(statement, "select id from entries order by id");
        }
    }

    private static void refcursor(Connection connection, JdbcTranscript out) throws Exception {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select cursors()")) {
            rows.next();
            out.rows((ResultSet) rows.getObject(1));
        }
        connection.commit();
    }

    private static CopyManager prepared(Connection connection, JdbcTranscript out) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            out.execute(statement, "create temp table copied (i int primary key, t text)");
        }
        return JdbcTranscript.own(connection).getCopyAPI();
    }

    private static void copyIn(Connection connection, JdbcTranscript out) throws Exception {
        CopyManager copy = prepared(connection, out);
        out.line(copy.copyIn("copy copied from stdin", new StringReader("1\tone\n2\t\\N\n3\tü😀\\\\\n")));
        out.line(copy.copyIn(
                "copy copied (t, i) from stdin with (format csv, header, null 'nil')",
                new StringReader("t,i\n\"a \"\"b\"\"\n\",4\nnil,5\n")));
        out.line(copy.copyIn("copy copied from stdin", new ByteArrayInputStream(new byte[0])));
        try (Statement statement = connection.createStatement()) {
            out.execute(statement, "select * from copied order by i");
        }
    }

    private static void copyCancelled(Connection connection, JdbcTranscript out) throws Exception {
        CopyIn copying = prepared(connection, out).copyIn("copy copied from stdin");
        out.line(copying.getFormat() + " " + copying.getFieldCount() + " " + copying.getFieldFormat(0));
        byte[] row = "1\tx\n".getBytes(StandardCharsets.UTF_8);
        copying.writeToCopy(row, 0, row.length);
        copying.cancelCopy();
        try (Statement statement = connection.createStatement()) {
            out.execute(statement, "select count(*) from copied");
        }
    }

    private static void copyFails(Connection connection, JdbcTranscript out) throws Exception {
        CopyManager copy = prepared(connection, out);
        for (String data : new String[] {"x\ty\n", "1\n", "1\ta\n1\tb\n", "\\x00\n"}) {
            out.attempt(() -> out.line(copy.copyIn("copy copied from stdin", new StringReader(data))));
        }
        out.attempt(() -> out.line(copy.copyIn("copy no_such from stdin", new StringReader("1\n"))));
        out.attempt(() -> out.line(copy.copyIn("copy copied (nothing) from stdin", new StringReader("1\n"))));
        try (Statement statement = connection.createStatement()) {
            out.execute(statement, "select count(*) from copied");
        }
    }

    private static void copyOut(Connection connection, JdbcTranscript out) throws Exception {
        CopyManager copy = JdbcTranscript.own(connection).getCopyAPI();
        for (String sql : new String[] {
            "copy (select * from every_type order by id) to stdout",
            "copy (select * from every_type order by id) to stdout with (format csv, header, force_quote *)",
            "copy (select name, id from entries where id < 9) to stdout with (delimiter '|')",
            "copy (select where false) to stdout",
            "copy (select 1 / (3 - i) from generate_series(1, 5) i) to stdout",
            "copy no_such to stdout"
        }) {
            var written = new StringWriter();
            out.attempt(() -> out.line(copy.copyOut(sql, written)));
            out.line(written);
        }
    }

    private static void copyBinary(Connection connection, JdbcTranscript out) throws Exception {
        CopyManager copy = JdbcTranscript.own(connection).getCopyAPI();
        var bytes = new ByteArrayOutputStream();
        out.line(copy.copyOut("copy (select * from every_type where id <> 2) to stdout (format binary)", bytes));
        out.line(HexFormat.of().formatHex(bytes.toByteArray()));
        try (Statement statement = connection.createStatement()) {
            out.execute(statement, "create temp table binary_copy (like every_type)");
            out.attempt(() -> out.line(copy.copyIn(
                    "copy binary_copy from stdin (format binary)", new ByteArrayInputStream(bytes.toByteArray()))));
            out.execute(statement, "select id, c_text, c_composites, c_multirange from binary_copy order by id");
        }
    }

    private static void copyLarge(Connection connection, JdbcTranscript out) throws Exception {
        CopyManager copy = prepared(connection, out);
        var data = new StringBuilder();
        for (int i = 0; i < 20_000; i++) {
            data.append(i).append('\t').append("row ".repeat(i % 30)).append('\n');
        }
        out.line(copy.copyIn("copy copied from stdin", new StringReader(data.toString())));
        var written = new StringWriter();
        out.line(copy.copyOut("copy (select * from copied order by i) to stdout", written));
        out.line(written.toString().contentEquals(data));
    }
}
