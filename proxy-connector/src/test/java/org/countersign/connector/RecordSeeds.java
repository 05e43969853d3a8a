package org.countersign.connector;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.StringReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.countersign.model.port.SessionGrant.Upstream;
import org.postgresql.PGConnection;

/**
 * Writes what pgjdbc and a real server say to each other behind the startup packet: the seeds of the decoders' fuzzing.
 * Run by hand, with the directory of the decoders' test resources.
 */
final class RecordSeeds {
    private RecordSeeds() {}

    interface Talk {
        void with(Connection connection) throws SQLException, IOException;
    }

    public static void main(String[] args) throws Exception {
        Path resources = Path.of(args[0]);
        Path directory = Files.createTempDirectory("target");
        try (DemoTarget target = DemoTarget.start(directory)) {
            target.renew();
            record(target, resources, "statements", RecordSeeds::statements);
            record(target, resources, "copy", RecordSeeds::copy);
            record(target, resources, "failures", RecordSeeds::failures);
        }
    }

    private static void statements(Connection connection) throws SQLException {
        try (var prepared =
                connection.prepareStatement("select id, email, $$;$$ from customers where id < ? order by id")) {
            for (int i = 0; i < 6; i++) {
                prepared.setInt(1, 3);
                prepared.executeQuery().close();
            }
        }
        try (var statement = connection.createStatement()) {
            statement.execute("create temp table noted (id int, note text)");
        }
        connection.setAutoCommit(false);
        try (var insert = connection.prepareStatement("insert into noted (id, note) values (?, ?)")) {
            insert.setInt(1, 1);
            insert.setString(2, "é");
            insert.addBatch();
            insert.setInt(1, 2);
            insert.setString(2, null);
            insert.addBatch();
            insert.executeBatch();
        }
        try (var fetched = connection.createStatement()) {
            fetched.setFetchSize(2);
            var rows = fetched.executeQuery("select generate_series(1, 5), now(), 1.5::numeric, '{1,null}'::int[]");
            while (rows.next()) {
                rows.getObject(1);
            }
        }
        connection.rollback();
    }

    private static void copy(Connection connection) throws SQLException, IOException {
        var copies = connection.unwrap(PGConnection.class).getCopyAPI();
        copies.copyOut(
                "copy (select id, email from customers order by id limit 3) to stdout", new ByteArrayOutputStream());
        copies.copyOut("copy (select 1, 'x') to stdout (format binary)", new ByteArrayOutputStream());
        try (var statement = connection.createStatement()) {
            statement.execute("create temp table t (a int, b text)");
        }
        copies.copyIn("copy t from stdin", new StringReader("1\tx\n2\t\\N\n"));
        copies.copyIn("copy t from stdin").cancelCopy();
    }

    private static void failures(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(
                    "do $$ begin raise notice 'noticed'; end $$; listen here; notify here, 'told'; set timezone to 'UTC'");
            for (String wrong :
                    new String[] {"selec 1", "select 1/0", "select * from nothing", "insert into orders (id) values (1)"
                    }) {
                try {
                    statement.execute(wrong);
                } catch (SQLException expected) {
                    connection.clearWarnings();
                }
            }
        }
    }

    private static void record(DemoTarget target, Path resources, String name, Talk talk) throws Exception {
        var said = new ByteArrayOutputStream();
        var answered = new ByteArrayOutputStream();
        Upstream upstream = target.upstream();
        try (var listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread.startVirtualThread(() -> pass(listener, upstream, said, answered));
            try (Connection connection = DriverManager.getConnection(
                    "jdbc:postgresql://127.0.0.1:" + listener.getLocalPort() + "/" + upstream.database()
                            + "?sslmode=disable&gssEncMode=disable",
                    upstream.user(),
                    upstream.password().reveal())) {
                talk.with(connection);
            }
        }
        write(resources, "FrontendDecoderFuzzTest", name, said);
        write(resources, "BackendDecoderFuzzTest", name, answered);
    }

    private static void write(Path resources, String test, String name, ByteArrayOutputStream bytes)
            throws IOException {
        Path directory = resources.resolve(test + "Inputs").resolve("readsFramesAndNothingElse");
        Files.createDirectories(directory);
        Files.write(directory.resolve(name), bytes.toByteArray());
    }

    private static void pass(ServerSocket listener, Upstream upstream, OutputStream said, OutputStream answered) {
        try (Socket client = listener.accept();
                var server = new Socket(upstream.host(), upstream.port())) {
            var in = new DataInputStream(client.getInputStream());
            int length = in.readInt();
            var opening = new byte[length - Integer.BYTES];
            in.readFully(opening);
            var out = server.getOutputStream();
            out.write(new byte[] {(byte) (length >> 24), (byte) (length >> 16), (byte) (length >> 8), (byte) length});
            out.write(opening);
            Thread back = Thread.startVirtualThread(() -> copy(server, client, answered));
            copy(in, out, said);
            server.shutdownOutput();
            back.join();
        } catch (IOException | InterruptedException closed) {
            throw new IllegalStateException(closed);
        }
    }

    private static void copy(Socket from, Socket to, OutputStream beside) {
        try {
            copy(from.getInputStream(), to.getOutputStream(), beside);
        } catch (IOException closed) {
            throw new IllegalStateException(closed);
        }
    }

    private static void copy(InputStream from, OutputStream to, OutputStream beside) throws IOException {
        byte[] piece = new byte[8_192];
        for (int bytes = from.read(piece); bytes >= 0; bytes = from.read(piece)) {
            to.write(piece, 0, bytes);
            beside.write(piece, 0, bytes);
        }
    }
}
