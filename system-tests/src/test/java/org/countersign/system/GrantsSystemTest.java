package org.countersign.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.countersign.system.TourSystemTest.problemOf;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Roles for a time: asked for and approved, or taken and reviewed, as psql and the portal meet them. */
@ExtendWith(RunningGateway.class)
class GrantsSystemTest {
    private static final Duration SECONDS = Duration.ofSeconds(30);
    private static final String ROLE = "grants-test";
    private static final String LONG =
            "update orders set note = 'long' where id = 243 and (select count(*) from orders a, orders b, orders c) >"
                    + " 0";

    private static final String ELIGIBLE = """
        apiVersion: countersign/v1
        kind: Eligibility
        metadata: {name: grants-test-eligible}
        spec:
          role: grants-test
          requesters: {users: [frank]}
          longest: PT2H
          ticket: required
          approval: {approvers: {realmRoles: [approver]}, expiresAfter: PT10M}
        """;

    private final Gateway gateway;

    GrantsSystemTest(Gateway gateway) {
        this.gateway = gateway;
    }

    @BeforeAll
    static void policy(Gateway gateway) {
        LabPolicy.change(gateway, """
            apiVersion: countersign/v1
            kind: Role
            metadata: {name: grants-test}
            spec:
              holders: {}
              permissions:
                - {targets: [shop], actions: [sql:select, sql:update], resources: [public.orders, public.customers]}
              masking: {"*": clear}
            ---
            apiVersion: countersign/v1
            kind: Role
            metadata: {name: grants-test-urgent}
            spec:
              holders: {}
              permissions:
                - {targets: [shop], actions: [sql:select, sql:update], resources: ["public.*"]}
              masking: {"*": clear}
            ---
            apiVersion: countersign/v1
            kind: SegregationConstraint
            metadata: {name: grants-test-apart}
            spec: {type: static, roles: [grants-test-urgent, engineer]}
            ---
            apiVersion: countersign/v1
            kind: BreakGlass
            metadata: {name: grants-test-glass}
            spec:
              persons: {users: [frank, alice]}
              role: grants-test-urgent
              targets: [shop]
              longest: PT30M
              review: {reviewers: {realmRoles: [auditor]}}
              overrides: [grants-test-apart]
            ---
            apiVersion: countersign/v1
            kind: BreakGlass
            metadata: {name: grants-test-strict-glass}
            spec:
              persons: {users: [frank]}
              role: grants-test-urgent
              review: {reviewers: {realmRoles: [auditor]}}
            """);
        LabPolicy.change(gateway, ELIGIBLE);
    }

    @AfterAll
    static void withoutIt(Gateway gateway) {
        LabPolicy.remove(gateway, "BreakGlass", "grants-test-glass");
        LabPolicy.remove(gateway, "BreakGlass", "grants-test-strict-glass");
        LabPolicy.remove(gateway, "Eligibility", "grants-test-eligible");
        LabPolicy.remove(gateway, "SegregationConstraint", "grants-test-apart");
        LabPolicy.remove(gateway, "Role", ROLE);
        LabPolicy.remove(gateway, "Role", "grants-test-urgent");
    }

    @Test
    void aGrantLastsFromItsApprovalToItsRevocation() throws Exception {
        try (PsqlSession psql = gateway.psql("frank", "shop").session()) {
            assertThat(psql.run("update orders set note = 'g' where id = 240")).contains("42501");
            assertThat(psql.run("select email from customers where id = 1")).contains("***@");

            JsonNode grant = request("frank", """
                "actions":["sql:select","sql:update"],"resources":["public.orders","public.customers.(id,email)"]\
                """);
            JsonNode approval = gateway.api("bob")
                    .read("approvals/" + grant.required("approval").asText())
                    .json();
            assertThat(approval.required("commands").get(0).required("text").asText())
                    .contains("role grants-test on shop for frank, 1h")
                    .contains("public.customers.(id,email)");
            assertThat(problemOf(Polling.decide(gateway, "frank", approval, "approve")))
                    .isEqualTo("403 self-approval");
            decidedByALinkedAccountOf("frank", "bob", approval);
            assertThat(psql.run("update orders set note = 'g' where id = 240")).contains("42501");
            assertThat(Polling.decide(gateway, "bob", approval, "approve").status())
                    .isEqualTo(200);

            await().atMost(SECONDS)
                    .untilAsserted(() -> assertThat(psql.run("update orders set note = 'g' where id = 240"))
                            .isEmpty());
            assertThat(psql.run("select id, email from customers where id = 1"))
                    .startsWith("1|")
                    .doesNotContain("***");
            assertThat(psql.run("select email, card_number from customers where id = 1"))
                    .contains("******");
            assertThat(psql.run("begin; update customers set email = 'x@y.example' where id = 1; rollback"))
                    .isEmpty();
            assertThat(psql.run("delete from orders where id = 240")).contains("42501");
            JsonNode used = one("grants", grant);
            assertThat(used.required("uses").asLong()).isGreaterThan(2);
            assertThat(used.required("firstUse").isNull()).isFalse();

            Process running = gateway.psql("frank", "shop").start(LONG);
            await().atMost(SECONDS)
                    .until(() -> one("grants", grant).required("uses").asLong()
                            > used.required("uses").asLong());
            JsonNode revoked = gateway.api("bob")
                    .delete("grants/" + id(grant) + "?reason=done")
                    .json();
            assertThat(revoked.required("state").asText()).isEqualTo("revoked");
            assertThat(psql.run("update orders set note = 'late' where id = 240"))
                    .contains("42501")
                    .contains("was revoked by bob at 20");
            assertThat(Psql.finish(running).err()).contains("57014");
            await().atMost(SECONDS)
                    .untilAsserted(() -> assertThat(psql.run("select id, email from customers where id = 2"))
                            .contains("***@"));
        }
    }

