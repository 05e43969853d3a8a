package org.countersign.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.countersign.system.TourSystemTest.problemOf;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Nobody changes the policy alone. */
@ExtendWith(RunningGateway.class)
class DutiesOfPolicySystemTest {
    private final Gateway gateway;
    private final String name = "policy-" + UUID.randomUUID().toString().substring(0, 8);

    DutiesOfPolicySystemTest(Gateway gateway) {
        this.gateway = gateway;
    }

    @Test
    void theAuthorHisAgentAndWhoeverIsNoAdministratorDoNotConfirm() {
        String change = propose("dave", role("[sql:select]"));
        assertThat(problemOf(confirm("dave", change))).isEqualTo("403 self-approval");
        Api hisAgent = gateway.apiWith(gateway.tokens().ofPersonThrough("exchange-agent", "dave"));
        assertThat(problemOf(hisAgent.post("changes/" + change + "/confirm", "{}")))
                .isEqualTo("403 machine-approval");
        Api otherAgent = gateway.apiWith(gateway.tokens().ofPersonThrough("exchange-agent", "erin"));
        assertThat(problemOf(otherAgent.post("changes/" + change + "/confirm", "{}")))
                .isEqualTo("403 machine-approval");
        assertThat(problemOf(confirm("bob", change))).isEqualTo("403 not-an-admin");
        assertThat(problemOf(confirm("carol", change))).isEqualTo("403 not-an-admin");
        assertThat(gateway.api("frank").read("changes/" + change).status()).isEqualTo(403);
        assertThat(gateway.api("carol")
                        .read("changes/" + change)
                        .json()
                        .required("state")
                        .asText())
                .isEqualTo("proposed");
    }

    @Test
    void aChangeThatManyConfirmAtOnceIsConfirmedOnce() {
        String change = propose("dave", role("[sql:select]"));
        Api erin = gateway.api("erin");
        List<Integer> answers = Stream.generate(() -> CompletableFuture.supplyAsync(
                        () -> erin.post("changes/" + change + "/confirm", "{}").status()))
                .limit(8)
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .toList();
        assertThat(answers).containsOnlyOnce(200).allMatch(status -> status == 200 || status == 409);
        assertThat(problemOf(confirm("dave", change))).isEqualTo("403 self-approval");
        remove("Role", name);
    }

    @Test
    void anotherAdministratorRejectsTheAuthorWithdrawsAndBothStayVisible() {
        String first = propose("dave", role("[sql:select]"));
        assertThat(problemOf(gateway.api("dave").post("changes/" + first + "/reject", "{\"reason\":\"no\"}")))
                .isEqualTo("403 self-approval");
        assertThat(problemOf(gateway.api("erin").delete("changes/" + first))).isEqualTo("403 not-allowed");
        assertThat(problemOf(gateway.api("erin").post("changes/" + first + "/reject", "{}")))
                .isEqualTo("400 invalid-request");
        JsonNode rejected = gateway.api("erin")
                .post("changes/" + first + "/reject", "{\"reason\":\"too wide\"}")
                .json();
        assertThat(rejected.required("state").asText()).isEqualTo("rejected");
        assertThat(rejected.required("closedBy").asText()).isEqualTo("erin");
        assertThat(problemOf(confirm("erin", first))).isEqualTo("409 already-decided");
        String second = propose("dave", role("[sql:select]"));
        assertThat(gateway.api("dave")
                        .delete("changes/" + second)
                        .json()
                        .required("state")
                        .asText())
                .isEqualTo("withdrawn");
        assertThat(problemOf(confirm("erin", second))).isEqualTo("409 already-decided");
        assertThat(Polling.items(gateway.api("carol").read("evidence/attempts?limit=200")).stream()
                        .filter(each -> each.required("object").asText().equals(first))
                        .map(each -> each.required("name").asText() + " "
                                + each.required("attempt").asText() + " "
                                + each.required("reason").asText()))
                .containsExactlyInAnyOrder(
                        "dave reject-change self-approval",
                        "erin withdraw-change not-the-author",
                        "erin confirm-change already-decided");
    }

    @Test
    void aRevertIsCountersignedLikeEveryChangeAndKeepsTheHistory() {
        String change = propose("dave", role("[sql:select]"));
        assertThat(confirm("erin", change).status()).isEqualTo(200);
        String revert = "changes/" + change + "/revert";
        JsonNode inverse = gateway.api("erin")
                .post(revert, "{\"reason\":\"did harm\",\"ticket\":\"T-7\"}")
                .json();
        assertThat(inverse.required("diff").get(0).required("action").asText()).isEqualTo("remove");
        assertThat(inverse.required("ticket").asText()).isEqualTo("T-7");
        String id = inverse.required("change").asText();
        assertThat(problemOf(confirm("erin", id))).isEqualTo("403 self-approval");
        assertThat(confirm("dave", id).status()).isEqualTo(200);
        assertThat(gateway.api("dave").read("manifests").body()).doesNotContain(name);
        assertThat(problemOf(gateway.api("erin").post(revert, "{\"reason\":\"again\"}")))
                .isEqualTo("409 conflict");
        assertThat(Polling.items(gateway.api("carol").read("manifests/Role/" + name + "/history")).stream()
                        .map(each -> each.required("confirmedBy").asText() + " "
                                + each.required("diff")
                                        .get(0)
                                        .required("action")
                                        .asText() + " "
                                + each.required("reason").asText()))
                .containsExactly("dave remove did harm", "erin create ");
    }

