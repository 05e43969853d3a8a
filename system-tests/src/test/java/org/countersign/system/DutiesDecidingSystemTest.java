package org.countersign.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What an approver sees and can do, in the browser: from the people behind a request to standing in for somebody. */
@ExtendWith(RunningGateway.class)
class DutiesDecidingSystemTest {
    private static final String STEPS = "{justification: required, stepUp: {within: PT25S},"
            + " executeDuring: [\"Mon-Sun 00:00-24:00 UTC\"],"
            + " steps: [{approvers: {managerOfRequester: true}}, {approvers: {realmRoles: [approver]}}]}";

    private final Gateway gateway;

    DutiesDecidingSystemTest(Gateway gateway) {
        this.gateway = gateway;
    }

    @Test
    void anApproverSeesWhoIsBehindItAndDecidesAfterAFreshSignIn() throws Exception {
        try (var browser = new Browser(gateway);
                var policy = DutiesPolicy.writers(gateway, "{users: [frank]}").approval(STEPS)) {
            Page bob = browser.signedIn("bob", "/delegations");
            delegations(bob);

            String sql = "update orders set note = 'page " + policy.mark() + "' where id = 225";
            String why = " /* reason: TICKET-9, customer called */";
            Process psql = gateway.psql("frank", "shop").start("select count(*) from orders where id < 225", sql + why);
            String path = "/approvals/"
                    + Polling.pendingApproval(gateway, sql).required("id").asText();

            // dave is no approver: he is the manager of the person who asks
            Page dave = browser.signedIn("dave", path);
            assertThat(dave.locator(".circumstances")).containsText("TICKET-9, customer called");
            assertThat(dave.locator("#behind")).containsText("frank");
            assertThat(dave.locator("#before")).containsText("select count(*) from orders where id < 225");
            assertThat(dave.locator("#before")).containsText("Earlier requests like this");
            assertThat(dave.locator("#steps")).containsText("the manager of the person who asks");
            assertThat(dave.locator("#steps")).containsText("dave (you)");
            assertThat(dave.locator("#steps")).containsText("decides in a later step");
            assertThat(dave.locator("#record")).containsText("Mon,Tue,Wed,Thu,Fri,Sat,Sun 00:00-24:00 UTC");
            assertThat(dave.getByText("It reads rows and changes rows.")).isVisible();
            approve(dave);
            assertThat(dave.locator("#steps")).containsText("1 of 1");

            bob.navigate(gateway.portalUrl() + path);
            assertThat(bob.locator("#steps")).isVisible();
            Browser.pictures(bob, "approval-page");
            Polling.until(() -> {
                bob.reload();
                assertThat(bob.locator("#steps")).isVisible();
                return bob.locator("#sign-in-again").isVisible();
            });
            assertThat(bob.locator("#status")).containsText("Sign in again to decide this");
            assertThat(bob.locator("#approve")).not().isVisible();
            Browser.pictures(bob, "approval-sign-in-again");
            bob.locator("#sign-in-again").click();
            bob.fill("#password", "bob-demo");
            bob.click("#kc-login");
            bob.waitForURL(gateway.portalUrl() + path);
            approve(bob);
            assertThat(bob.locator("#status")).containsText("Approved by");
            Assertions.assertThat(Psql.finish(psql).exit()).isZero();
            Browser.picture(bob, "approval-done");
        }
    }

    private static void approve(Page page) {
        assertThat(page.locator("#approve")).isEnabled();
        page.locator("#approve").click();
        assertThat(page.getByText("Decisions", new Page.GetByTextOptions().setExact(true)))
                .isVisible();
    }

    private void delegations(Page bob) {
        assertThat(bob.getByText("Nobody decides for anybody else")
                        .or(bob.locator("article").first()))
                .isVisible();
        bob.locator("#delegate input").fill("bob");
        bob.locator("#delegation-reason input").fill("holiday");
        bob.locator("#give").click();
        assertThat(bob.locator("#delegation-problem")).containsText("nobody stands in for himself");
        bob.locator("#delegate input").fill("carol");
        bob.locator("#until input").fill("2031-01-01");
        bob.locator("#give").click();
        assertThat(bob.locator("#delegation-problem")).containsText("within the next 90 days");
        bob.reload();
        bob.locator("#delegate input").fill("carol");
        bob.locator("#delegation-reason input").fill("holiday");
        bob.locator("#give").click();
        assertThat(bob.getByText("You let carol decide in your place").first()).isVisible();
        Browser.pictures(bob, "delegations");
        bob.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("End it"))
                .first()
                .click();
        assertThat(bob.getByText("ended by bob").first()).isVisible();
    }

    @Test
    void identicalRequestsAreDecidedAtOnceAndTakenBackByWhoeverAsked() throws Exception {
        try (var browser = new Browser(gateway);
                var policy = DutiesPolicy.writers(gateway, "{users: [frank]}")
                        .approval("{approvers: {realmRoles: [approver]}}")) {
            String sql = "update orders set note = 'twice " + policy.mark() + "' where id = 226";
            Process first = gateway.psql("frank", "shop").start(sql);
            JsonNode request = Polling.pendingApproval(gateway, sql);
            Process second = gateway.psql("frank", "shop").start(sql);
            String digest = request.required("digest").asText();
            Polling.until(
                    () -> Polling.items(gateway.api("bob").read("approvals?state=pending&principal=frank")).stream()
                                    .filter(approval ->
                                            approval.required("digest").asText().equals(digest))
                                    .count()
                            == 2);
            String path = "/approvals/" + request.required("id").asText();
            Page bob = browser.signedIn("bob", path);
            assertThat(bob.getByText("Also the other request for exactly this")).isVisible();
            bob.locator("#all-identical input").check();
            bob.locator("#reason textarea").fill("once is enough");
            Browser.pictures(bob, "approval-identical");
            bob.locator("#reject").click();
            assertThat(bob.getByText("Decided 2 requests for exactly this.")).isVisible();
            Assertions.assertThat(Psql.finish(first).err()).contains("once is enough");
            Assertions.assertThat(Psql.finish(second).err()).contains("once is enough");

            Process third = gateway.psql("frank", "shop").start(sql);
            String again = "/approvals/"
                    + Polling.pendingApproval(gateway, sql).required("id").asText();
            Page frank = browser.signedIn("frank", again);
            assertThat(frank.locator("#status")).containsText("This is your own request");
            assertThat(frank.locator("#before")).containsText("Exactly this: rejected by bob");
            frank.locator("#take-back").click();
            Browser.pictures(frank, "approval-take-back");
            frank.getByRole(
                            AriaRole.BUTTON,
                            new Page.GetByRoleOptions().setName("Take back").setExact(true))
                    .last()
                    .click();
            assertThat(frank.locator("#status")).containsText("This request was withdrawn");
            Assertions.assertThat(Psql.finish(third).exit()).isNotZero();

            Page carol = browser.signedIn("carol", "/approvers");
            assertThat(carol.locator("table")).containsText("bob");
            Browser.pictures(carol, "approvers");
            carol.navigate(gateway.portalUrl() + "/approvers?from=2020-01-01&to=2020-01-31");
            assertThat(carol.getByText("Nobody decided anything")).isVisible();
            bob.navigate(gateway.portalUrl() + "/approvers");
            assertThat(bob.getByText("How people decide is shown to administrators and auditors."))
                    .isVisible();
        }
    }
}
