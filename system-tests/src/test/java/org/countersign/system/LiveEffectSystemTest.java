package org.countersign.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.countersign.system.TourSystemTest.problemOf;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is taken away from somebody is taken from what he has open, in a psql that is already connected. */
@ExtendWith(RunningGateway.class)
class LiveEffectSystemTest {
    /** Once a second the gateway looks at its sessions, every two it asks the identity provider; the rest is this machine. */
    private static final Duration SECONDS = Duration.ofSeconds(30);

    private static final String FOR_HOURS = "select count(*) from customers a, customers b, customers c, customers d";
    private static final String REASON = "{\"reason\":\"seen in a test\"}";
    private final Gateway gateway;

    LiveEffectSystemTest(Gateway gateway) {
        this.gateway = gateway;
    }

    @Test
    void aSuspensionCutsEveryAccountOfThePersonAndWhateverActsForHim() {
        DutiesRealm.person(gateway, "lena", "4801", "engineer");
        DutiesRealm.person(gateway, "lena-private", "4801", "engineer");
        String exchanged = gateway.tokens().ofPersonThrough("exchange-agent", "lena-private");
        String privateToken = gateway.token("lena-private");
        try (OpenPsql own = gateway.psql("lena", "shop").open();
                OpenPsql second =
                        gateway.psqlWith("lena-private", privateToken, "shop").open();
                OpenPsql agent =
                        gateway.psqlWith("exchange-agent", exchanged, "shop").open();
                OpenPsql strangers = gateway.psql("frank", "shop").open()) {
            second.type(FOR_HOURS + ";\n");
            Api erin = gateway.api("erin");
            assertThat(erin.post("principals/lena/suspension", REASON).status()).isEqualTo(200);

            assertThat(own.ends(SECONDS)).contains("57P01").contains("lena was suspended by erin");
            assertThat(second.endsByItself(SECONDS)).contains("57P01").contains("lena was suspended by erin");
            assertThat(agent.ends(SECONDS)).contains("57P01").contains("lena was suspended by erin");
            assertThat(gateway.psqlWith("lena-private", privateToken, "shop")
                            .run("select 1")
                            .err())
                    .contains("lena-private cannot sign in: lena is suspended since 20");
            assertThat(problemOf(gateway.apiWith(privateToken).read("whoami"))).isEqualTo("401 not-signed-in");
            assertThat(strangers.ask("select 'still here'")).contains("still here");

            assertThat(erin.delete("principals/lena/suspension").status()).isEqualTo(204);
            assertThat(gateway.psqlWith("lena-private", privateToken, "shop")
                            .run("select 1")
                            .rows())
                    .containsExactly("1");
        }
    }

    @Test
    void anAgentIsCutWhenItsRegistrationIsOver() {
        LabPolicy.change(gateway, registration(LocalDate.now(ZoneOffset.UTC).plusDays(1)));
        try (OpenPsql open = gateway.psql("support-agent", "shop").open()) {
            LabPolicy.change(gateway, registration(LocalDate.EPOCH));

            assertThat(open.ends(SECONDS)).contains("registration of the agent support-agent has expired");
            Psql.Result again = gateway.psql("support-agent", "shop").run("select 1");
            assertThat(again.err()).contains("registration of the agent support-agent has expired");
            assertThat(again.exit()).isEqualTo(2);
            assertThat(gateway.api("support-agent")
                            .post("credentials", "{\"target\":\"shop\"}")
                            .status())
                    .isEqualTo(403);
        } finally {
            LabPolicy.remove(gateway, "Agent", "support-agent");
        }
    }

    @Test
    void aRoleWithdrawnAtTheIdentityProviderIsGoneFromSessionsCredentialsAndTokens() {
        DutiesRealm.person(gateway, "olaf", "4802", "engineer");
        String token = gateway.token("olaf");
        JsonNode credential = gateway.apiWith(token)
                .post("credentials", "{\"target\":\"shop\"}")
                .json();
        String user = credential.required("username").asText();
        String password = credential.required("password").asText();
        try (OpenPsql byToken = gateway.psqlWith("olaf", token, "shop").open();
                OpenPsql byCredential = gateway.psqlWith(user, password, "shop").open()) {
            DutiesRealm.give(gateway, "olaf", "auditor");
            await().atMost(SECONDS).until(() -> asked(token).contains("engineer"));
            assertThat(asked(token)).as("a role more needs a new token").doesNotContain("auditor");
            assertThat(byToken.ask("select 'still here'")).contains("still here");

            DutiesRealm.withdraw(gateway, "olaf", "engineer");

            assertThat(byToken.ends(SECONDS)).contains("57P01").contains("olaf no longer has the role engineer.");
            assertThat(byCredential.ends(SECONDS)).contains("57P01").contains("olaf no longer has the role engineer.");
            assertThat(asked(token)).doesNotContain("engineer");
            assertThat(gateway.psqlWith("olaf", token, "shop").run("select 1").err())
                    .contains("no target of this name on which olaf has a role");
            assertThat(gateway.psqlWith(user, password, "shop").run("select 1").err())
                    .contains("no target of this name on which");
        }
    }

