package org.countersign.system;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Policy as code: what is wrong is named, nothing is active before a second administrator confirmed it. */
@ExtendWith(RunningGateway.class)
class PolicySystemTest {
    private static final String ROLE = """
            apiVersion: countersign/v1
            kind: Role
            metadata: {name: payments-reader}
            spec:
              holders: {clients: [support-agent]}
              permissions:
                - targets: [shop]
                  actions: [sql:select]
                  resources: [public.payments]
              masking: {"*": %s}
            """;
    private final Gateway gateway;

    PolicySystemTest(Gateway gateway) {
        this.gateway = gateway;
    }

    @Test
    void aChangeIsActiveOnceAnotherAdministratorConfirmedItAndReachesOpenSessions() throws Exception {
        try (var agent = gateway.connect("support-agent", "shop");
                var statement = agent.createStatement()) {
            String sql = "select count(*) from payments";
            assertThat(stateOf(() -> statement.executeQuery(sql))).isEqualTo("42501");
            Api.Answer proposed = gateway.api("dave").putYaml("manifests", ROLE.formatted("redact"));
            assertThat(proposed.status()).as(proposed.body()).isEqualTo(200);
            assertThat(proposed.json().required("state").asText()).isEqualTo("proposed");
            String change = proposed.json().required("change").asText();
            assertThat(stateOf(() -> statement.executeQuery(sql))).isEqualTo("42501");
            assertThat(gateway.api("dave")
                            .post("changes/" + change + "/confirm", "{}")
                            .status())
                    .isEqualTo(403);
            assertThat(gateway.api("bob")
                            .post("changes/" + change + "/confirm", "{}")
                            .status())
                    .isIn(403, 404);
            assertThat(gateway.api("erin")
                            .post("changes/" + change + "/confirm", "{}")
                            .status())
                    .isEqualTo(200);
            assertThat(stateOf(() -> statement.executeQuery(sql))).isEqualTo("ran");
            assertThat(gateway.api("dave").read("manifests").body()).contains("payments-reader");

            Api.Answer removal = gateway.api("erin").delete("manifests/Role/payments-reader");
            assertThat(removal.status()).as(removal.body()).isEqualTo(200);
            gateway.api("dave")
                    .post("changes/" + removal.json().required("change").asText() + "/confirm", "{}");
            assertThat(stateOf(() -> statement.executeQuery(sql))).isEqualTo("42501");
        }
    }

    @Test
    void everyMistakeIsNamedWithItsLineAndTheAllowedValues() {
        Api.Answer answer = gateway.api("dave").putYaml("manifests", ROLE.formatted("shred") + """
                                ---
                                apiVersion: countersign/v1
                                kind: Guardrail
                                metadata: {name: broken}
                                spec:
                                  when: principal.age > 3
                                  effect: maybe
                                  colour: red
                                """);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.contentType()).contains("application/problem+json");
        assertThat(answer.body())
                .contains("shred")
                .contains("first6last4")
                .contains("maybe")
                .contains("approve")
                .contains("colour")
                .contains("\"line\":10");
        assertThat(gateway.api("dave").read("manifests").body()).doesNotContain("broken");
    }

    @Test
    void onlyAdministratorsProposeAndAgentsNeverDo() {
        assertThat(gateway.api("bob")
                        .putYaml("manifests", ROLE.formatted("clear"))
                        .status())
                .isEqualTo(403);
        assertThat(gateway.api("support-agent")
                        .putYaml("manifests", ROLE.formatted("clear"))
                        .status())
                .isEqualTo(403);
        assertThat(gateway.apiWith("")
                        .putYaml("manifests", ROLE.formatted("clear"))
                        .status())
                .isEqualTo(401);
    }

    @Test
    void whatIsExportedAppliesWithoutADifference() throws Exception {
        java.nio.file.Path file = java.nio.file.Files.createTempFile("policy", ".yaml");
        java.nio.file.Files.writeString(
                file, gateway.api("dave").read("manifests").body());
        Api.Answer again = gateway.api("dave").putYaml("manifests", java.nio.file.Files.readString(file));
        assertThat(again.status()).as(again.body()).isEqualTo(200);
        assertThat(again.json().required("diff")).isEmpty();
    }

    private interface Query {
        Object run() throws java.sql.SQLException;
    }

    private static String stateOf(Query query) {
        try {
            query.run();
            return "ran";
        } catch (java.sql.SQLException e) {
            return String.valueOf(e.getSQLState());
        }
    }
}
