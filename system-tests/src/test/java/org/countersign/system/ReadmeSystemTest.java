package org.countersign.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The README's tour, command by command: what it says is printed is printed. */
@ExtendWith(RunningGateway.class)
class ReadmeSystemTest {
    private static final Path README = Path.of("..", "README.md");
    private static final Pattern HELD =
            Pattern.compile("held for approval ([0-9a-f-]{36}): (\\S+/approvals/[0-9a-f-]{36})");
    private final Gateway gateway;

    ReadmeSystemTest(Gateway gateway) {
        this.gateway = gateway;
    }

    @Test
    void everyCommandPrintsWhatThePageSays(@TempDir Path directory) throws Exception {
        List<Transcript.Step> steps = Transcript.of(README).steps();
        assertThat(steps).hasSizeGreaterThan(10);
        var text = new PrintedText(gateway);
        try (var shell = new Shell(gateway, directory)) {
            for (Transcript.Step step : steps) {
                List<String> printed = printed(shell, text.command(step.command()));
                assertThat(text.difference(step.printed(), printed))
                        .as("README.md line %d: %s%n%s", step.line(), step.command(), String.join("\n", printed))
                        .isEmpty();
            }
        } finally {
            forget("Guardrail/no-blind-writes");
            forget("Eligibility/support-in-clear");
            forget("Role/customers-in-clear");
        }
    }

    @Test
    void theCommandsThatNeedNoGatewayAreThose() throws Exception {
        String readme = Files.readString(README);
        // RunningGateway runs the first and the third, the second is what runs this
        assertThat(readme)
                .contains("./countersign demo")
                .contains("./countersign test")
                .contains("./countersign stop");
    }

    private List<String> printed(Shell shell, String command) throws Exception {
        if (command.equals("./countersign demo --detach")) {
            return Files.readAllLines(gateway.home().resolve("logs/launcher.log"));
        }
        return shell.run(command, this::approve).lines();
    }

    /** What the README does in the browser. */
    private void approve(String line) {
        var held = HELD.matcher(line);
        if (held.find()) {
            Api.Answer answer = gateway.api("bob")
                    .post("approvals/" + held.group(1) + "/decisions", "{\"decision\":\"approve\",\"reason\":\"\"}");
            assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        }
    }

    private void forget(String object) {
        Api.Answer removal = gateway.api("dave").delete("manifests/" + object);
        if (removal.status() == 200) {
            gateway.api("erin")
                    .post("changes/" + removal.json().required("change").asText() + "/confirm", "{}");
        }
    }
}