    @Test
    void nothingIsRejectedOrUndoneWithoutAReason() {
        String change = propose("dave", role("[sql:select]"));
        for (String act : List.of("reject", "revert")) {
            for (String body : List.of("{}", "{\"reason\":\" \"}")) {
                assertThat(problemOf(gateway.api("erin").post("changes/" + change + "/" + act, body)))
                        .isEqualTo("400 invalid-request");
            }
        }
        assertThat(gateway.api("dave").delete("changes/" + change).status()).isEqualTo(200);
    }

    @Test
    void aChangeWhoseObjectsChangedMeanwhileIsNotConfirmed() {
        String first = propose("dave", role("[sql:select]"));
        String second = propose("erin", role("[sql:select, sql:update]"));
        assertThat(confirm("dave", second).status()).isEqualTo(200);
        assertThat(problemOf(confirm("erin", first))).isEqualTo("409 conflict");
        assertThat(gateway.api("dave").read("manifests").body()).contains("sql:update");
        remove("Role", name);
    }

    @Test
    void aTargetThatIsGoneServesNobodyAnyMoreAndNothingInUseByOthersIsRemoved() throws Exception {
        LabPolicy.change(gateway, target());
        LabPolicy.change(gateway, role("[sql:select]").replace("[shop]", "[\"" + name + "*\"]"));
        try (var session = gateway.connect("deploy-agent", name);
                var statement = session.createStatement()) {
            assertThat(statement.executeQuery("select count(*) from orders").next())
                    .isTrue();
            assertThat(gateway.api("dave").delete("manifests/Target/shop").body())
                    .contains("names Target/shop, which is to be removed");
            remove("Target", name);
            assertThat(stateOf(() -> statement.executeQuery("select count(*) from orders")))
                    .isEqualTo("3D000");
            assertThat(gateway.psql("deploy-agent", name).run("select 1").err())
                    .contains("There is no target of this name");
        }
        remove("Role", name);
    }

    @Test
    void howTheStoreWasFilledIsOnRecord() {
        Api carol = gateway.api("carol");
        JsonNode first = null;
        String cursor = "";
        do {
            JsonNode page = carol.read("changes?limit=100" + cursor).json();
            for (JsonNode change : page.required("items")) {
                first = change;
            }
            cursor = page.required("next").isNull()
                    ? ""
                    : "&after=" + page.required("next").asText();
        } while (!cursor.isEmpty());
        assertThat(first.required("author").asText()).isEqualTo("bootstrap");
        assertThat(first.required("state").asText()).isEqualTo("confirmed");
        assertThat(first.required("version").asInt()).isEqualTo(1);
        assertThat(first.required("confirmedBy").isNull()).isTrue();
        assertThat(first.required("diff").toString()).contains("agent-writes-need-a-person");
    }

    private String role(String actions) {
        return """
            apiVersion: countersign/v1
            kind: Role
            metadata: {name: %s}
            spec:
              holders: {clients: [deploy-agent]}
              permissions: [{targets: [shop], actions: %s, resources: [public.orders]}]
            """.formatted(name, actions);
    }

    /** Another name for the shop. */
    private String target() {
        String policy = gateway.api("dave").read("manifests").body();
        String shop = Stream.of(policy.split("---\n"))
                .filter(each -> each.contains("kind: Target\nmetadata:\n  name: shop\n"))
                .findFirst()
                .orElseThrow();
        return shop.replace("name: shop\n", "name: " + name + "\n").replace("env: prod", "env: test");
    }

    private String propose(String admin, String yaml) {
        Api.Answer proposed = gateway.api(admin).putYaml("manifests", yaml);
        assertThat(proposed.status()).as(proposed.body()).isEqualTo(200);
        return proposed.json().required("change").asText();
    }

    private Api.Answer confirm(String person, String change) {
        return gateway.api(person).post("changes/" + change + "/confirm", "{}");
    }

    private void remove(String kind, String object) {
        Api.Answer removal = gateway.api("erin").delete("manifests/" + kind + "/" + object);
        assertThat(removal.status()).as(removal.body()).isEqualTo(200);
        assertThat(confirm("dave", removal.json().required("change").asText()).status())
                .isEqualTo(200);
    }

    private interface Query {
        Object run() throws SQLException;
    }

    private static String stateOf(Query query) {
        try {
            query.run();
            return "ran";
        } catch (SQLException e) {
            return String.valueOf(e.getSQLState());
        }
    }
}
