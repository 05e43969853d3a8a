package org.countersign.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.countersign.model.audit.FrameType;
import org.countersign.model.port.ApprovalDesk.End;
import org.countersign.model.port.ApprovalDesk.State;
import org.countersign.wire.postgres.BackendMessage.NoticeResponse;
import org.countersign.wire.postgres.FrontendMessage.Query;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes wrong between an approval and its command's end: the core learns what became of it, and never too much. */
class ApprovedCommandsTest {
    private static final String UPDATE = "update orders set note = 'approved' where id = 1";

    @Started
    private static DemoTarget target;

    @TempDir
    Path directory;

    private TestGateway gateway;

    @BeforeEach
    void start() throws IOException, SQLException {
        target.renew();
        gateway = new TestGateway(target.upstream(), directory.resolve("journal"), 0, Optional.empty());
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    @Test
    void whatRanIsSaidToHaveRun() throws Exception {
        try (var client = held(UPDATE)) {
            approve();

            assertThat(client.answers(1)).contains("UPDATE 1");
            awaitEnd(End.EXECUTED);
            assertThat(ran()).isTrue();
        }
    }

    @Test
    void whatTheTargetRefusesIsSaidNotToHaveRun() throws Exception {
        try (var client = held("update orders set amount = 1 / (id - id)")) {
            approve();

            assertThat(client.answers(1)).contains("ERROR 22012");
            awaitEnd(End.NOT_EXECUTED);
        }
    }

    @Test
    void nothingRunsForAnApprovalWhoseUseIsNotKnown() throws Exception {
        gateway.core.redeemed = () -> {
            throw new IllegalStateException("the answer is lost");
        };
        try (var client = held(UPDATE)) {
            approve();

            assertThat(client.answers(1)).contains("ERROR 57P03");
            awaitEnd(End.NOT_EXECUTED);
            assertThat(ran()).isFalse();
            assertThat(client.query("select 1")).contains("[1]");
        }
    }

    @Test
    void nothingRunsForASessionThatEndsWhileItsApprovalIsUsed() throws Exception {
        var ended = new CountDownLatch(1);
        var using = new CountDownLatch(1);
        gateway.core.redeemed = () -> {
            using.countDown();
            pass(ended);
        };
        try (var client = held(UPDATE)) {
            approve();
            pass(using);
            gateway.endAll();
            ended.countDown();

            assertThat(client.answers(1)).containsExactly("FATAL 57P01", "closed");
            awaitEnd(End.NOT_EXECUTED);
            assertThat(ran()).isFalse();
        }
    }

    @Test
    void nothingRunsForAnApprovalWhoseUseCannotBeRecorded() throws Exception {
        var journal = gateway.log;
        gateway.log = (session, entries) -> entries.stream()
                        .anyMatch(entry -> entry.type() == FrameType.VERDICT.code()
                                && new String(entry.payload(), StandardCharsets.UTF_8).contains("\"approval\":\""))
                ? CompletableFuture.failedStage(new IOException("no room"))
                : journal.append(session, entries);
        try (var client = held(UPDATE)) {
            approve();

            assertThat(client.answers(1)).containsExactly("FATAL SD006", "closed");
            awaitEnd(End.NOT_EXECUTED);
            assertThat(ran()).isFalse();
        }
    }

    @Test
    void whatIsNotSeenToEndIsNeitherSaidToHaveRunNorNot() throws Exception {
        try (var client = held(UPDATE);
                var other = target.superuser();
                var lock = other.createStatement()) {
            other.setAutoCommit(false);
            lock.execute("select from orders where id = 1 for update");
            approve();
            await().until(() -> target.ask("select count(*) from pg_stat_activity where wait_event_type = 'Lock'")
                    .equals("1"));
            gateway.endAll();
            awaitEnd(End.UNKNOWN);
        }
    }

    private RawClient held(String sql) throws Exception {
        var client = gateway.signIn("orders-agent");
        client.send(new Query(sql));
        assertThat(client.receive()).isInstanceOf(NoticeResponse.class);
        return client;
    }

    private void approve() {
        gateway.core.settle(gateway.core.approvals.values().iterator().next(), State.APPROVED, "seen");
    }

    private void awaitEnd(End end) {
        await().untilAsserted(() -> assertThat(gateway.core.approvals.values())
                .singleElement()
                .satisfies(approval -> assertThat(approval.end).isEqualTo(end)));
    }

    private static void pass(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean ran() throws SQLException {
        return target.ask("select note from orders where id = 1").equals("approved");
    }
}
