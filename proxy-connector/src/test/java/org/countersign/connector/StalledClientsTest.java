package org.countersign.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.countersign.connector.Bytes.join;
import static org.countersign.connector.Bytes.message;
import static org.countersign.connector.Bytes.packet;
import static org.countersign.connector.Bytes.text;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.countersign.connector.net.ConnectionLimits;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A thousand clients that stop in the middle of whatever they do; a good one is served as if they were not there. */
class StalledClientsTest {
    private static final int PLACES = 600;
    private static final int STRANGERS = 900;
    private static final int SIGNED_IN = 60;
    private static final int NOT_READING = 40;
    private static final Duration BOUND = Duration.ofSeconds(20);
    private static final byte[] STARTUP = Bytes.startup("user", "frank", "database", "shop");
    private static final byte[] PASSWORD = message('p', text(TestCore.PASSWORD));
    private static final List<byte[]> STAGES = List.of(
            new byte[0],
            Arrays.copyOf(packet(80877103), 5),
            packet(80877103),
            Arrays.copyOf(STARTUP, STARTUP.length / 2),
            STARTUP,
            join(STARTUP, Arrays.copyOf(PASSWORD, 4)),
            join(STARTUP, Arrays.copyOf(PASSWORD, PASSWORD.length - 1)),
            join(Bytes.startup("user", "frank#1", "database", "shop"), new byte[] {'p'}));

    @TempDir
    static Path directory;

    @Started
    private static DemoTarget target;

    private static TestGateway gateway;

    @BeforeAll
    static void start() throws IOException, SQLException {
        gateway = new TestGateway(
                target.upstream(),
                directory.resolve("journal"),
                0,
                Optional.empty(),
                ConnectionLimits.standard(PLACES));
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @Test
    void keepNobodyFromBeingServed() throws Exception {
        var stalled = new ArrayList<AutoCloseable>();
        served();
        Duration alone = served();
        try (var early = gateway.signIn("frank")) {
            for (int i = 0; i < SIGNED_IN; i++) {
                var client = gateway.signIn("frank");
                stalled.add(client);
                client.send(new byte[] {'Q', 0, 0});
            }
            for (int i = 0; i < NOT_READING; i++) {
                var client = gateway.signIn("frank");
                stalled.add(client);
                client.send(message('Q', text("select repeat('x', 1000) from generate_series(1, 1000000)")));
            }
            for (int i = 0; i < STRANGERS; i++) {
                var socket = new Socket(InetAddress.getLoopbackAddress(), gateway.port());
                stalled.add(socket);
                socket.getOutputStream().write(STAGES.get(i % STAGES.size()));
            }
            await().atMost(BOUND).until(() -> gateway.sessions() <= PLACES / 2 + SIGNED_IN + NOT_READING + 1);
            Duration alongside = served();
            System.out.printf(
                    "a good client was served in %d ms beside %d stalled ones, in %d ms without them%n",
                    alongside.toMillis(), stalled.size(), alone.toMillis());
            assertThat(alongside).isLessThan(Duration.ofSeconds(1));
            assertThat(early.query("select 6 * 7")).contains("[42]", "ready IDLE");
        } finally {
            for (AutoCloseable client : stalled) {
                client.close();
            }
        }
        await().atMost(BOUND).until(() -> gateway.sessions() == 0);
        await().atMost(BOUND)
                .until(() -> target.ask("select count(*) from pg_stat_activity where usename = 'shop_gateway'")
                        .equals("0"));
    }

    /** From the connection to the answer of a question with masks. */
    private static Duration served() throws Exception {
        long begun = System.nanoTime();
        try (var client = gateway.signIn("mallory")) {
            assertThat(client.query("select id from payments where id = 7")).contains("[7]", "ready IDLE");
        }
        return Duration.ofNanos(System.nanoTime() - begun);
    }
}