    @Test
    void aGrantEndsWithWhatItRestsOn() throws Exception {
        String scope = "\"actions\":[\"sql:update\",\"sql:select\"],\"resources\":[\"public.orders\"]";
        String update = "update orders set note = 'r' where id = 243";
        JsonNode grant = request("frank", scope);
        approve(grant);
        JsonNode waiting = request("frank", scope);
        try (PsqlSession psql = gateway.psql("frank", "shop").session()) {
            await().atMost(SECONDS)
                    .untilAsserted(() -> assertThat(psql.run(update)).isEmpty());
            linked("frank", "bob", () -> {
                assertThat(psql.run(update))
                        .contains("SD004")
                        .contains("bob, who countersigned this at 20")
                        .contains("answers for it by now");
                return "";
            });
            assertThat(psql.run(update)).isEmpty();
            LabPolicy.remove(gateway, "Eligibility", "grants-test-eligible");
            try {
                await().atMost(SECONDS)
                        .untilAsserted(() -> assertThat(psql.run(update))
                                .contains("was ended, because the policy does not offer it any more, at 20"));
                approve(waiting);
                assertThat(one("grants", waiting).required("state").asText()).isEqualTo("rejected");
                assertThat(one("grants", waiting).required("endedReason").asText())
                        .contains("frank cannot have the role grants-test on shop any more");
                assertThat(gateway.api("carol")
                                .read("evidence/attempts?principal=frank")
                                .body())
                        .contains(waiting.required("name").asText());
            } finally {
                LabPolicy.change(gateway, ELIGIBLE);
            }
        }
    }

    @Test
    void ofTwoCommandsOnAGrantForOneOperationOneRuns() throws Exception {
        JsonNode grant = request(
                "frank",
                "\"actions\":[\"sql:update\",\"sql:select\"],\"resources\":[\"public.orders\"],\"single\":true");
        approve(grant);
        try (PsqlSession one = gateway.psql("frank", "shop").session();
                PsqlSession two = gateway.psql("frank", "shop").session()) {
            assertThat(one.run("select 1")).isEqualTo("1\n");
            assertThat(two.run("select 2")).isEqualTo("2\n");
            await().atMost(SECONDS)
                    .until(() -> one("grants", grant).required("state").asText().equals("active"));
            await().atMost(SECONDS)
                    .until(() -> explained("update orders set note = 's' where id = 241")
                            .equals("allow"));
            var together = new CyclicBarrier(2);
            List<CompletableFuture<String>> both = List.of(
                    CompletableFuture.supplyAsync(raced(one, together)),
                    CompletableFuture.supplyAsync(raced(two, together)));
            List<String> said = both.stream().map(CompletableFuture::join).toList();
            assertThat(said).filteredOn(String::isEmpty).hasSize(1);
            assertThat(said)
                    .filteredOn(text -> text.contains("was for one command, which ran"))
                    .hasSize(1);
            JsonNode used = one("grants", grant);
            assertThat(used.required("state").asText()).isEqualTo("used");
            assertThat(used.required("uses").asLong()).isEqualTo(1);
            await().atMost(SECONDS)
                    .untilAsserted(() -> assertThat(one.run("update orders set note = 't' where id = 241"))
                            .contains("was for one command, which"));
        }
    }

