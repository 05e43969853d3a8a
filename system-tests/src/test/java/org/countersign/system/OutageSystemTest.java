package org.countersign.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What clients meet when a part is gone, and that it heals without a restart. */
@ExtendWith(RunningGateway.class)
class OutageSystemTest {
    private static final int UNRECORDED_OFFSET = 4200;
    private static final String QUERY = "select count(*) from orders";
    private final Gateway gateway;

    OutageSystemTest(Gateway gateway) {
        this.gateway = gateway;
    }

    @Test
    void aTargetThatIsDownIsSaidToBe() {
        LabPolicy.change(gateway, """
                apiVersion: countersign/v1
                kind: Target
                metadata: {name: lab-down, labels: {env: lab}}
                spec:
                  protocol: postgresql
                  address: 127.0.0.1:9
                  database: shop
                  tls: disable
                  credential: {username: nobody, secret: "file:%s"}
                """.formatted(gateway.lab().passwordFile()));
        Psql.Result result = gateway.psql("frank", "lab-down").run(QUERY);
        assertThat(result.exit()).isNotZero();
        assertThat(result.err()).contains("FATAL").contains("lab-down");
    }

    @Test
    void signedTokensStayGoodWhileTheIdentityProviderIsSilent() throws Exception {
        String token = gateway.token("support-agent");
        assertThat(gateway.psqlWith("support-agent", token, "shop").run(QUERY).rows())
                .containsExactly("3000");
        paused(
                "keycloak",
                () -> assertThat(gateway.psqlWith("support-agent", token, "shop")
                                .run(QUERY)
                                .rows())
                        .containsExactly("3000"));
    }

    @Test
    void aPolicyThatTheStoreDoesNotConfirmDecidesNothing() throws Exception {
        String token = gateway.token("support-agent");
        try (var agent = gateway.connect("support-agent", "shop");
                var statement = agent.createStatement()) {
            assertThat(statement.execute(QUERY)).isTrue();
            paused(
                    "store",
                    () -> await().atMost(Duration.ofSeconds(40))
                            .pollInterval(Duration.ofSeconds(1))
                            .until(() -> stateOf(statement).equals("57P03")));
            await().atMost(Duration.ofSeconds(30))
                    .pollInterval(Duration.ofSeconds(1))
                    .until(() -> stateOf(statement).equals("ran"));
        }
        assertThat(gateway.psqlWith("support-agent", token, "shop").run(QUERY).rows())
                .containsExactly("3000");
    }

    @Test
    void aStoreThatIsDownAtStartIsSaidToBe() {
        var output = RunningGateway.countersign(
                Path.of("target", "home-without-store").toAbsolutePath(),
                4000,
                Map.of(
                        "COUNTERSIGN_DB_URL", "jdbc:postgresql://127.0.0.1:9/countersign",
                        "COUNTERSIGN_DB_USER", "countersign",
                        "COUNTERSIGN_DB_PASSWORD", "not-needed"),
                "demo",
                "--detach");
        assertThat(output.exit()).isNotZero();
        assertThat(output.text()).contains("127.0.0.1:9").doesNotContain("not-needed");
    }

    @Test
    void aPortThatIsTakenIsNamed() throws IOException {
        try (var taken = new ServerSocket(15432 + 4100, 1, InetAddress.getLoopbackAddress())) {
            var output = RunningGateway.countersign(
                    Path.of("target", "home-without-port").toAbsolutePath(), 4100, Map.of(), "demo", "--detach");
            assertThat(output.exit()).isNotZero();
            assertThat(output.text()).contains(Integer.toString(taken.getLocalPort()));
        }
    }

    @Test
    void withoutAJournalNothingPassesAndItHealsByItself() throws Exception {
        Path home = Path.of("target", "home-without-journal").toAbsolutePath();
        RunningGateway.deleteTree(home);
        try (var journal = new UnwritableDirectory(home.resolve("journal"))) {
            var started = RunningGateway.countersign(home, UNRECORDED_OFFSET, Map.of(), "demo", "--detach");
            assertThat(started.exit()).as(started.text()).isZero();
            var unrecorded = new Gateway(home, UNRECORDED_OFFSET, gateway.lab());
            Psql.Result refused = unrecorded.psql("support-agent", "shop").run(QUERY);
            assertThat(refused.exit()).isNotZero();
            assertThat(refused.err()).contains("cannot record");
            journal.close();
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> unrecorded
                            .psql("support-agent", "shop")
                            .run(QUERY)
                            .rows()
                            .equals(List.of("3000")));
        } finally {
            RunningGateway.countersign(home, UNRECORDED_OFFSET, Map.of(), "stop");
        }
    }

    private static String stateOf(java.sql.Statement statement) {
        try {
            statement.execute(QUERY);
            return "ran";
        } catch (java.sql.SQLException e) {
            return String.valueOf(e.getSQLState());
        }
    }

    private interface During {
        void run() throws Exception;
    }

    /** Stops every process of a part from running, as a hanging machine would, and lets them go on afterwards. */
    private void paused(String part, During during) throws Exception {
        List<ProcessHandle> processes = processesOf(part);
        assertThat(processes).isNotEmpty();
        signal("STOP", processes);
        try {
            during.run();
        } finally {
            signal("CONT", processes);
        }
    }

    private List<ProcessHandle> processesOf(String part) {
        String directory = gateway.home().resolve(part).toString();
        return ProcessHandle.allProcesses()
                .filter(process -> process.info()
                        .commandLine()
                        .filter(line -> line.contains(directory))
                        .isPresent())
                .flatMap(process -> Stream.concat(Stream.of(process), process.descendants()))
                .distinct()
                .toList();
    }

    private static void signal(String name, List<ProcessHandle> processes) throws IOException, InterruptedException {
        for (ProcessHandle process : processes) {
            new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                    .start()
                    .waitFor();
        }
    }
}
