package org.countersign.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.countersign.connector.Bytes.message;
import static org.countersign.connector.Bytes.text;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.countersign.wire.postgres.Authentication;
import org.countersign.wire.postgres.BackendMessage;
import org.countersign.wire.postgres.DataRow;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two thousand conversations that break the protocol, each in another way and always in the same: each one ends, none gets
 * what it did not ask for, a good client is served all the time, and nothing remains of them.
 */
class HostileClientsTest {
    private static final int CONVERSATIONS = 2_000;
    private static final int WARM_UP = 60;
    private static final int AT_ONCE = 8;
    private static final long HEAP_GROWTH = 64 << 20;
    private static final long DIRECT_GROWTH = 96 << 20;
    private static final String MARK = "the-end-of-it";
    private static final byte[] LAST_QUESTION = Bytes.join(
            message('f', text("no")),
            message('S'),
            message('Q', text("rollback")),
            message('Q', text("select '" + MARK + "'")));

    @TempDir
    static Path directory;

    @Started
    private static DemoTarget target;

    private static TestGateway gateway;

    @BeforeAll
    static void start() throws IOException, SQLException {
        gateway = new TestGateway(
                target.upstream(), directory.resolve("journal"), 0, Optional.empty(), TestGateway.impatient(100));
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @Test
    void endsEveryOneServesTheGoodAndKeepsNothing() throws Exception {
        List<String> leaks = Belongings.leaks();
        hold(CONVERSATIONS, CONVERSATIONS + WARM_UP);
        nobodyIsLeft();
        Belongings before = Belongings.now();
        var over = new AtomicBoolean();
        int served;
        try (var good = Executors.newSingleThreadExecutor()) {
            Future<Integer> client = good.submit(() -> serveWhile(over));
            try {
                hold(0, CONVERSATIONS);
            } finally {
                over.set(true);
            }
            served = client.get();
        }
        assertThat(served).isGreaterThan(20);
        nobodyIsLeft();
        assertThat(serveOnce()).isTrue();
        nobodyIsLeft();
        await().atMost(Duration.ofSeconds(20)).until(() -> Belongings.socketsNow() <= before.sockets());
        Belongings after = Belongings.now();
        assertThat(after.heapBytes()).isLessThan(before.heapBytes() + HEAP_GROWTH);
        assertThat(after.directBytes()).isLessThan(before.directBytes() + DIRECT_GROWTH);
        Belongings.search();
        assertThat(leaks).isEmpty();
    }

    private static void nobodyIsLeft() {
        await().atMost(Duration.ofSeconds(30)).until(() -> gateway.sessions() == 0);
        await().atMost(Duration.ofSeconds(30))
                .until(() -> target.ask("select count(*) from pg_stat_activity where usename = 'shop_gateway'")
                        .equals("0"));
    }

    /** A good client that asks all the time; returns how often it was answered. */
    private static int serveWhile(AtomicBoolean over) throws Exception {
        int served = 0;
        try (var client = gateway.signIn("frank")) {
            while (!over.get()) {
                assertThat(client.query("select " + served + " * 2")).contains("[" + served * 2 + "]", "ready IDLE");
                served++;
            }
        }
        return served;
    }

    private static boolean serveOnce() throws Exception {
        try (var client = gateway.signIn("frank")) {
            return client.query("select 6 * 7").contains("[42]");
        }
    }

    private static void hold(int from, int to) throws Exception {
        var next = new AtomicInteger(from);
        try (var threads = Executors.newFixedThreadPool(AT_ONCE)) {
            var done = new ArrayList<Future<?>>();
            for (int i = 0; i < AT_ONCE; i++) {
                done.add(threads.submit(() -> {
                    for (int number = next.getAndIncrement(); number < to; number = next.getAndIncrement()) {
                        Conversation conversation = Conversation.of(number);
                        check(conversation, hold(conversation));
                    }
                    return null;
                }));
            }
            for (Future<?> one : done) {
                one.get();
            }
        }
    }

    private static Heard hold(Conversation conversation) throws IOException {
        try (var client = new ListeningClient(gateway.port())) {
            conversation.signIn().forEach(client::send);
            boolean good = !conversation.early() && client.hearReady();
            if (good || conversation.early()) {
                client.send(Bytes.join(conversation.rest().toArray(new byte[0][])));
            }
            if (good && conversation.asks()) {
                client.send(LAST_QUESTION);
                client.hear(HostileClientsTest::isLastAnswer);
            }
            switch (conversation.end()) {
                case HALF_CLOSE -> client.finish();
                case RESET -> {
                    client.reset();
                    return client.heard();
                }
                case SILENCE -> {
                    if (good || client.hearReady()) {
                        client.finish();
                    }
                }
            }
            client.hearOut();
            return client.heard();
        }
    }

    private static boolean isLastAnswer(BackendMessage message) {
        return message instanceof DataRow row && row.columns() == 1 && MARK.equals(row.text(0));
    }

    private static void check(Conversation conversation, Heard heard) {
        String name = conversation.name() + " " + RawClient.told(heard.messages());
        assertThat(heard.stalled()).as("left waiting: %s", name).isFalse();
        assertThat(heard.errors())
                .as(name)
                .allSatisfy(error -> assertThat(error.diagnostic().sqlState()).matches("[0-9A-Z]{5}"));
        assertThat(heard.errors().stream()
                        .filter(error -> error.diagnostic().severity().equals("FATAL"))
                        .count())
                .as(name)
                .isLessThanOrEqualTo(1);
        assertThat(heard.messages().stream()
                        .dropWhile(message -> !(message instanceof BackendMessage.ErrorResponse error
                                && error.diagnostic().severity().equals("FATAL")))
                        .count())
                .as("nothing behind a fatal error: %s", name)
                .isLessThanOrEqualTo(1);
        long asks = conversation.asks() ? 1 : 0;
        atMost(name, heard, Authentication.Ok.class, 1);
        atMost(
                name,
                heard,
                BackendMessage.ReadyForQuery.class,
                1 + 3 * asks + conversation.sent('Q') + conversation.sent('S') + conversation.sent('F'));
        atMost(name, heard, BackendMessage.ParseComplete.class, conversation.sent('P'));
        atMost(name, heard, BackendMessage.BindComplete.class, conversation.sent('B'));
        atMost(name, heard, BackendMessage.CloseComplete.class, conversation.sent('C'));
        atMost(
                name,
                heard,
                BackendMessage.CommandComplete.class,
                2 * asks + conversation.sent('Q') + conversation.sent('E'));
        if (conversation.sent('Q') + conversation.sent('E') + asks == 0) {
            atMost(name, heard, DataRow.class, 0);
        }
        boolean known = conversation.signIn().stream().anyMatch(HostileClientsTest::isPassword);
        if (!known) {
            atMost(name, heard, Authentication.Ok.class, 0);
        }
    }

    private static boolean isPassword(byte[] frame) {
        return new String(frame, java.nio.charset.StandardCharsets.ISO_8859_1).contains(TestCore.PASSWORD);
    }

    private static void atMost(String name, Heard heard, Class<? extends BackendMessage> kind, long most) {
        assertThat(heard.count(kind)).as("%s: %s", kind.getSimpleName(), name).isLessThanOrEqualTo(most);
    }
}
