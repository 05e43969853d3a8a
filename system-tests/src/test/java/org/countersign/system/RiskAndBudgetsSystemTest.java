package org.countersign.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What risky commands and used-up budgets come to, through psql and REST. */
@ExtendWith(RunningGateway.class)
class RiskAndBudgetsSystemTest {
    private static final Page.GetByTextOptions USED_UP = new Page.GetByTextOptions().setExact(true);
    private static final String ALL_ORDERS = "update orders set note = 'risky'";
    private final Gateway gateway;
    private final String name = "spender-" + UUID.randomUUID().toString().substring(0, 8);

    RiskAndBudgetsSystemTest(Gateway gateway) {
        this.gateway = gateway;
    }

    @AfterEach
    void remove() {
        LabPolicy.remove(gateway, "Guardrail", name);
        LabPolicy.remove(gateway, "Role", name);
    }

    @Test
    void aRiskyCommandIsHeldWithItsReasonsAndABudgetEndsResultsAndSessions() throws Exception {
        LabPolicy.change(gateway, """
                apiVersion: countersign/v1
                kind: Role
                metadata: {name: %1$s}
                spec:
                  holders: {users: [dave]}
                  permissions:
                    - {targets: [shop], actions: [sql:select, sql:update], resources: [public.orders]}
                  limits: {budgets: [{per: day, rows: 30}, {per: session, commands: 4}]}
                ---
                apiVersion: countersign/v1
                kind: Guardrail
                metadata: {name: %1$s}
                spec:
                  when: principal.name == 'dave' && risk.score >= 60
                  effect: approve
                  message: Too risky for one alone.
                  approval: {approvers: {realmRoles: [approver]}}
                """.formatted(name));

        Process held = gateway.psql("dave", "shop").start(ALL_ORDERS);
        JsonNode approval = Polling.pendingApproval(gateway, ALL_ORDERS);
        JsonNode risk = approval.required("risk");
        assertThat(risk.required("score").asInt()).isGreaterThanOrEqualTo(60);
        assertThat(risk.required("parts").toString()).contains("no-predicate", "there is no WHERE", "rows");
        JsonNode command = approval.required("commands").get(0);
        assertThat(command.required("estimatedRows").asLong()).isBetween(1_000L, 20_000L);
        assertThat(command.required("estimate").asText()).startsWith("about ");
        assertThat(Polling.decide(gateway, "bob", approval, "reject").status()).isEqualTo(200);
        assertThat(Psql.finish(held).err()).contains("SD002");

        assertThat(gateway.psql("dave", "shop")
                        .run("update orders set note = 'fine' where id = 262")
                        .out())
                .contains("UPDATE 1");
        assertThat(gateway.psql("dave", "shop")
                        .run("select id from orders order by id limit 20")
                        .rows())
                .hasSize(20);
        assertThat(gateway.psql("dave", "shop")
                        .run("update orders set note = 'undone by its budget' where id <= 12")
                        .err())
                .contains("54000", "It changes 12 rows, and of the budget of " + name + " per day 9 are left.");
        Psql.Result cut = gateway.psql("dave", "shop").run("select id from orders order by id");
        assertThat(cut.err())
                .contains("ERROR:  54000", "The budget of " + name + " per day is used up: 30 of 30 rows.")
                .contains("It starts anew at");
        Psql.Result refused = gateway.psql("dave", "shop").run("select id from orders where id = 1");
        assertThat(refused.err()).contains("54000", "30 of 30 rows");

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(
                                gateway.api("dave").read("budgets").json().required("items"))
                        .anySatisfy(item -> {
                            assertThat(item.required("role").asText()).isEqualTo(name);
                            assertThat(item.required("percent").asInt()).isEqualTo(100);
                            assertThat(item.required("rows").required("used").asLong())
                                    .isEqualTo(30);
                            assertThat(item.required("rows").required("most").asLong())
                                    .isEqualTo(30);
                            assertThat(item.required("bytes").required("most").isNull())
                                    .isTrue();
                        }));
        assertThat(gateway.api("support-agent").read("budgets").body()).doesNotContain(name);
        try (Browser browser = new Browser(gateway)) {
            Page own = browser.signedIn("dave", "/budgets");
            PlaywrightAssertions.assertThat(own.getByText("rows: 30 of 30, 0 left"))
                    .isVisible();
            PlaywrightAssertions.assertThat(own.getByText("used up", USED_UP).first())
                    .isVisible();
            Browser.picture(own, "budgets-own");
            Page all = browser.signedIn("erin", "/budgets");
            PlaywrightAssertions.assertThat(all.getByText(name).first()).isVisible();
            Browser.picture(all, "budgets-all");
        }

        JsonNode explained = gateway.api("dave")
                .post("explain", "{\"target\":\"shop\",\"text\":\"select id from orders\"}")
                .json();
        assertThat(explained.required("verdict").asText()).isEqualTo("deny");
        assertThat(explained.required("risk").required("parts").toString()).contains("budget", "30 of 30 rows");
    }
}
