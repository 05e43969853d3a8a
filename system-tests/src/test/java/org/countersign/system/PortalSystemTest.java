package org.countersign.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.Cookie;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The portal in a real browser, as approvers, owners and auditors see it. */
@ExtendWith(RunningGateway.class)
class PortalSystemTest {
    private final Gateway gateway;

    PortalSystemTest(Gateway gateway) {
        this.gateway = gateway;
    }

    @Test
    void anApproverDecidesFromTheNoticesLink() throws Exception {
        String sql = "update orders set note = 'browser' where id = 101";
        Process psql = gateway.psql("orders-agent", "shop").start(sql);
        JsonNode approval = Polling.pendingApproval(gateway, sql);
        try (Browser browser = new Browser(gateway)) {
            Page page = browser.signedIn(
                    "bob", "/approvals/" + approval.required("id").asText());
            assertThat(page).hasTitle(Pattern.compile("Approval .* – Countersign"));
            assertThat(page.getByText("orders-agent").first()).isVisible();
            assertThat(page.getByText("alice").first()).isVisible();
            assertThat(page.getByText("agent-writes-need-a-person").first()).isVisible();
            assertThat(page.getByText("public.orders").first()).isVisible();
            Browser.picture(page, "approval-pending");
            page.fill("#reason textarea", "Looks right");
            Locator approve = page.locator("#approve");
            assertThat(approve).isEnabled();
            approve.click();
            Psql.Result result = Psql.finish(psql);
            assertThat(result.out()).contains("UPDATE 1");
            assertThat(page.locator("#status")).isVisible();
            Browser.picture(page, "approval-decided");
        }
    }

    @Test
    void theInboxShowsANewRequestByItself() throws Exception {
        String sql = "update orders set note = 'live' where id = 102";
        try (Browser browser = new Browser(gateway)) {
            Page page = browser.signedIn("bob", "/approvals");
            assertThat(page.getByText("note = 'live'")).hasCount(0);
            Browser.picture(page, "inbox");
            Process psql = gateway.psql("orders-agent", "shop").start(sql);
            JsonNode approval = Polling.pendingApproval(gateway, sql);
            assertThat(page.getByText("note = 'live'").first()).isVisible();
            Browser.picture(page, "inbox-live");
            Polling.decide(gateway, "bob", approval, "reject");
            Psql.finish(psql);
        }
    }

    @Test
    void theOwnerOfTheAgentSeesAtOnceWhyHeMayNotDecide() throws Exception {
        String sql = "update orders set note = 'mine' where id = 103";
        Process psql = gateway.psql("orders-agent", "shop").start(sql);
        JsonNode approval = Polling.pendingApproval(gateway, sql);
        try (Browser browser = new Browser(gateway)) {
            Page page = browser.signedIn(
                    "alice", "/approvals/" + approval.required("id").asText());
            assertThat(page.locator("#status")).isVisible();
            assertThat(page.locator("#approve")).not().isVisible();
            Browser.picture(page, "approval-self");
        }
        Polling.decide(gateway, "bob", approval, "reject");
        Psql.finish(psql);
    }

    @Test
    void approveWaitsUntilALongCommandWasReadToItsEnd() throws Exception {
        String sql = "update orders set note = '" + "line\n".repeat(400) + "\u202Eend' where id = 104";
        Process psql = gateway.psql("orders-agent", "shop").start(sql);
        JsonNode approval = Polling.pendingApproval(gateway, sql);
        try (Browser browser = new Browser(gateway)) {
            Page page = browser.signedIn(
                    "bob", "/approvals/" + approval.required("id").asText());
            assertThat(page.locator("#approve")).isDisabled();
            assertThat(page.getByText("202E").first()).isAttached();
            page.getByText("202E").first().scrollIntoViewIfNeeded();
            assertThat(page.locator("#approve")).isEnabled();
            Browser.picture(page, "approval-long");
        }
        Polling.decide(gateway, "bob", approval, "reject");
        Psql.finish(psql);
    }

    @Test
    void anAuditorReplaysASession() {
        gateway.psql("support-agent", "shop")
                .run("select id, full_name, email from customers where id < 4 order by id", "select * from payments");
        try (Browser browser = new Browser(gateway)) {
            Page page = browser.signedIn("carol", "/sessions");
            Browser.picture(page, "sessions");
            JsonNode session = Polling.items(gateway.api("carol").read("sessions?principal=support-agent&limit=1"))
                    .get(0);
            page.navigate(
                    gateway.portalUrl() + "/sessions/" + session.required("id").asText());
            assertThat(page).hasTitle(Pattern.compile("Session .* – Countersign"));
            assertThat(page.getByText("select id, full_name, email").first()).isVisible();
            page.getByText("select id, full_name, email").first().click();
            assertThat(page.getByText("a***@mail.example").first()).isVisible();
            Browser.picture(page, "session-replay");
        }
    }

    @Test
    void aLinkWithAQueryLeadsThereThroughTheSignIn() {
        try (Browser browser = new Browser(gateway)) {
            String wanted = gateway.portalUrl() + "/sessions?principal=support-agent&target=shop";
            Page page = browser.signedIn("carol", "/sessions?principal=support-agent&target=shop");
            assertThat(page).hasURL(wanted);
            assertThat(page.getByLabel("Target").first()).hasValue("shop");
            page.navigate(gateway.portalUrl() + "/sessions");
            assertThat(page).hasURL(gateway.portalUrl() + "/sessions");
            page.context()
                    .addCookies(
                            List.of(new Cookie("WANTED_PAGE", "//elsewhere.example/?x=1").setUrl(gateway.portalUrl())));
            page.navigate(gateway.portalUrl() + "//elsewhere.example/");
            assertThat(page).hasURL(gateway.portalUrl() + "//elsewhere.example/");
        }
    }

    @Test
    void whatDoesNotExistAndWhatOneMayNotSeeLookAlike() {
        try (Browser browser = new Browser(gateway)) {
            Page page = browser.signedIn("frank", "/approvals/00000000-0000-0000-0000-000000000000");
            String missing = page.locator("main, vaadin-app-layout").first().innerText();
            assertThat(missing).isNotBlank().doesNotContain("Exception");
            Browser.picture(page, "missing");
        }
    }

    @Test
    void signingOutEndsTheSession() {
        try (Browser browser = new Browser(gateway)) {
            Page page = browser.signedIn("bob", "/approvals");
            page.navigate(gateway.portalUrl() + "/logout");
            page.locator("#username").waitFor();
            page.navigate(gateway.portalUrl() + "/approvals");
            page.locator("#username").waitFor();
        }
    }

    /** What a page that is being left still loads may sign nobody in again: that would undo the sign-out under way. */
    @Test
    void onlyAPageThatIsOpenedLeadsToTheSignIn() throws Exception {
        assertThat(answer("document").statusCode()).isEqualTo(302);
        for (String part : List.of("script", "iframe", "image", "empty", "serviceworker")) {
            HttpResponse<String> answer = answer(part);
            assertThat(answer.statusCode()).as(part).isEqualTo(401);
            assertThat(answer.headers().firstValue("Location")).as(part).isEmpty();
            assertThat(answer.headers().firstValue("Set-Cookie")).as(part).isEmpty();
        }
    }

    /** Asks without a session, as a browser that says for what. */
    private HttpResponse<String> answer(String destination) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(gateway.portalUrl() + "/approvals"))
                                .header("Accept", "*/*")
                                .header("Sec-Fetch-Dest", destination)
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }
}
