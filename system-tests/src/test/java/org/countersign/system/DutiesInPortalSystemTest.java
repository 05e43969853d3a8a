package org.countersign.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The second signature, in the browser. */
@ExtendWith(RunningGateway.class)
class DutiesInPortalSystemTest {
    private final Gateway gateway;

    DutiesInPortalSystemTest(Gateway gateway) {
        this.gateway = gateway;
    }

    @Test
    void aSecondAdministratorReadsTheDifferenceAndConfirms() {
        String name = "portal-" + UUID.randomUUID().toString().substring(0, 8);
        gateway.psql("orders-agent", "shop").run("select count(*) from orders");
        gateway.api("dave").putYaml("manifests", """
                apiVersion: countersign/v1
                kind: Role
                metadata: {name: %s}
                spec:
                  holders: {clients: [orders-agent]}
                  permissions: [{targets: [shop], actions: [sql:select], resources: [public.payments]}]
                """.formatted(name));
        try (Browser browser = new Browser(gateway)) {
            Locator proposal = change(browser.signedIn("dave", "/policy"), name);
            assertThat(proposal).containsText("You proposed this. A second administrator has to confirm it.");
            assertThat(confirm(proposal)).hasCount(0);
            assertThat(confirm(change(browser.signedIn("carol", "/policy"), name)))
                    .hasCount(0);

            Page page = browser.signedIn("erin", "/policy");
            Locator waiting = change(page, name);
            assertThat(waiting.getByText("- public.payments")).isVisible();
            waiting.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Show its effect"))
                    .click();
            assertThat(waiting).containsText("gains sql:select on public.payments of shop");
            assertThat(waiting).containsText("commands were judged again");
            Browser.picture(page, "policy-change");
            confirm(waiting).click();
            assertThat(change(page, name)).containsText("confirmed by erin");
            change(page, name)
                    .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Revert"))
                    .click();
            page.locator("#send").click();
            assertThat(page.getByText("Say why.")).isVisible();
            page.locator("#why textarea").fill("nobody reads payments");
            page.locator("#send").click();
            assertThat(page.getByText("The inverse is proposed.")).isVisible();
            assertThat(change(page, name)).containsText("takes version");
            Browser.picture(page, "policy-revert");
            Page daves = browser.signedIn("dave", "/policy");
            change(daves, name)
                    .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Reject"))
                    .click();
            daves.locator("#why textarea").fill("still needed");
            daves.locator("#send").click();
            assertThat(change(daves, name)).containsText("rejected by dave");
            Browser.picture(daves, "policy-rejected");
        }
        JsonNode removal = gateway.api("dave").delete("manifests/Role/" + name).json();
        gateway.api("erin").post("changes/" + removal.required("change").asText() + "/confirm", "{}");
    }

    private static Locator change(Page page, String name) {
        return page.getByRole(AriaRole.ARTICLE)
                .filter(new Locator.FilterOptions().setHasText(name))
                .first();
    }

    private static Locator confirm(Locator change) {
        return change.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Confirm"));
    }

    @Test
    void anAuditorSeesTheProofOfAPeriodAndTakesTheSignedFileAlong() throws Exception {
        String sql = "update orders set note = 'report' where id = 241";
        Process psql = gateway.psql("orders-agent", "shop").start(sql);
        JsonNode approval = Polling.pendingApproval(gateway, sql);
        Polling.decide(gateway, "alice", approval, "approve");
        Polling.decide(gateway, "bob", approval, "approve");
        Psql.finish(psql);
        try (Browser browser = new Browser(gateway)) {
            Page page = browser.signedIn("carol", "/report?principal=orders-agent");
            assertThat(page.getByText("Nobody countersigned himself")).isVisible();
            assertThat(page.getByText("Different persons").first()).isVisible();
            Browser.picture(page, "report");
            var file = page.waitForDownload(
                    () -> page.getByText("Printable, signed").click());
            org.assertj.core.api.Assertions.assertThat(java.nio.file.Files.readString(file.path()))
                    .contains("<h1>Segregation report</h1>")
                    .contains("countersign-signature:");
            page.navigate(gateway.portalUrl() + "/report?from=2020-01-01&to=2020-01-31");
            assertThat(page.getByText("Nothing was countersigned")).isVisible();
            Browser.picture(page, "report-empty");
            assertThat(browser.signedIn("bob", "/report").getByText("Only auditors and administrators"))
                    .isVisible();
        }
    }

    @Test
    void whoeverIsNoApproverIsToldWhoIsAndADecidedRequestSaysWhoDecided() throws Exception {
        String sql = "update orders set note = 'portal' where id = 240";
        Process psql = gateway.psql("orders-agent", "shop").start(sql);
        JsonNode approval = Polling.pendingApproval(gateway, sql);
        String path = "/approvals/" + approval.required("id").asText();
        try (Browser browser = new Browser(gateway)) {
            Page page = browser.signedIn("carol", path);
            assertThat(page.locator("#status")).containsText("You are not an approver of this request");
            assertThat(page.locator("#status")).containsText("people with the role approver");
            assertThat(page.locator("#approve")).not().isVisible();
            Polling.decide(gateway, "bob", approval, "approve");
            assertThat(page.locator("#status")).containsText("Approved by bob");
            assertThat(page.getByText("seen in a test")).isVisible();
            Browser.picture(page, "approval-decided");
        }
        Psql.finish(psql);
    }
}
