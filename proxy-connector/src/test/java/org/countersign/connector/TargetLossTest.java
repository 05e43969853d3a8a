package org.countersign.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.countersign.connector.metrics.Metric;
import org.countersign.model.audit.FrameType;
import org.countersign.model.port.ApprovalDesk.State;
import org.countersign.wire.postgres.BackendMessage.NoticeResponse;
import org.countersign.wire.postgres.FrontendMessage.Query;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whichever side goes, and whenever: the other is told what is true, the recording says it, and nothing stays behind. */
class TargetLossTest {
    private static final Pattern OUTCOME = Pattern.compile("\"outcome\":\"([a-z]+)\"");
    private static final String SLOW = "select count(*) from customers, pg_sleep(60)";
    private static final String HELD = "update orders set status = 'held' where id = 1";
    private final List<String> outcomes = new CopyOnWriteArrayList<>();
    private final List<FrameType> frames = new CopyOnWriteArrayList<>();

    @Started
    private static DemoTarget target;

    @TempDir
    Path directory;

    private CutTarget wire;
    private TestGateway gateway;

    /** How the target goes. */
    private enum Loss {
        TERMINATED("FATAL 57P01"),
        RESET("FATAL 08006"),
        CLOSED("FATAL 08006");

        private final String told;

        Loss(String told) {
            this.told = told;
        }
    }

    @BeforeEach
    void start() throws IOException, SQLException {
        target.renew(); // what a lost session ran may still run
        wire = new CutTarget(target.upstream());
        gateway = new TestGateway(wire.upstream(), directory.resolve("journal"), 0, Optional.empty());
        var journal = gateway.log;
        gateway.log = (session, entries) -> {
            entries.forEach(entry -> {
                frames.add(FrameType.of(entry.type()));
                var outcome = OUTCOME.matcher(new String(entry.payload(), StandardCharsets.UTF_8));
                if (entry.type() == FrameType.FINISHED.code() && outcome.find()) {
                    outcomes.add(outcome.group(1));
                }
            });
            return journal.append(session, entries);
        };
    }

    @AfterEach
    void stop() throws IOException {
        gateway.close();
        wire.close();
    }

    @ParameterizedTest
    @EnumSource(Loss.class)
    void endsAnIdleSession(Loss loss) throws Exception {
        try (var client = gateway.signIn("frank")) {
            client.query("select 1");
            lose(loss);
            assertThat(client.answers(1)).containsExactly(loss.told, "closed");
            nothingIsLeft("executed");
        }
    }

    @ParameterizedTest
    @EnumSource(Loss.class)
    void endsASessionInsideATransaction(Loss loss) throws Exception {
        try (var client = gateway.signIn("frank")) {
            client.query("begin");
            client.query("update orders set note = 'lost' where id = 2");
            lose(loss);
            assertThat(client.answers(1)).containsExactly(loss.told, "closed");
            nothingIsLeft("executed", "executed");
        }
        assertThat(target.ask("select count(*) from orders where note = 'lost'"))
                .isEqualTo("0");
    }

    @ParameterizedTest
    @EnumSource(Loss.class)
    void saysOfWhatRanOnlyWhatIsKnown(Loss loss) throws Exception {
        try (var client = gateway.signIn("frank")) {
            client.send(new Query(SLOW));
            awaitOnTarget("wait_event = 'PgSleep'");
            lose(loss);
            assertThat(client.answers(1)).endsWith(loss.told, "closed");
            nothingIsLeft(loss == Loss.TERMINATED ? "failed" : "unknown");
        }
    }

    @ParameterizedTest
    @EnumSource(Loss.class)
    void withdrawsWhatIsHeld(Loss loss) throws Exception {
        try (var client = gateway.signIn("orders-agent")) {
            client.send(new Query(HELD));
            assertThat(client.receive()).isInstanceOf(NoticeResponse.class);
            lose(loss);
            assertThat(client.answers(1)).containsExactly(loss.told, "closed");
            withdrawn();
            nothingIsLeft("refused");
        }
    }

    @ParameterizedTest
    @EnumSource(Loss.class)
    void endsASessionDuringAnAnalysis(Loss loss) throws Exception {
        try (var blocker = target.direct();
                var client = gateway.signIn("frank")) {
            target.run("alter table orders owner to shop_gateway");
            blocker.query("begin");
            blocker.query("lock table orders in access exclusive mode");
            client.send(new Query("update orders set status = 'never' where id = 3"));
            awaitOnTarget("wait_event_type = 'Lock'");
            if (loss == Loss.TERMINATED) {
                target.run("select pg_terminate_backend(pid) from pg_stat_activity where wait_event_type = 'Lock'");
            } else {
                lose(loss);
            }
            assertThat(client.answers(1)).containsExactly(loss.told, "closed");
            nothingIsLeft("refused");
            assertThat(frames).doesNotContain(FrameType.VERDICT);
        }
    }

    @Test
    void endsWhatIsUnderWayWhenTheGatewayStops() throws Exception {
        try (var running = gateway.signIn("frank");
                var held = gateway.signIn("orders-agent")) {
            running.send(new Query(SLOW));
            awaitOnTarget("wait_event = 'PgSleep'");
            held.send(new Query(HELD));
            assertThat(held.receive()).isInstanceOf(NoticeResponse.class);
            gateway.endAll();
            assertThat(running.answers(1)).endsWith("FATAL 57P01", "closed");
            assertThat(held.answers(1)).containsExactly("FATAL 57P01", "closed");
            withdrawn();
            assertThat(outcomes).containsExactlyInAnyOrder("unknown", "refused");
        }
    }

    @Test
    void answersAClientThatSaysNothingMore() throws Exception {
        try (var client = gateway.signIn("frank")) {
            client.send(new Query("select generate_series(1, 20000)"), new Query("select 2"))
                    .endOfInput();
            assertThat(client.answers(2)).contains("[20000]", "[2]").doesNotContain("closed");
            assertThat(client.answers(1)).containsExactly("closed");
            nothingIsLeft("executed", "executed");
        }
    }

    @Test
    void withdrawsWhatIsHeldForAClientThatLeaves() throws Exception {
        try (var client = gateway.signIn("orders-agent")) {
            client.send(new Query(HELD));
            assertThat(client.receive()).isInstanceOf(NoticeResponse.class);
            client.endOfInput();
            withdrawn();
            nothingIsLeft("refused");
        }
    }

    private void lose(Loss loss) throws Exception {
        switch (loss) {
            case TERMINATED ->
                target.run("select pg_terminate_backend(pid) from pg_stat_activity where usename = 'shop_gateway'");
            case RESET -> wire.reset();
            case CLOSED -> wire.cut();
        }
    }

    private void awaitOnTarget(String condition) {
        await().until(() -> !target.ask(
                        "select count(*) from pg_stat_activity where usename = 'shop_gateway' and " + condition)
                .equals("0"));
    }

    private void withdrawn() {
        await().untilAsserted(() -> assertThat(gateway.core.approvals.values())
                .singleElement()
                .satisfies(approval -> assertThat(approval.state).isEqualTo(State.WITHDRAWN)));
    }

    private void nothingIsLeft(String... ends) {
        await().until(() -> gateway.metrics.value(Metric.CONNECTIONS) == 0);
        assertThat(gateway.sessions()).isZero();
        assertThat(gateway.metrics.value(Metric.SESSIONS)).isZero();
        assertThat(gateway.metrics.value(Metric.HELD)).isZero();
        assertThat(outcomes).containsExactly(ends);
        assertThat(frames.getLast()).isEqualTo(FrameType.SESSION_CLOSED);
    }
}
