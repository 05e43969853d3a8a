package org.countersign.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.countersign.system.TourSystemTest.problemOf;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Whoever is suspended is let in nowhere, and what he has open ends. */
@ExtendWith(RunningGateway.class)
class SuspensionSystemTest {
    private static final String REASON = "{\"reason\":\"seen in a test\"}";
    private final Gateway gateway;

    SuspensionSystemTest(Gateway gateway) {
        this.gateway = gateway;
    }

    @AfterEach
    void nobodyStaysSuspended() {
        Api erin = gateway.api("erin");
        Polling.items(erin.read("suspensions?state=active"))
                .forEach(each ->
                        erin.delete("principals/" + each.required("principal").asText() + "/suspension"));
    }

    @Test
    void anAgentLosesItsSessionItsHeldCommandAndItsCredential() throws Exception {
        JsonNode credential = gateway.api("orders-agent")
                .post("credentials", "{\"target\":\"shop\"}")
                .json();
        String sql = "update orders set note = 'suspended' where id = 230";
        Process psql = gateway.psql("orders-agent", "shop").start(sql);
        JsonNode approval = Polling.pendingApproval(gateway, sql);

        Api.Answer suspended = gateway.api("erin").post("principals/orders-agent/suspension", REASON);
        assertThat(suspended.status()).as(suspended.body()).isEqualTo(200);
        assertThat(suspended.json().required("suspendedBy").asText()).isEqualTo("erin");
        assertThat(suspended.json().required("subject").isNull()).isFalse();

        Psql.Result ended = Psql.finish(psql);
        assertThat(ended.err())
                .contains("57P01")
                .contains("The session was ended: orders-agent was suspended by erin.");
        Api carol = gateway.api("carol");
        await().atMost(Duration.ofSeconds(10))
                .until(() -> carol.read("approvals/" + approval.required("id").asText())
                        .json()
                        .required("state")
                        .asText()
                        .equals("withdrawn"));
        Psql.Result token = gateway.psql("orders-agent", "shop").run("select 1");
        assertThat(token.err())
                .contains("orders-agent is suspended since 20")
                .contains("Ask erin or another administrator.");
        Psql.Result known = gateway.psqlWith(
                        credential.required("username").asText(),
                        credential.required("password").asText(),
                        "shop")
                .run("select 1");
        assertThat(known.err()).contains("orders-agent is suspended since 20");
        assertThat(problemOf(gateway.api("orders-agent").post("credentials", "{\"target\":\"shop\"}")))
                .isEqualTo("401 not-signed-in");
        assertThat(gateway.psql("support-agent", "shop").run("select 1").rows()).containsExactly("1");

        assertThat(gateway.api("dave")
                        .delete("principals/orders-agent/suspension")
                        .status())
                .isEqualTo(204);
        assertThat(gateway.psql("orders-agent", "shop").run("select 1").rows()).containsExactly("1");
        JsonNode kept = Polling.items(carol.read("suspensions?principal=orders-agent&state=lifted"))
                .getFirst();
        assertThat(kept.required("liftedBy").asText()).isEqualTo("dave");
        assertThat(kept.required("reason").asText()).isEqualTo("seen in a test");
    }

    @Test
    void aPersonTakesTheSessionsOfHisAgentsAlong() throws Exception {
        try (Connection session = gateway.connect("orders-agent", "shop")) {
            assertThat(session.isValid(5)).isTrue();
            gateway.api("erin").post("principals/alice/suspension", REASON);

            await().atMost(Duration.ofSeconds(5)).until(() -> !session.isValid(5));
        }
        assertThatThrownBy(() -> gateway.connect("orders-agent", "shop"))
                .hasMessageContaining("orders-agent cannot sign in: alice is suspended since 20")
                .extracting(thrown -> ((SQLException) thrown).getSQLState())
                .isEqualTo("28000");
        assertThat(problemOf(gateway.api("alice").read("whoami"))).isEqualTo("401 not-signed-in");
    }

