package org.countersign.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.assertj.core.api.SoftAssertions;
import org.countersign.architecture.Product;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Every call of the REST interface as every role: the table is {@code duties/rest.txt}. */
@ExtendWith(RunningGateway.class)
class WhoMayWhatSystemTest {
    /** In the order in which they try: whoever may is last where it can be done once only. */
    private static final List<String> WHO = List.of("", "support-agent", "frank", "carol", "dave", "bob");

    private final Gateway gateway;
    private final String object = "table-" + UUID.randomUUID().toString().substring(0, 8);

    WhoMayWhatSystemTest(Gateway gateway) {
        this.gateway = gateway;
    }

    private record Line(String method, String path, String body, List<Integer> statuses) {
        static Line of(String text) {
            List<String> cells =
                    Arrays.stream(text.split("\\|")).map(String::strip).toList();
            String[] call = cells.getFirst().split(" ");
            return new Line(
                    call[0],
                    call[1],
                    cells.get(1),
                    cells.subList(2, cells.size()).stream()
                            .map(Integer::valueOf)
                            .toList());
        }
    }

    @Test
    void everyEndpointIsInTheTable() throws IOException {
        assertThat(lines().stream().map(line -> line.method() + " " + line.path()))
                .containsExactlyInAnyOrderElementsOf(endpoints());
    }

    @Test
    void everyRoleIsAnsweredAsTheTableSaysAndNobodySeesASecret() throws Exception {
        String sql = "update orders set note = '" + object + "' where id = 303";
        Process psql = gateway.psql("orders-agent", "shop").start(sql);
        JsonNode approval = Polling.pendingApproval(gateway, sql);
        String change = proposed("erin", manifest(object));
        Map<String, String> ids = Map.of(
                "approvals/{id}",
                "approvals/" + approval.required("id").asText(),
                "sessions/{id}",
                "sessions/" + approval.required("session").asText(),
                "changes/{id}",
                "changes/" + change,
                "{kind}/{name}",
                "Guardrail/agent-writes-need-a-person",
                "delegations/{id}",
                "delegations/" + UUID.randomUUID(),
                "grants/{id}",
                "grants/" + UUID.randomUUID(),
                "break-glass/{id}",
                "break-glass/" + UUID.randomUUID(),
                "agents/{client}",
                "agents/orders-agent",
                "principals/{name}",
                "principals/nobody-" + object);
        Set<String> secrets = secrets();
        var answers = new SoftAssertions();
        for (Line line : lines()) {
            for (int i = 0; i < WHO.size(); i++) {
                String who = WHO.get(i);
                Api.Answer answer = call(who, line, ids);
                answers.assertThat(answer.status())
                        .as(line.method() + " " + line.path() + " as " + who + ": " + answer.body())
                        .isEqualTo(line.statuses().get(i));
                answers.assertThat(secrets.stream().filter(answer.body()::contains))
                        .as("secrets in " + line.method() + " " + line.path() + " as " + who)
                        .isEmpty();
                if (who.equals("dave")
                        && answer.status() == 200
                        && answer.body().contains("\"proposed\"")
                        && !line.method().equals("GET")) {
                    gateway.api("dave")
                            .delete("changes/"
                                    + answer.json().required("change").asText());
                }
            }
        }
        answers.assertAll();
        psql.destroy();
        remove();
    }

    private Api.Answer call(String who, Line line, Map<String, String> ids) {
        String path = line.path();
        for (Map.Entry<String, String> id : ids.entrySet()) {
            path = path.replace(id.getKey(), id.getValue());
        }
        boolean proposes = line.path().startsWith("manifests")
                && !line.method().equals("GET")
                && !line.method().equals("POST");
        boolean yaml = line.body().equals("yaml");
        return (who.isEmpty() ? gateway.apiWith("") : gateway.api(who))
                .send(
                        line.method(),
                        proposes ? path + "?reason=table" : path,
                        yaml ? "application/yaml" : "application/json",
                        yaml
                                ? manifest(object + "-of-" + who)
                                : line.body()
                                        .replace(
                                                "{tomorrow}",
                                                Instant.now()
                                                        .plus(Duration.ofDays(1))
                                                        .toString()));
    }

    private String proposed(String admin, String yaml) {
        JsonNode change = gateway.api(admin).putYaml("manifests", yaml).json();
        return change.required("change").asText();
    }

    private void remove() {
        JsonNode removal =
                gateway.api("dave").delete("manifests/Guardrail/" + object).json();
        gateway.api("erin").post("changes/" + removal.required("change").asText() + "/confirm", "{}");
    }

    private static String manifest(String name) {
        return """
            apiVersion: countersign/v1
            kind: Guardrail
            metadata: {name: %1$s}
            spec: {when: 'command.text.contains("nothing has %1$s")', effect: deny, message: No.}
            """.formatted(name);
    }

    /** What the gateway keeps to itself: passwords of targets and clients. */
    private Set<String> secrets() throws IOException {
        var secrets = new TreeSet<String>();
        try (var files = Files.list(gateway.home().resolve("secrets"))) {
            for (java.nio.file.Path file : files.filter(Files::isRegularFile).toList()) {
                String secret = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).strip();
                if (secret.length() >= 16 && secret.length() < 200) {
                    secrets.add(secret);
                }
            }
        }
        assertThat(secrets).isNotEmpty();
        return secrets;
    }

    private static List<Line> lines() throws IOException {
        try (InputStream in = WhoMayWhatSystemTest.class.getResourceAsStream("/duties/rest.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#") && !line.isBlank())
                    .map(Line::of)
                    .toList();
        }
    }

    private static List<String> endpoints() {
        var endpoints = new ArrayList<String>();
        for (JavaClass type : Product.CLASSES) {
            if (type.getPackageName().startsWith("org.countersign.api") && type.isAnnotatedWith(Path.class)) {
                type.getMethods()
                        .forEach(method -> verb(method)
                                .forEach(verb -> endpoints.add(verb + " "
                                        + type.getAnnotationOfType(Path.class).value()
                                        + method.tryGetAnnotationOfType(Path.class)
                                                .map(path -> "/" + path.value())
                                                .orElse(""))));
            }
        }
        return endpoints;
    }

    private static Set<String> verb(JavaMethod method) {
        return List.of(GET.class, POST.class, PUT.class, DELETE.class).stream()
                .filter(method::isAnnotatedWith)
                .map(Class::getSimpleName)
                .collect(Collectors.toSet());
    }
}