    @Test
    void whoMayAskIsThePolicys() {
        assertThat(problemOf(ask("dave", ROLE, "\"ticket\":\"T-1\""))).isEqualTo("403 not-eligible");
        assertThat(problemOf(ask("frank", "engineer", "\"ticket\":\"T-1\""))).isEqualTo("403 not-eligible");
        assertThat(ask("frank", ROLE, "\"single\":true").body()).contains("names a ticket");
        assertThat(ask("frank", ROLE, "\"ticket\":\"T-1\",\"actions\":[\"sql:delete\"]")
                        .body())
                .contains("does not permit sql:delete");
        assertThat(gateway.api("frank")
                        .read("grants/eligible")
                        .json()
                        .required("items")
                        .findValuesAsText("role"))
                .contains(ROLE);
        LabPolicy.change(gateway, """
            apiVersion: countersign/v1
            kind: SegregationConstraint
            metadata: {name: grants-test-strict}
            spec: {type: static, roles: [grants-test, engineer]}
            """);
        try {
            assertThat(problemOf(ask("frank", ROLE, "\"ticket\":\"T-1\""))).isEqualTo("403 conflict-of-duties");
        } finally {
            LabPolicy.remove(gateway, "SegregationConstraint", "grants-test-strict");
        }
        assertThat(gateway.api("carol").read("evidence/attempts?principal=dave").body())
                .contains("request-grant")
                .contains("not-eligible");
    }

    @Test
    void brokenGlassIsReviewedByAnotherBeforeTheNext() {
        assertThat(problemOf(start("orders-agent"))).isEqualTo("403 machine-approval");
        assertThat(problemOf(start("dave"))).isEqualTo("403 not-eligible");
        assertThat(problemOf(start("frank", "grants-test-strict-glass"))).isEqualTo("403 conflict-of-duties");
        try (PsqlSession psql = gateway.psql("frank", "shop").session()) {
            assertThat(psql.run("update orders set note = 'b' where id = 242")).contains("42501");
            JsonNode use = start("frank").json();
            assertThat(use.required("state").asText()).isEqualTo("active");
            assertThat(psql.run("update orders set note = 'b' where id = 242"))
                    .contains("WARNING")
                    .contains(
                            "BREAK-GLASS: this runs by " + use.required("name").asText());
            await().atMost(SECONDS)
                    .untilAsserted(() -> assertThat(
                                    gateway.api("carol").read("metrics").body())
                            .contains("\ncountersign_break_glass_open 1\n"));
            assertThat(psql.run("select email from customers where id = 2")).doesNotContain("***");
            assertThat(problemOf(start("frank"))).isEqualTo("409 review-pending");
            assertThat(problemOf(review("carol", use, "looked at each of its commands")))
                    .isEqualTo("409 conflict");
            assertThat(gateway.api("frank")
                            .delete("break-glass/" + id(use))
                            .json()
                            .required("state")
                            .asText())
                    .isEqualTo("revoked");
            assertThat(psql.run("update orders set note = 'c' where id = 242")).contains("was given back by frank");

            assertThat(start("frank").body()).contains("Nobody has reviewed the break-glass of frank on shop");
            assertThat(problemOf(review("frank", use, "all was well, I say myself")))
                    .isEqualTo("403 self-approval");
            assertThat(problemOf(review("bob", use, "I am none of its reviewers")))
                    .isEqualTo("403 not-an-approver");
            assertThat(problemOf(review("carol", use, "fine"))).isEqualTo("400 invalid-request");
            linked("frank", "carol", () -> {
                assertThat(problemOf(review("carol", use, "looked at each of its commands")))
                        .isEqualTo("403 self-approval");
                return "";
            });
            JsonNode reviewed =
                    review("carol", use, "looked at each of its commands").json();
            assertThat(reviewed.required("review").required("by").asText()).isEqualTo("carol");

            JsonNode next = start("frank").json();
            assertThat(next.required("state").asText()).isEqualTo("active");
            assertThat(gateway.api("dave")
                            .delete("break-glass/" + id(next) + "?reason=over")
                            .status())
                    .isEqualTo(200);
            String report = gateway.api("carol").read("evidence/report.html").body();
            assertThat(report)
                    .contains("Exceptions and their reviews")
                    .contains(use.required("name").asText())
                    .contains("looked at each of its commands")
                    .contains("NOT REVIEWED");
            assertThat(gateway.api("carol").read("evidence/privileged").body())
                    .contains(use.required("name").asText());
            review("carol", next, "nothing was done with it");
        }
    }