    @Test
    void anApproverDecidesNothingWhileHeIsSuspended() throws Exception {
        String sql = "update orders set note = 'undecided' where id = 231";
        Process psql = gateway.psql("orders-agent", "shop").start(sql);
        JsonNode approval = Polling.pendingApproval(gateway, sql);
        gateway.api("erin").post("principals/BOB/suspension", REASON);

        Api.Answer decision = Polling.decide(gateway, "bob", approval, "approve");
        assertThat(problemOf(decision)).isEqualTo("401 not-signed-in");
        assertThat(decision.body()).contains("bob is suspended since");

        gateway.api("dave").delete("principals/bob/suspension");
        assertThat(Polling.decide(gateway, "bob", approval, "reject").status()).isEqualTo(200);
        assertThat(Psql.finish(psql).err()).contains("SD002");
    }

    @Test
    void theOwnerOfAnAgentDoesNotLiftWhatAnotherAdministratorDid() {
        String agent = "suspended-" + System.nanoTime();
        String franks = agent + "-franks";
        LabPolicy.change(gateway, registration(agent, "dave") + "---\n" + registration(franks, "frank"));
        String suspension = "principals/" + agent + "/suspension";
        try (Browser browser = new Browser(gateway)) {
            assertThat(gateway.api("erin").post(suspension, REASON).status()).isEqualTo(200);
            Api.Answer lifted = gateway.api("dave").delete(suspension);
            assertThat(problemOf(lifted)).isEqualTo("403 not-allowed");
            assertThat(lifted.body()).contains("You answer for " + agent + ", which erin suspended");
            assertThat(Polling.items(gateway.api("carol").read("evidence/attempts?limit=50&principal=dave")).stream()
                            .filter(each -> each.required("object").asText().equals(agent))
                            .map(each -> each.required("attempt").asText()))
                    .containsExactly("lift-suspension");
            assertThat(gateway.api("erin").delete(suspension).status()).isEqualTo(204);

            gateway.api("erin").post("principals/" + franks + "/suspension", REASON);
            PlaywrightAssertions.assertThat(browser.signedIn("frank", "/agents")
                            .locator("article")
                            .filter(named(franks)))
                    .containsText("erin, who can tell why");
            PlaywrightAssertions.assertThat(browser.signedIn("carol", "/agents")
                            .locator("article")
                            .filter(named(franks)))
                    .containsText("erin: seen in a test");
        } finally {
            LabPolicy.remove(gateway, "Agent", agent);
            LabPolicy.remove(gateway, "Agent", franks);
        }
    }

    private static Locator.FilterOptions named(String text) {
        return new Locator.FilterOptions().setHasText(text);
    }

    private static String registration(String agent, String owner) {
        return """
                apiVersion: countersign/v1
                kind: Agent
                metadata: {name: %s}
                spec: {owner: %s, class: pipeline, purpose: Is suspended., contact: dave, roles: [orders-writer]}
                """.formatted(agent, owner);
    }

    @Test
    void onlyAnotherAdministratorSuspends() {
        for (String who : new String[] {"bob", "carol", "orders-agent"}) {
            assertThat(problemOf(gateway.api(who).post("principals/frank/suspension", REASON)))
                    .isEqualTo("403 not-allowed");
            assertThat(problemOf(gateway.api(who).delete("principals/frank/suspension")))
                    .isEqualTo("403 not-allowed");
        }
        Api erin = gateway.api("erin");
        assertThat(problemOf(erin.post("principals/erin/suspension", REASON))).isEqualTo("403 not-allowed");
        assertThat(problemOf(erin.post("principals/frank/suspension", "{}"))).isEqualTo("400 invalid-request");
        assertThat(problemOf(erin.delete("principals/frank/suspension"))).isEqualTo("404 not-found");
        assertThat(problemOf(gateway.api("bob").read("suspensions"))).isEqualTo("403 not-allowed");
        assertThat(Polling.items(gateway.api("carol").read("suspensions?state=active")))
                .isEmpty();
    }
}
