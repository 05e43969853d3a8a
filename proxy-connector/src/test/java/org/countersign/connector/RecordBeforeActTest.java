package org.countersign.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.countersign.connector.intercept.FrameLog;
import org.countersign.model.audit.FrameType;
import org.countersign.wire.postgres.FrontendMessage.Query;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Nothing happens and nothing is told before its record is on the disk; without a record, never. */
class RecordBeforeActTest {
    private static final String WRITE = "update orders set note = 'unrecorded' where id = 31";

    @TempDir
    static Path directory;

    private static DemoTarget target;
    private static TestGateway gateway;
    private static FrameLog journal;

    @BeforeAll
    static void start() throws IOException, SQLException {
        target = DemoTarget.start(directory.resolve("target"), GatewayOverPostgresTest.freePort());
        gateway = new TestGateway(target.upstream(), directory.resolve("journal"), 0, Optional.empty());
        journal = gateway.log;
    }

    @AfterAll
    static void stop() {
        gateway.close();
        target.close();
    }

    @BeforeEach
    void untouched() throws SQLException {
        target.run("update orders set note = 'before' where id = 31");
    }

    @AfterEach
    void mended() {
        gateway.log = journal;
    }

    @ParameterizedTest
    @EnumSource(
            value = FrameType.class,
            names = {"RECEIVED", "VERDICT"})
    void aCommandThatCannotBeRecordedDoesNotRun(FrameType type) throws Exception {
        try (var client = signedIn()) {
            failing(type);
            assertThat(client.query(WRITE)).containsExactly("FATAL SD006", "closed");
        }
        assertThat(note()).isEqualTo("before");
        await().until(() -> gateway.sessions() == 0);
    }

    @Test
    void aResponseThatCannotBeRecordedIsNotShown() throws Exception {
        try (var client = signedIn()) {
            failing(FrameType.RESPONSE);
            assertThat(client.query("select note from orders where id = 31")).containsExactly("FATAL SD006", "closed");
        }
    }

    @Test
    void aSessionThatCannotBeRecordedDoesNotOpen() {
        failing(FrameType.SESSION_OPENED);
        assertThat(org.assertj.core.api.Assertions.catchThrowable(RecordBeforeActTest::signedIn))
                .isInstanceOf(IOException.class);
    }

    @Test
    void aJournalThatThrowsEndsTheSession() throws Exception {
        try (var client = signedIn()) {
            gateway.log = (session, frames) -> {
                throw new IllegalStateException("broken");
            };
            assertThat(client.query(WRITE)).containsExactly("FATAL SD006", "closed");
        }
        assertThat(note()).isEqualTo("before");
    }

    @Test
    void everyStepWaitsForItsRecord() throws Exception {
        try (var client = signedIn()) {
            Deque<CompletableFuture<Void>> open = holding();
            client.send(new Query(WRITE));
            await().until(() -> open.size() == 1);
            assertThat(client.silent(150)).isTrue();
            assertThat(note()).as("received").isEqualTo("before");
            open.remove().complete(null);
            await().until(() -> open.size() == 1);
            assertThat(client.silent(150)).isTrue();
            assertThat(note()).as("verdict").isEqualTo("before");
            open.remove().complete(null);
            await().until(() -> open.size() == 1);
            assertThat(note()).as("response").isEqualTo("unrecorded");
            assertThat(client.silent(150)).isTrue();
            gateway.log = journal;
            open.remove().complete(null);
            assertThat(client.answers(1)).containsExactly("UPDATE 1", "ready IDLE");
        }
    }

    /** A journal on which each frame waits until the test lets it through. */
    private static Deque<CompletableFuture<Void>> holding() {
        Deque<CompletableFuture<Void>> open = new ConcurrentLinkedDeque<>(new ArrayDeque<>());
        gateway.log = (session, frames) -> {
            var durable = new CompletableFuture<Void>();
            open.add(durable);
            return durable;
        };
        return open;
    }

    private static void failing(FrameType failing) {
        gateway.log = (session, frames) -> frames.stream().anyMatch(frame -> frame.type() == failing.code())
                ? CompletableFuture.failedFuture(new IOException("no space left"))
                : journal.append(session, frames);
    }

    private static String note() throws SQLException {
        return target.ask("select note from orders where id = 31");
    }

    private static RawClient signedIn() throws Exception {
        return RawClient.signedIn(gateway.port(), "frank", TestCore.PASSWORD);
    }
}
