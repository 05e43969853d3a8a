package org.countersign.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bytes that no driver would send, against the running gateway: they hurt nobody but their sender. */
@ExtendWith(RunningGateway.class)
class WireSystemTest {
    private static final int PI = 1610;
    private static final int RELOAD_CONFIGURATION = 2621;
    private static final byte[] SSL_REQUEST = HexFormat.of().parseHex("0000000804d2162f");
    private static final int ANSWER_MILLIS = 15_000;
    private final Gateway gateway;

    WireSystemTest(Gateway gateway) {
        this.gateway = gateway;
    }

    @Test
    void plaintextGluedToAnSslRequestClosesTheConnection() throws IOException {
        try (Socket client = open()) {
            send(client, SSL_REQUEST, startup("frank", "lab18"));
            String answer = rest(client);
            assertThat(answer).doesNotStartWith("R").doesNotContain("Z\0");
        }
        othersWork();
    }

    @ParameterizedTest
    @ValueSource(strings = {"00000000", "00000003", "ffffffff", "7fffffff", "00002711", "47455420"})
    void aStartupPacketOfAnImpossibleLengthClosesTheConnection(String length) throws IOException {
        try (Socket client = open()) {
            send(client, HexFormat.of().parseHex(length + "00030000"));
            assertThat(rest(client)).startsWith("E").contains("08P01");
        }
        othersWork();
    }

    @Test
    void aSecondStartupMessageDuringTheSignInClosesTheConnection() throws IOException {
        try (Socket client = open()) {
            send(client, startup("support-agent", "lab18"), startup("postgres", "lab18"), new byte[10_000]);
            assertThat(rest(client)).doesNotContain("Z\0\0\0\5");
        }
        othersWork();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Q", "P", "B", "E", "S", "H", "C", "D", "F", "d", "c", "f"})
    void noMessageButThePasswordIsTakenDuringTheSignIn(String tag) throws IOException {
        try (Socket client = open()) {
            send(client, startup("frank", "lab18"), message(tag.charAt(0), "\0\0\0\0\0\0\0\0"));
            assertThat(rest(client)).contains("08P01").doesNotContain("Z\0\0\0\5");
        }
        othersWork();
    }

    @ParameterizedTest
    @ValueSource(strings = {"5100000000", "5100000003", "51ffffffff", "517fffffff", "7e00000004", "70000000057800"})
    void aMessageOfAnImpossibleFormEndsTheSession(String message) throws IOException {
        try (Socket client = signedIn("frank", "lab18")) {
            send(client, HexFormat.of().parseHex(message));
            assertThat(rest(client)).contains("08P01");
        }
        othersWork();
    }

    @Test
    void theFastPathIsJudgedLikeTheSelectOfItsFunctionAndTheSessionGoesOn() throws IOException {
        try (Socket client = signedIn("frank", "lab18")) {
            send(client, functionCall(RELOAD_CONFIGURATION), query("select 'goes' || 'on'"));
            assertThat(until(client, "goeson")).contains("42501").contains("pg_reload_conf");
            send(client, functionCall(PI), query("select 'goes' || 'on'"));
            assertThat(until(client, "goeson")).contains("3.14159");
        }
    }

    /** A call by protocol without arguments. */
    private static byte[] functionCall(int oid) {
        return HexFormat.of().parseHex("460000000e%08x000000000000".formatted(oid));
    }

    @Test
    void halfOpenSignInsEndInTimeAndHurtNobody() throws IOException {
        List<Socket> stalled = new ArrayList<>();
        try {
            for (int i = 0; i < 60; i++) {
                Socket client = open();
                stalled.add(client);
                byte[] startup = startup("frank", "lab18");
                send(
                        client,
                        switch (i % 3) {
                            case 0 -> new byte[0];
                            case 1 -> startup;
                            default -> java.util.Arrays.copyOf(startup, 10);
                        });
            }
            Instant before = Instant.now();
            othersWork();
            assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(5));
            for (Socket client : stalled) {
                assertThat(rest(client)).contains("28000");
            }
        } finally {
            for (Socket client : stalled) {
                client.close();
            }
        }
    }