    private String asked(String token) {
        Api.Answer answer = gateway.apiWith(token).read("whoami");
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json().required("realmRoles").toString();
    }

    @Test
    void whoeverIsDisabledAtTheIdentityProviderIsOutAtOnce() {
        DutiesRealm.person(gateway, "pia", "4803", "engineer");
        String token = gateway.token("pia");
        try (OpenPsql open = gateway.psqlWith("pia", token, "shop").open()) {
            DutiesRealm.disable(gateway, "pia");

            assertThat(open.ends(SECONDS))
                    .contains("57P01")
                    .contains("the identity provider has revoked the sign-in of pia");
            assertThat(gateway.psqlWith("pia", token, "shop").run("select 1").err())
                    .contains("The identity provider has revoked the access token.");
            assertThat(problemOf(gateway.apiWith(token).read("whoami"))).isEqualTo("401 not-signed-in");
            gateway.psqlWith("pia", token, "shop").run("select 1");
            assertThat(Polling.items(gateway.api("carol").read("evidence/attempts?principal=pia")))
                    .as("once, however often he tries")
                    .singleElement()
                    .satisfies(attempt -> {
                        assertThat(attempt.required("attempt").asText()).isEqualTo("open-session");
                        assertThat(attempt.required("object").asText()).isEqualTo("Target/shop");
                        assertThat(attempt.required("reason").asText()).isEqualTo("not-signed-in");
                        assertThat(attempt.required("message").asText()).contains("revoked the access token");
                    });
        }
    }

    @Test
    void aRotatedSecretEndsWhatWasGotWithTheOldOne() {
        String token = gateway.token("deploy-agent");
        JsonNode credential = gateway.apiWith(token)
                .post("credentials", "{\"target\":\"lab18\"}")
                .json();
        try (OpenPsql open = gateway.psqlWith("deploy-agent", token, "lab18").open()) {
            assertThat(problemOf(gateway.api("frank").post("agents/deploy-agent/rotation", REASON)))
                    .isEqualTo("404 not-found");
            Api.Answer rotated = gateway.api("alice").post("agents/deploy-agent/rotation", REASON);
            assertThat(rotated.status()).as(rotated.body()).isEqualTo(200);

            assertThat(open.ends(SECONDS))
                    .contains("57P01")
                    .contains("the secret of the agent deploy-agent was rotated by alice");
        }
        assertThat(gateway.psqlWith("deploy-agent", token, "lab18")
                        .run("select 1")
                        .err())
                .contains("issued before the secret of the agent deploy-agent was rotated");
        assertThat(gateway.psqlWith(
                                credential.required("username").asText(),
                                credential.required("password").asText(),
                                "lab18")
                        .run("select 1")
                        .err())
                .contains("issued before the secret of the agent deploy-agent was rotated");
        await().atMost(SECONDS)
                .until(() ->
                        gateway.psql("deploy-agent", "lab18").run("select 1").exit() == 0);
        JsonNode agent = gateway.api("alice").read("agents/deploy-agent").json();
        assertThat(agent.required("rotatedBy").asText()).isEqualTo("alice");
        assertThat(agent.required("secretIsOld").asBoolean()).isFalse();
    }

