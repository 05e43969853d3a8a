package org.countersign.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The command line, by the script that users start. */
@ExtendWith(RunningGateway.class)
class CommandsSystemTest {
    private static final Pattern CHANGE = Pattern.compile("change ([0-9a-f-]{36}) is proposed");
    private final Gateway gateway;

    @TempDir
    private Path directory;

    CommandsSystemTest(Gateway gateway) {
        this.gateway = gateway;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "token",
                "login",
                "logout",
                "whoami",
                "approvals",
                "apply",
                "diff",
                "export",
                "changes",
                "confirm",
                "explain",
                "verify"
            })
    void aCommandOfUseExplainsItself(String command) {
        var help = run(Map.of(), command, "--help");
        assertThat(help.exit()).isZero();
        assertThat(help.text()).startsWith("Usage: countersign " + command);
    }

    @Test
    void aSecretComesFromTheEnvironmentOrAFileAndNeverFromTheCommandLine() throws IOException {
        var fromVariable = run(
                Map.of("SECRET", "support-agent-demo"),
                "token",
                "--agent",
                "support-agent",
                "--secret-from",
                "env:SECRET");
        assertThat(fromVariable.exit()).as(fromVariable.text()).isZero();
        assertThat(fromVariable.text().strip()).matches("eyJ[\\w-]+\\.[\\w-]+\\.[\\w-]+");
        Path file = Files.writeString(directory.resolve("secret"), "support-agent-demo\n");
        assertThat(run(Map.of(), "token", "--agent", "support-agent", "--secret-from", "file:" + file)
                        .exit())
                .isZero();

        var wrong = run(Map.of("SECRET", "guess"), "token", "--agent", "support-agent", "--secret-from", "env:SECRET");
        assertThat(wrong.exit()).isEqualTo(3);
        assertThat(wrong.text()).doesNotContain("guess");
        var written = run(Map.of(), "token", "--agent", "support-agent", "--secret-from", "support-agent-demo");
        assertThat(written.exit()).isEqualTo(2);
        assertThat(written.text()).doesNotContain("support-agent-demo").contains("env:NAME");
        var empty = run(Map.of(), "token", "--agent", "support-agent", "--secret-from", "-");
        assertThat(empty.exit()).isEqualTo(2);
        var token = run(Map.of(), "whoami", "--token-from", "eyJhbGciOiJub25lIn0");
        assertThat(token.exit()).isEqualTo(2);
        assertThat(token.text()).doesNotContain("eyJhbGciOiJub25lIn0");
    }

    @Test
    void policyIsProposedByOneAdministratorAndConfirmedByAnother() throws IOException {
        String name = "commands-" + UUID.randomUUID().toString().substring(0, 8);
        Path policy = Files.writeString(directory.resolve("role.yaml"), """
                apiVersion: countersign/v1
                kind: Role
                metadata: {name: %s}
                spec:
                  holders: {clients: [deploy-agent]}
                  permissions: [{targets: [shop], actions: [sql:select], resources: [public.orders]}]
                """.formatted(name));
        Map<String, String> dave = as("dave");
        Map<String, String> erin = as("erin");

        var difference = run(dave, "diff", "-f", policy.toString(), "--token-from", "env:TOKEN");
        assertThat(difference.exit()).as(difference.text()).isEqualTo(1);
        assertThat(difference.text()).contains("create Role " + name);
        var proposed = run(
                dave, "apply", "-f", directory.toString(), "--reason", "a test wants it", "--token-from", "env:TOKEN");
        assertThat(proposed.exit()).as(proposed.text()).isZero();
        String change = CHANGE.matcher(proposed.text())
                .results()
                .findFirst()
                .orElseThrow()
                .group(1);
        assertThat(run(dave, "confirm", change, "--token-from", "env:TOKEN"))
                .satisfies(refused -> assertThat(refused.exit()).isEqualTo(5))
                .satisfies(refused -> assertThat(refused.text()).contains("Nobody countersigns himself"));
        assertThat(run(as("orders-agent"), "confirm", change, "--token-from", "env:TOKEN")
                        .exit())
                .isEqualTo(5);
        assertThat(run(erin, "confirm", change, "--token-from", "env:TOKEN").exit())
                .isZero();
        assertThat(run(erin, "changes", change, "--token-from", "env:TOKEN").text())
                .contains("confirmed")
                .contains(name);
        assertThat(run(dave, "diff", "-f", policy.toString(), "--token-from", "env:TOKEN")
                        .exit())
                .isZero();
        assertThat(run(erin, "export", "--token-from", "env:TOKEN").text()).contains("name: " + name);

        Files.writeString(policy, Files.readString(policy).replace("holders:", "holder:"));
        var mistake =
                run(dave, "apply", "-f", policy.toString(), "--reason", "a test wants it", "--token-from", "env:TOKEN");
        assertThat(mistake.exit()).isEqualTo(5);
        assertThat(mistake.text()).contains(policy + ":5:3: unknown key holder; allowed: holders");
    }

    @Test
    void anApprovalIsListedShownAndDecided() throws Exception {
        String sql = "update orders set note = 'by command' where id = 230";
        Process psql = gateway.psql("orders-agent", "shop").start(sql);
        JsonNode approval = Polling.pendingApproval(gateway, sql);
        String id = approval.required("id").asText();
        Map<String, String> bob = as("bob");

        assertThat(run(bob, "approvals", "list", "--token-from", "env:TOKEN").text())
                .contains(id)
                .contains("orders-agent");
        assertThat(run(bob, "approvals", "show", id, "--token-from", "env:TOKEN")
                        .text())
                .contains(sql)
                .contains("alice")
                .contains("agent-writes-need-a-person");
        var refused = run(as("alice"), "approvals", "approve", id, "--token-from", "env:TOKEN");
        assertThat(refused.exit()).isEqualTo(5);
        assertThat(refused.text()).contains("Nobody countersigns himself");
        var approved = run(bob, "approvals", "approve", id, "--reason", "seen", "--token-from", "env:TOKEN");
        assertThat(approved.exit()).as(approved.text()).isZero();
        assertThat(Psql.finish(psql).exit()).isZero();
        assertThat(run(bob, "approvals", "reject", id, "--reason", "late", "--token-from", "env:TOKEN")
                        .exit())
                .isEqualTo(5);
    }

    @Test
    void aWrongTokenIsToldApartFromAGatewayThatDoesNotAnswer() {
        assertThat(run(Map.of("TOKEN", "eyJhbGciOiJub25lIn0.e30."), "whoami", "--token-from", "env:TOKEN")
                        .exit())
                .isEqualTo(3);
        var nowhere = run(
                Map.of("TOKEN", "x", "COUNTERSIGN_URL", "http://127.0.0.1:1"), "whoami", "--token-from", "env:TOKEN");
        assertThat(nowhere.exit()).as(nowhere.text()).isEqualTo(4);
    }

    @Test
    void theJournalOfTheRunningGatewayIsIntactAndOneFlippedByteIsNamed() throws IOException {
        gateway.psql("support-agent", "shop").run("select 1");
        var intact = run(Map.of(), "verify", "--live");
        assertThat(intact.exit()).as(intact.text()).isZero();
        assertThat(intact.text()).contains("intact: ");

        Path copy = directory.resolve("journal");
        Files.createDirectory(copy);
        try (Stream<Path> files = Files.list(gateway.home().resolve("journal"))) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".journal")).toList()) {
                Files.copy(file, copy.resolve(file.getFileName()));
            }
        }
        Path first;
        try (Stream<Path> files = Files.list(copy)) {
            first = files.sorted().findFirst().orElseThrow();
        }
        byte[] bytes = Files.readAllBytes(first);
        int used = bytes.length;
        while (bytes[used - 1] == 0) {
            used--; // the newest segment has its full size from the start
        }
        bytes[used / 2] ^= 1;
        Files.write(first, bytes);
        var altered = run(Map.of(), "verify", "--live", copy.toString());
        assertThat(altered.exit()).as(altered.text()).isEqualTo(1);
        assertThat(altered.text()).contains("FAULT segment").doesNotContain("intact");
        assertThat(run(Map.of(), "verify", directory.resolve("nowhere").toString())
                        .exit())
                .isEqualTo(2);
    }

    @Test
    void whatRunsIsSaidAndItsLogsAreShown() {
        assertThat(run(Map.of(), "status")).satisfies(status -> {
            assertThat(status.exit()).as(status.text()).isZero();
            assertThat(status.text()).contains("gateway").contains("keycloak");
        });
        assertThat(run(as("carol"), "status", "--token-from", "env:TOKEN").text())
                .containsPattern("(?m)^clients +\\d+ +\\d+ signed in$")
                .containsPattern("(?m)^held +\\d+ +commands that wait for approval$");
        assertThat(run(as("frank"), "status", "--token-from", "env:TOKEN")).satisfies(status -> {
            assertThat(status.exit()).as(status.text()).isZero();
            assertThat(status.text()).containsPattern("(?m)^clients +unknown +.*administrators and auditors");
        });
        assertThat(run(Map.of(), "logs", "gateway").text()).contains("policy in force");
        assertThat(run(Map.of(), "logs", "nothing").exit()).isEqualTo(2);
        assertThat(run(Map.of(), "frobnicate").exit()).isEqualTo(2);
        assertThat(run(Map.of(), "status", "--all").exit()).isEqualTo(2);
        assertThat(run(Map.of(), "approvals", "approve").exit()).isEqualTo(2);
    }

    private Map<String, String> as(String principal) {
        return Map.of("TOKEN", gateway.token(principal));
    }

    private RunningGateway.Output run(Map<String, String> environment, String... arguments) {
        return RunningGateway.countersign(gateway.home(), gateway.offset(), environment, arguments);
    }
}
