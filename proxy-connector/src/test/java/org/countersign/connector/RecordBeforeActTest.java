package org.countersign.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.countersign.model.audit.FrameType;
import org.countersign.wire.postgres.FrontendMessage.Query;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Nothing happens and nothing is told before its record is on the disk; without a record, never. */
class RecordBeforeActTest {
    private static final String WRITE = "update orders set note = 'unrecorded' where id = 31";

    @Started
    private static DemoTarget target;

    @Started
    private static TestGateway gateway;

    @BeforeEach
    void untouched() throws SQLException {
        target.run("update orders set note = 'before' where id = 31");
    }

    @ParameterizedTest
    @EnumSource(
            value = FrameType.class,
            names = {"RECEIVED", "VERDICT"})
    void aCommandThatCannotBeRecordedDoesNotRun(FrameType type) throws Exception {
        try (var client = gateway.signIn("frank")) {
            failing(type);
            assertThat(client.query(WRITE)).containsExactly("FATAL SD006", "closed");
        }
        assertThat(note()).isEqualTo("before");
        await().until(() -> gateway.sessions() == 0);
    }

    @Test
    void aResponseThatCannotBeRecordedIsNotShown() throws Exception {
        try (var client = gateway.signIn("frank")) {
            failing(FrameType.RESPONSE);
            assertThat(client.query("select note from orders where id = 31")).containsExactly("FATAL SD006", "closed");
        }
    }

    @Test
    void aSessionThatCannotBeRecordedDoesNotOpen() {
        failing(FrameType.SESSION_OPENED);
        assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> gateway.signIn("frank")))
                .isInstanceOf(IOException.class);
    }

    @Test
    void aJournalThatThrowsEndsTheSession() throws Exception {
        try (var client = gateway.signIn("frank")) {
            gateway.log = (session, frames) -> {
                throw new IllegalStateException("broken");
            };
            assertThat(client.query(WRITE)).containsExactly("FATAL SD006", "closed");
        }
        assertThat(note()).isEqualTo("before");
    }

    @Test
    void everyStepWaitsForItsRecord() throws Exception {
        try (var client = gateway.signIn("frank")) {
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
            gateway.log = gateway.written;
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
                : gateway.written.append(session, frames);
    }

    private static String note() throws SQLException {
        return target.ask("select note from orders where id = 31");
    }
}