    @Test
    void aSubAgentHasNoMoreThanItsParentAndGoesWithIt() {
        String token = DutiesRealm.subAgentToken(gateway, "sub-agent", "support-agent");
        try (var own = DutiesPolicy.writers(gateway, "{clients: [sub-agent]}")) {
            assertThat(gateway.psqlWith("sub-agent", token, "shop")
                            .run(FOR_HOURS)
                            .err())
                    .as(own.mark())
                    .contains("no target of this name on which sub-agent has a role");
        }
        try (var both = DutiesPolicy.writers(gateway, "{clients: [sub-agent, support-agent]}");
                OpenPsql open = gateway.psqlWith("sub-agent", token, "shop").open()) {
            assertThat(open.ask("select count(*) from orders where id < 0"))
                    .as(both.mark())
                    .doesNotContain("ERROR");
            gateway.api("erin").post("principals/support-agent/suspension", REASON);

            assertThat(open.ends(SECONDS)).contains("support-agent was suspended by erin");
            assertThat(gateway.psqlWith("sub-agent", token, "shop")
                            .run("select 1")
                            .err())
                    .contains("sub-agent cannot sign in: support-agent is suspended since");
        } finally {
            gateway.api("erin").delete("principals/support-agent/suspension");
        }
    }

    @Test
    void theInventorySaysWhatAnAgentDoesNotUseAndPagesShowItsTask() throws Exception {
        try (var policy = DutiesPolicy.on(gateway, "{clients: [exchange-agent]}", "sql:select, sql:update, sql:delete")
                        .approval("{approvers: {realmRoles: [approver]}, quorum: 1, expiresAfter: PT15M,"
                                + " executeWithin: PT5M}");
                Browser browser = new Browser(gateway)) {
            String token = gateway.tokens().ofPersonThrough("exchange-agent", "frank");
            var psql = new Psql(
                    gateway.postgresPort(), "shop", "exchange-agent", token, "-c countersign.task=ticket-4711");
            assertThat(psql.run("select count(*) from orders").exit()).isZero();
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> !unused("exchange-agent", policy.mark()).contains("sql:select"));

            Page agents = browser.signedIn("erin", "/agents");
            PlaywrightAssertions.assertThat(agents.getByText(policy.mark() + ": sql:delete on public.orders (shop)"))
                    .isVisible();
            PlaywrightAssertions.assertThat(
                            agents.getByText("never rotated as far as is known").first())
                    .isVisible();
            Browser.picture(agents, "agents-inventory");

            String sql = "update orders set note = '" + policy.mark() + "' where id = 232";
            Process waiting = psql.start(sql);
            JsonNode approval = Polling.pendingApproval(gateway, sql);
            assertThat(approval.required("principal").required("task").asText()).isEqualTo("ticket-4711");
            Page page = browser.signedIn(
                    "bob", "/approvals/" + approval.required("id").asText());
            PlaywrightAssertions.assertThat(page.getByText("ticket-4711").first())
                    .isVisible();
            Browser.picture(page, "approval-task");
            page.navigate(gateway.portalUrl() + "/sessions/"
                    + approval.required("session").asText());
            PlaywrightAssertions.assertThat(page.getByText("ticket-4711").first())
                    .isVisible();
            Browser.picture(page, "session-task");
            Polling.decide(gateway, "bob", approval, "approve");
            assertThat(Psql.finish(waiting).exit()).isZero();
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> unused("exchange-agent", policy.mark()).equals("[sql:delete public.orders]"));
        }
    }

    private String unused(String client, String role) {
        var unused = new ArrayList<String>();
        gateway.api("erin").read("agents/" + client).json().required("unused").forEach(permission -> {
            if (permission.required("role").asText().equals(role)) {
                unused.add(permission.required("action").asText() + " "
                        + permission.required("resource").asText());
            }
        });
        return unused.toString();
    }

    @Test
    void aPortalThatIsOpenShowsNothingMoreToTheSuspended() {
        DutiesRealm.person(gateway, "rosa", "4804", "auditor");
        try (Browser browser = new Browser(gateway)) {
            Page page = browser.signedIn("rosa", "/sessions");
            PlaywrightAssertions.assertThat(page.getByText("Sessions").first()).isVisible();
            gateway.api("erin").post("principals/rosa/suspension", REASON);

            page.navigate(gateway.portalUrl() + "/approvals");
            PlaywrightAssertions.assertThat(
                            page.getByText("rosa is suspended since").first())
                    .isVisible();
            Browser.picture(page, "portal-suspended");
        } finally {
            gateway.api("erin").delete("principals/rosa/suspension");
        }
    }

    private static String registration(LocalDate expires) {
        return """
                apiVersion: countersign/v1
                kind: Agent
                metadata: {name: support-agent}
                spec:
                  owner: frank
                  class: assistant
                  purpose: Answers what customers ask.
                  contact: tests@shop.example
                  roles: [support-reader]
                  expires: %s
                """.formatted(expires);
    }
}