    @Test
    void rolesForATimeAndBreakGlassInThePortal() {
        try (Browser browser = new Browser(gateway)) {
            Page frank = browser.signedIn("frank", "/grants");
            frank.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Ask for a role"))
                    .click();
            frank.locator("#ask").click();
            assertThat(frank.locator(".problem").first()).isVisible();
            Browser.pictures(frank, "grants-ask");
            frank.locator("#grant-resources textarea").fill("public.customers.(id,email)");
            frank.locator("#grant-reason input").fill("letters come back");
            frank.getByLabel("Ticket").fill("T-7");
            frank.locator("#ask").click();
            Locator mine = frank.locator("article").first();
            assertThat(mine).containsText("Waits for approval");
            assertThat(mine).containsText("letters come back (T-7)");

            Page bob = browser.signedIn("bob", "/grants");
            bob.getByText("To decide").click();
            Locator decide = bob.getByText("Look at it and decide").first();
            assertThat(decide).isVisible();
            Browser.pictures(bob, "grants-pending");
            decide.click();
            assertThat(bob.getByText("Exactly this would be given")).isVisible();
            Browser.pictures(bob, "grants-approval");
            bob.locator("#approve").click();
            assertThat(mine).containsText("Active");
            assertThat(mine).containsText("never");
            Browser.pictures(frank, "grants-mine");
            mine.getByRole(AriaRole.BUTTON).first().click();
            frank.locator("#end").click();
            assertThat(mine).containsText("Ended early");

            frank.navigate(gateway.portalUrl() + "/break-glass");
            assertThat(frank.getByText("grants-test-glass").first()).isVisible();
            Browser.pictures(frank, "break-glass");
            frank.locator("article")
                    .filter(new Locator.FilterOptions().setHasText("grants-test-glass"))
                    .getByRole(AriaRole.BUTTON)
                    .first()
                    .click();
            frank.locator("#glass-reason input").fill("the shop is down");
            frank.locator("#start").click();
            assertThat(frank.locator(".glass-banner")).isVisible();
            Browser.pictures(frank, "break-glass-open");
            Page dave = browser.signedIn("dave", "/approvals");
            assertThat(dave.locator(".glass-banner")).containsText("frank");
            Browser.pictures(dave, "break-glass-banner");
            Locator use = frank.locator("article")
                    .filter(new Locator.FilterOptions().setHasText("the shop is down"))
                    .first();
            use.getByRole(AriaRole.BUTTON).first().click();
            frank.locator("#end").click();
            assertThat(use).containsText("Ended early");
            assertThat(frank.getByText("Not now").first()).isVisible();

            Page carol = browser.signedIn("carol", "/break-glass");
            carol.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Review"))
                    .first()
                    .click();
            carol.locator("#review-words textarea").fill("nothing was done with it");
            Browser.pictures(carol, "break-glass-review");
            carol.locator("#justified").click();
            assertThat(carol.locator("article").first()).containsText("Justified");
            frank.reload();
            assertThat(frank.getByText("Not now")).hasCount(0);
        }
    }

    private Supplier<String> raced(PsqlSession psql, CyclicBarrier together) {
        return () -> {
            try {
                together.await();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
            return psql.run("update orders set note = 's' where id = 241");
        };
    }

    private String explained(String sql) {
        return gateway.api("frank")
                .post("explain", "{\"target\":\"shop\",\"text\":\"" + sql + "\"}")
                .json()
                .required("verdict")
                .asText();
    }

    private void decidedByALinkedAccountOf(String requester, String approver, JsonNode approval) {
        linked(requester, approver, () -> {
            assertThat(problemOf(Polling.decide(gateway, approver, approval, "approve")))
                    .isEqualTo("403 self-approval");
            return "";
        });
    }

    private void linked(String one, String other, Supplier<String> meanwhile) {
        LabPolicy.change(gateway, """
            apiVersion: countersign/v1
            kind: Person
            metadata: {name: grants-test-person}
            spec: {accounts: [%s, %s]}
            """.formatted(one, other));
        try {
            meanwhile.get();
        } finally {
            LabPolicy.remove(gateway, "Person", "grants-test-person");
        }
    }

    private JsonNode request(String who, String scope) {
        Api.Answer answer = ask(who, ROLE, "\"ticket\":\"T-1\"," + scope);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.json().required("state").asText()).isEqualTo("pending");
        return answer.json();
    }

    private Api.Answer ask(String who, String role, String more) {
        return gateway.api(who).post("grants", """
            {"role":"%s","target":"shop","duration":"PT1H","reason":"a test needs it",%s}
            """.formatted(role, more));
    }

    private void approve(JsonNode grant) {
        assertThat(gateway.api("bob")
                        .post(
                                "approvals/" + grant.required("approval").asText() + "/decisions",
                                "{\"decision\":\"approve\"}")
                        .status())
                .isEqualTo(200);
    }

    private Api.Answer start(String who) {
        return start(who, "grants-test-glass");
    }

    private Api.Answer start(String who, String name) {
        return gateway.api(who).post("break-glass", """
            {"name":"%s","target":"shop","duration":"PT15M","reason":"the shop is down"}
            """.formatted(name));
    }

    private Api.Answer review(String who, JsonNode use, String words) {
        return gateway.api(who)
                .post("break-glass/" + id(use) + "/review", "{\"finding\":\"justified\",\"words\":\"" + words + "\"}");
    }

    private JsonNode one(String list, JsonNode grant) {
        return gateway.api("carol").read(list + "/" + id(grant)).json();
    }

    private static String id(JsonNode object) {
        return object.required("id").asText();
    }
}
