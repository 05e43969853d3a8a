package org.countersign.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import javax.management.ObjectName;
import org.countersign.connector.metrics.Metric;
import org.countersign.connector.metrics.MetricsBean;
import org.countersign.connector.net.ConnectionLimits;
import org.countersign.connector.net.SessionLimits;
import org.countersign.connector.net.SessionTimes;
import org.countersign.model.port.ApprovalDesk.State;
import org.countersign.wire.postgres.BackendMessage.ErrorResponse;
import org.countersign.wire.postgres.BackendMessage.NoticeResponse;
import org.countersign.wire.postgres.BackendMessage.ReadyForQuery;
import org.countersign.wire.postgres.Diagnostic;
import org.countersign.wire.postgres.FrontendMessage.Flush;
import org.countersign.wire.postgres.FrontendMessage.Parse;
import org.countersign.wire.postgres.FrontendMessage.Query;
import org.countersign.wire.postgres.FrontendMessage.Sync;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every limit holds, is counted, and says what it is in PostgreSQL's own codes. */
class LimitsTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final SessionTimes PATIENT = SessionTimes.standard();

    @TempDir
    static Path directory;

    @Started
    private static DemoTarget target;

    @Test
    void saysThatAllConnectionsAreTakenUntilOneIsFree() throws Exception {
        try (var gateway = gateway("total", connections(2, 2), sessions(PATIENT))) {
            try (var one = frank(gateway);
                    var two = frank(gateway)) {
                assertThatThrownBy(() -> frank(gateway)).hasMessage("53300 sorry, too many clients already");
                assertThat(one.query("select 1")).contains("[1]");
                assertThat(two.query("select 1")).contains("[1]");
            }
            await().until(() -> gateway.metrics.value(Metric.CONNECTIONS) == 0);
            try (var three = frank(gateway)) {
                assertThat(three.query("select 1")).contains("[1]");
            }
            assertThat(gateway.metrics.value(Metric.CONNECTIONS_REFUSED)).isEqualTo(1);
        }
    }

    @Test
    void closesWithoutAWordWhatIsFarBeyondTheTotal() throws Exception {
        var stalled = new ArrayList<Socket>();
        try (var gateway = gateway("flood", connections(1, 1), sessions(PATIENT));
                var first = frank(gateway)) {
            for (int i = 0; i < 64; i++) {
                stalled.add(new Socket(InetAddress.getLoopbackAddress(), gateway.port()));
            }
            await().until(() -> gateway.metrics.value(Metric.CONNECTIONS) == 65);
            try (var beyond = new Socket(InetAddress.getLoopbackAddress(), gateway.port())) {
                beyond.setSoTimeout(20_000);
                assertThat(beyond.getInputStream().read()).isEqualTo(-1);
            }
            assertThat(first.query("select 1")).contains("[1]");
        } finally {
            for (Socket socket : stalled) {
                socket.close();
            }
        }
    }

    @Test
    void countsThePlacesOfEachPrincipalForItself() throws Exception {
        try (var gateway = gateway("principal", connections(10, 1), sessions(PATIENT))) {
            try (var frank = frank(gateway)) {
                assertThatThrownBy(() -> frank(gateway)).hasMessage("53300 too many connections for \"frank\"");
                try (var agent = gateway.signIn("support-agent")) {
                    assertThat(agent.query("select 1")).contains("[1]");
                }
                assertThat(frank.query("select 1")).contains("[1]");
            }
            await().until(() -> gateway.sessions() == 0);
            try (var again = frank(gateway)) {
                assertThat(again.query("select 1")).contains("[1]");
            }
            assertThat(gateway.metrics.value(Metric.PRINCIPAL_CONNECTIONS_REFUSED))
                    .isEqualTo(1);
        }
    }

    @Test
    void endsWhatDoesNotSignIn() throws Exception {
        var limits = new ConnectionLimits(10, 10, SECOND, SECOND, 10_000);
        try (var gateway = gateway("login", limits, sessions(PATIENT));
                var silent = new RawClient(gateway.port())) {
            assertThat(silent.receive()).satisfies(told -> assertError(told, "FATAL", "28000"));
            assertThat(silent.answers(1)).containsExactly("closed");
            assertThat(gateway.metrics.value(Metric.SIGN_INS_TIMED_OUT)).isEqualTo(1);
        }
    }

    @Test
    void endsAnIdleSessionButNoneThatWorks() throws Exception {
        var times = new SessionTimes(SECOND, Duration.ZERO, Duration.ofHours(1));
        try (var gateway = gateway("idle", connections(10, 10), sessions(times));
                var client = frank(gateway)) {
            assertThat(client.query("select pg_sleep(1.5)")).contains("ready IDLE");
            assertThat(client.query("begin")).contains("ready IN_TRANSACTION");
            assertThat(client.silent(1500)).isTrue();
            assertThat(client.query("commit")).contains("ready IDLE");
            assertThat(client.answers(1)).containsExactly("FATAL 57P05", "closed");
            assertThat(gateway.metrics.value(Metric.IDLE_TIMED_OUT)).isEqualTo(1);
            await().until(() -> gateway.metrics.value(Metric.SESSIONS) == 0);
        }
    }

    @Test
    void endsASessionThatIsIdleInATransaction() throws Exception {
        var times = new SessionTimes(Duration.ZERO, SECOND, Duration.ofHours(1));
        try (var gateway = gateway("idle-in", connections(10, 10), sessions(times));
                var client = frank(gateway)) {
            assertThat(client.silent(1500)).isTrue();
            client.query("begin");
            client.query("select 1/0");
            assertThat(client.answers(1)).containsExactly("FATAL 25P03", "closed");
            assertThat(gateway.metrics.value(Metric.IDLE_IN_TRANSACTION_TIMED_OUT))
                    .isEqualTo(1);
        }
    }

    @Test
    void givesAHeldCommandUp() throws Exception {
        var times = new SessionTimes(Duration.ZERO, Duration.ZERO, SECOND);
        try (var gateway = gateway("held", connections(10, 10), sessions(times));
                var client = gateway.signIn("orders-agent")) {
            client.send(new Query("update orders set status = 'held' where id = 1"));
            assertThat(client.receive()).isInstanceOf(NoticeResponse.class);
            assertThat(gateway.metrics.value(Metric.HELD)).isEqualTo(1);
            assertThat(client.receive()).satisfies(told -> assertError(told, "ERROR", "SD003"));
            assertThat(client.receive()).isInstanceOf(ReadyForQuery.class);
            assertThat(gateway.core.approvals.values())
                    .singleElement()
                    .satisfies(approval -> assertThat(approval.state).isEqualTo(State.WITHDRAWN));
            assertThat(gateway.metrics.value(Metric.HELD)).isZero();
            assertThat(gateway.metrics.value(Metric.HELD_TIMED_OUT)).isEqualTo(1);
            assertThat(client.query("select 1")).contains("[1]");
        }
    }

    @Test
    void refusesAStatementThatIsTooLong() throws Exception {
        var limits = SessionLimits.of(64 << 10, 1024, 1 << 20, 16, 16, 1 << 20, PATIENT);
        try (var gateway = gateway("statement", connections(10, 10), limits);
                var client = frank(gateway)) {
            // 520 characters, 1030 bytes
            String tooLong = "select '" + "é".repeat(511) + "'";
            assertThat(client.query(tooLong)).containsExactly("ERROR 54000", "ready IDLE");
            assertThat(client.send(new Parse("", tooLong, List.of()), new Sync())
                            .answers(1))
                    .containsExactly("ERROR 54000", "ready IDLE");
            assertThat(client.query("select '" + "é".repeat(500) + "'")).hasSize(4);
            assertThat(gateway.metrics.value(Metric.STATEMENTS_TOO_LARGE)).isEqualTo(2);
        }
    }

    @Test
    void endsASessionThatSendsTooMuchAtOnce() throws Exception {
        var limits = SessionLimits.of(64 << 10, 1024, 1 << 20, 16, 16, 1 << 20, PATIENT);
        try (var gateway = gateway("message", connections(10, 10), limits)) {
            try (var client = frank(gateway)) {
                client.send(new Query("x".repeat(64 << 10)));
                assertThat(client.answers(1)).containsExactly("FATAL 54000", "closed");
            }
            try (var client = frank(gateway)) {
                for (int i = 0; i < 17; i++) {
                    client.send(new Parse("", "select 1", List.of()));
                }
                assertThat(client.answers(1)).containsExactly("FATAL 54000", "closed");
            }
            assertThat(gateway.metrics.value(Metric.BATCHES_TOO_LONG)).isEqualTo(1);
            assertThat(gateway.metrics.value(Metric.MESSAGES_TOO_LARGE)).isEqualTo(2);
        }
    }

    @Test
    void refusesToPrepareTooMuch() throws Exception {
        var limits = SessionLimits.of(64 << 10, 1024, 1 << 20, 100, 16, 1 << 20, PATIENT);
        try (var gateway = gateway("prepared", connections(10, 10), limits);
                var client = frank(gateway)) {
            IntStream.range(0, 16).forEach(i -> send(client, new Parse("s" + i, "select " + i, List.of())));
            assertThat(client.send(new Sync()).answers(1)).hasSize(17).contains("ready IDLE");
            assertThat(client.send(new Parse("more", "select 1", List.of()), new Flush(), new Sync())
                            .answers(1))
                    .containsExactly("ERROR 54000", "ready IDLE");
            assertThat(client.query("deallocate s3")).contains("DEALLOCATE");
            assertThat(client.send(new Parse("more", "select 1", List.of()), new Sync())
                            .answers(1))
                    .containsExactly("ParseComplete", "ready IDLE");
            assertThat(gateway.metrics.value(Metric.PREPARED_TOO_MANY)).isPositive();
        }
    }

    @Test
    void letsAnAnalysisWaitForALockHoweverSoonATargetHasToBeReached() throws Exception {
        var hasty = new ConnectionLimits(10, 10, Duration.ofSeconds(10), Duration.ofSeconds(1), 10_000);
        try (var gateway = gateway("hasty", hasty, sessions(PATIENT));
                var blocker = target.direct();
                var client = frank(gateway)) {
            target.run("create table locked (id int)", "alter table locked owner to shop_gateway");
            blocker.query("begin");
            blocker.query("lock table locked in access exclusive mode");
            assertThat(client.query("insert into locked values (1)")).containsExactly("ERROR 55P03", "ready IDLE");
            blocker.query("rollback");
            assertThat(client.query("insert into locked values (1)")).contains("INSERT 0 1");
        }
    }

    @Test
    void showsEveryCountAsAnAttribute() throws Exception {
        var server = ManagementFactory.getPlatformMBeanServer();
        var name = new ObjectName(MetricsBean.NAME);
        try (var gateway = gateway("bean", connections(10, 10), sessions(PATIENT));
                var client = frank(gateway);
                var bean = MetricsBean.open(gateway.metrics)) {
            assertThat(bean.getMBeanInfo().getAttributes()).hasSize(Metric.values().length);
            assertThat(server.getAttribute(name, "Sessions")).isEqualTo(1L);
            assertThat(server.getAttribute(name, "SessionsOpened")).isEqualTo(1L);
            assertThat(server.getAttribute(name, "AnalysisCacheWindowSeconds")).isEqualTo(5L);
            for (int i = 0; i < 3; i++) {
                client.query("select " + i);
            }
            assertThat(server.getAttribute(name, "AnalysisCacheHits")).isEqualTo(2L);
            client.close();
            await().until(() -> server.getAttribute(name, "Sessions").equals(0L));
        }
        assertThat(server.isRegistered(name)).isFalse();
    }

    private static void send(RawClient client, Parse parse) {
        try {
            client.send(parse);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void assertError(Object told, String severity, String sqlState) {
        assertThat(told).isInstanceOfSatisfying(ErrorResponse.class, error -> {
            assertThat(error.diagnostic().severity()).isEqualTo(severity);
            assertThat(error.diagnostic().sqlState()).isEqualTo(sqlState);
            assertThat(error.diagnostic().field(Diagnostic.HINT)).isPresent();
        });
    }

    private static TestGateway gateway(String name, ConnectionLimits connections, SessionLimits sessions)
            throws IOException {
        return new TestGateway(target.upstream(), directory.resolve(name), connections, sessions);
    }

    private static ConnectionLimits connections(int total, int perPrincipal) {
        return new ConnectionLimits(total, perPrincipal, Duration.ofSeconds(10), Duration.ofSeconds(10), 10_000);
    }

    private static SessionLimits sessions(SessionTimes times) {
        return SessionLimits.standard(times);
    }

    private static RawClient frank(TestGateway gateway) throws Exception {
        return gateway.signIn("frank");
    }
}