    @ParameterizedTest
    @FieldSource("org.countersign.system.Lab#TARGETS")
    void clientsThatDoNotReadDoNotHurtOthers(String target) throws IOException, SQLException {
        gateway.lab()
                .prepare(
                        target,
                        "drop table if exists public.plenty",
                        "create table public.plenty as select i, repeat('x', 500) as t from generate_series(1, 200000) as i",
                        "grant select on public.plenty to shop_gateway");
        List<Socket> slow = new ArrayList<>();
        try {
            for (int i = 0; i < 6; i++) {
                Socket client = signedIn("frank", target);
                slow.add(client);
                send(client, query("select * from public.plenty"));
            }
            for (int round = 0; round < 5; round++) {
                othersWork();
            }
            assertThat(until(slow.getFirst(), "SELECT 200000")).contains("SELECT 200000");
        } finally {
            for (Socket client : slow) {
                client.close();
            }
        }
        othersWork();
    }

    @Test
    void aFloodOfRequestsWhoseAnswersNobodyReadsIsStopped() throws Exception {
        try (Socket client = signedIn("frank", "lab18")) {
            byte[] flood = query("").clone();
            var many = new ByteArrayOutputStream();
            for (int i = 0; i < 10_000; i++) {
                many.write(flood);
            }
            var writer = Thread.ofVirtual().start(() -> {
                try {
                    for (int i = 0; i < 3_000; i++) {
                        client.getOutputStream().write(many.toByteArray());
                    }
                } catch (IOException e) {
                    // closed by the test
                }
            });
            assertThat(writer.join(Duration.ofSeconds(4)))
                    .as("the gateway took everything")
                    .isFalse();
            othersWork();
        }
    }

    private void othersWork() {
        assertThat(gateway.psql("frank", "lab18").run("select 40 + 2").rows()).containsExactly("42");
    }

    private Socket open() throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), gateway.postgresPort());
        socket.setSoTimeout(ANSWER_MILLIS);
        return socket;
    }

    private Socket signedIn(String user, String target) throws IOException {
        Socket client = open();
        send(client, startup(user, target));
        until(client, "R\0\0\0\10\0\0\0\3");
        send(client, message('p', gateway.token(user) + "\0"));
        assertThat(until(client, "Z\0\0\0\5I")).contains("Z\0\0\0\5I");
        return client;
    }

    private static void send(Socket client, byte[]... parts) throws IOException {
        var all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.write(part);
        }
        client.getOutputStream().write(all.toByteArray());
        client.getOutputStream().flush();
    }

    private static byte[] startup(String user, String database) throws IOException {
        byte[] parameters = ("user\0" + user + "\0database\0" + database + "\0\0").getBytes(StandardCharsets.UTF_8);
        var out = new ByteArrayOutputStream();
        var data = new DataOutputStream(out);
        data.writeInt(8 + parameters.length);
        data.writeInt(3 << 16);
        data.write(parameters);
        return out.toByteArray();
    }

    private static byte[] query(String sql) throws IOException {
        return message('Q', sql + "\0");
    }

    private static byte[] message(char tag, String content) throws IOException {
        byte[] body = content.getBytes(StandardCharsets.UTF_8);
        var out = new ByteArrayOutputStream();
        var data = new DataOutputStream(out);
        data.writeByte(tag);
        data.writeInt(4 + body.length);
        data.write(body);
        return out.toByteArray();
    }

    /** Everything until the gateway closes. */
    private static String rest(Socket client) throws IOException {
        return until(client, "\0never\0");
    }

    /** What comes until this was seen or the connection is closed; keeps the last 64 kB. */
    private static String until(Socket client, String seen) throws IOException {
        var got = new StringBuilder();
        byte[] read = new byte[65_536];
        try {
            while (got.indexOf(seen) < 0) {
                int bytes = client.getInputStream().read(read);
                if (bytes < 0) {
                    break;
                }
                got.delete(0, Math.max(0, got.length() - 65_536));
                got.append(new String(read, 0, bytes, StandardCharsets.ISO_8859_1));
            }
        } catch (SocketException e) {
            // reset: closed as well
        }
        return got.toString();
    }
}
