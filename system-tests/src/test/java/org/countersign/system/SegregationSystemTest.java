package org.countersign.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.countersign.system.Answers.assertRefused;
import static org.countersign.system.TourSystemTest.problemOf;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What one person, session or task may not combine, through psql, REST and the portal. */
@ExtendWith(RunningGateway.class)
class SegregationSystemTest {
    private static final String MAKES = "actions: [sql:select, sql:update], resources: [public.orders]";
    private static final String CHECKS = "actions: [sql:select], resources: [public.payments]";
    private static final String MAKE = "update orders set note = 'made' where id = 250";
    private static final String CHECK = "select count(*) from payments";
    private final Gateway gateway;
    private final String mark = UUID.randomUUID().toString().substring(0, 8);

    SegregationSystemTest(Gateway gateway) {
        this.gateway = gateway;
    }

    private String named(String what) {
        return what + "-" + mark;
    }

    private SegregationPolicy makerAndChecker(String maker, String checker) {
        return new SegregationPolicy(gateway)
                .role(named("maker"), maker, MAKES)
                .role(named("checker"), checker, CHECKS);
    }

    private String roles() {
        return "roles: [" + named("maker") + ", " + named("checker") + "]";
    }

    @Test
    void oneSessionIsOnOneSide() {
        try (var policy = makerAndChecker("{users: [dave]}", "{users: [dave]}")) {
            policy.constraint(named("one-side"), "{type: dynamic, " + roles() + ", message: Kept apart by a test.}");

            Psql.Result both = gateway.psql("dave", "shop").run(MAKE, CHECK);
            assertThat(both.out()).contains("UPDATE 1");
            assertThat(both.err())
                    .contains("ERROR:  SD004", "This session has acted as " + named("maker"), "(command 1)")
                    .contains(named("one-side"), "Kept apart by a test.");
            assertThat(gateway.psql("dave", "shop").run(CHECK).exit()).isZero();
        }
    }

    @Test
    void oneTaskIsOnOneSideInWhateverSession() throws Exception {
        try (var policy = makerAndChecker("{users: [dave]}", "{users: [dave]}")) {
            policy.constraint(named("one-task"), "{type: dynamic, per: task, " + roles() + "}");
            assertRefused(gateway.psql("dave", "shop").run(CHECK), "SD004");

            String task = named("task");
            List<Process> atOnce =
                    List.of(start(task, MAKE), start(task, CHECK), start(task, MAKE), start(task, CHECK));
            int made = 0;
            int checked = 0;
            for (Process process : atOnce) {
                Psql.Result result = Psql.finish(process);
                made += result.out().contains("UPDATE 1") ? 1 : 0;
                checked += result.exit() == 0 && !result.out().contains("UPDATE") ? 1 : 0;
            }
            assertThat(List.of(made, checked)).isIn(List.of(0, 2), List.of(2, 0));

            Psql.Result late = Psql.finish(start(task, made > 0 ? CHECK : MAKE));
            assertThat(late.err()).contains("ERROR:  SD004", "The task " + task + " has acted as", "of session");
            assertThat(Psql.finish(start(named("other"), CHECK)).exit()).isZero();
            assertThat(Polling.items(gateway.api("carol").read("sessions?principal=dave&limit=5")))
                    .anyMatch(session -> session.required("principal")
                            .required("task")
                            .asText()
                            .equals(task));
        }
    }

    private Process start(String task, String sql) {
        return gateway.psql("dave", "shop", "-c countersign.task=" + task).start(sql);
    }

    @Test
    void whoeverChangedSomethingMayNotDoNorApproveWhatTheConstraintNames() throws Exception {
        String who = named("approver");
        DutiesRealm.person(gateway, who, "E-" + mark, "approver");
        try (var policy = makerAndChecker("{users: [" + who + "]}", "{users: [" + who + "]}")) {
            policy.constraint(
                    named("changed"),
                    "{type: history, who: {did: [sql:update], on: [public.orders]},"
                            + " mayNot: {do: [sql:select], on: [public.payments]}, within: PT1H}");
            policy.constraint(
                    named("approves"),
                    "{type: history, who: {did: [sql:update], on: [public.orders]},"
                            + " mayNot: {approve: [\"sql:*\"]}, within: PT1H}");
            assertThat(gateway.psql(who, "shop").run(CHECK).exit()).isZero();
            String sql = "update orders set note = 'asked " + mark + "' where id = 251";
            Process asking = gateway.psql("orders-agent", "shop").start(sql);
            JsonNode approval = Polling.pendingApproval(gateway, sql);

            assertThat(gateway.psql(who, "shop").run(MAKE).exit()).isZero();

            Psql.Result refused = gateway.psql(who, "shop").run(CHECK);
            assertRefused(refused, "SD004");
            assertThat(refused.err())
                    .contains(who + " did sql:update on public.orders of target shop at ", "command 1 of session")
                    .contains(named("changed"));
            Api.Answer decision = Polling.decide(gateway, who, approval, "approve");
            assertThat(problemOf(decision)).isEqualTo("403 conflict-of-duties");
            assertThat(decision.body()).contains(who + " did sql:update on public.orders");
            JsonNode seen = gateway.api(who)
                    .read("approvals/" + approval.required("id").asText())
                    .json();
            assertThat(seen.required("why").asText()).isEqualTo("conflict-of-duties");
            asking.destroy();

            JsonNode report = gateway.api("carol")
                    .send(
                            "POST",
                            "constraints/report",
                            "application/yaml",
                            SegregationPolicy.draft(
                                    named("draft"),
                                    "{type: history, who: {did: [sql:update], on: [public.orders]},"
                                            + " mayNot: {do: [sql:update]}}"))
                    .json()
                    .required("reports")
                    .get(0);
            assertThat(report.required("possible").findValuesAsText("who")).contains(who);

            String change = gateway.api("dave")
                    .putYaml(
                            "manifests",
                            SegregationPolicy.draft(
                                    named("later"),
                                    "{type: history, who: {did: [sql:update], on: [public.orders]},"
                                            + " mayNot: {do: [sql:delete]}}"))
                    .json()
                    .required("change")
                    .asText();
            assertThat(gateway.api("erin").read("changes/" + change + "/effect").body())
                    .contains(named("later") + ": nobody is in conflict with it now; could come into conflict ");
            assertThat(gateway.api("dave").delete("changes/" + change).status()).isEqualTo(200);
        }
    }

    @Test
    void theRolesOfAPersonAndHisAgentsCountTogether() {
        String agent = named("checker") + "-agent";
        String token = DutiesRealm.serviceAccountToken(gateway, agent, "approver");
        try (var policy = makerAndChecker("{users: [frank]}", "{realmRoles: [approver]}")) {
            assertThat(gateway.psql("frank", "shop").run("select 1").exit()).isZero();
            assertThat(gateway.psqlWith(agent, token, "shop").run(CHECK).exit()).isZero();

            assertThat(gateway.psql("bob", "shop").run(CHECK).exit()).isZero();
            String constraint = SegregationPolicy.draft(named("persons"), "{type: static, " + roles() + "}");
            Api.Answer proposal = gateway.api("dave").putYaml("manifests", constraint);
            assertThat(problemOf(proposal)).isEqualTo("400 invalid-manifest");
            assertThat(attempts("dave")).contains("propose-change request conflict-of-duties");
            assertThat(proposal.body())
                    .contains("frank would hold " + named("checker") + " (as ", agent, named("maker") + " (as frank)");
            JsonNode report = gateway.api("carol")
                    .send("POST", "constraints/report", "application/yaml", constraint)
                    .json()
                    .required("reports")
                    .get(0);
            assertThat(report.required("violations").findValuesAsText("who")).containsExactly("frank");
            assertThat(report.required("possible").findValuesAsText("who")).contains("bob");
            assertThat(problemOf(gateway.api("bob").read("constraints"))).isEqualTo("403 not-allowed");
        }
    }

    @Test
    void aTokenThatBringsTheOtherSideIsRefused() {
        String agent = named("late") + "-agent";
        String both = named("both") + "-agent";
        try (var policy = makerAndChecker(
                "{users: [frank], clients: [" + both + "]}", "{clients: [" + agent + "], realmRoles: [auditor]}")) {
            policy.constraint(named("arrivals"), "{type: static, " + roles() + "}");
            assertThat(gateway.psql("frank", "shop").run(MAKE).exit()).isZero();
            String token = DutiesRealm.serviceAccountToken(gateway, agent, "approver");

            Psql.Result refused = gateway.psqlWith(agent, token, "shop").run(CHECK);
            assertThat(refused.exit()).isNotZero();
            assertThat(refused.err())
                    .contains("FATAL:  frank would hold roles together that one person must not: " + named("checker"))
                    .contains("(" + named("arrivals") + ")");
            assertThat(attempts(agent)).containsOnly("open-session Target/shop conflict-of-duties");

            String bothSides = DutiesRealm.serviceAccountToken(gateway, both, "auditor");
            assertThat(gateway.psqlWith(both, bothSides, "shop").run(CHECK).err())
                    .contains(both + " holds roles that exclude each other: " + named("checker"));
            assertThat(attempts(both)).containsOnly("open-session Target/shop conflict-of-duties");
        }
    }

    private List<String> attempts(String who) {
        return Polling.items(gateway.api("carol").read("evidence/attempts?limit=50&principal=" + who)).stream()
                .map(each -> each.required("attempt").asText() + " "
                        + each.required("object").asText() + " "
                        + each.required("reason").asText())
                .toList();
    }

    @Test
    void aConstraintIsTakenAwayByTwoAdministratorsOrNotAtAll() {
        try (var policy = makerAndChecker("{users: [dave]}", "{users: [dave]}")) {
            policy.constraint(named("stays"), "{type: dynamic, " + roles() + "}");
            Api.Answer removal = gateway.api("dave").delete("manifests/SegregationConstraint/" + named("stays"));
            String change = removal.json().required("change").asText();
            assertThat(problemOf(gateway.api("dave").post("changes/" + change + "/confirm", "{}")))
                    .isEqualTo("403 self-approval");
            assertThat(gateway.psql("dave", "shop").run(MAKE, CHECK).err()).contains("ERROR:  SD004");
            assertThat(Stream.of(gateway.api("carol").read("constraints").body()))
                    .allMatch(body -> body.contains(named("stays")));
        }
    }

    @Test
    void anAuditorSeesWhatIsKeptApartAndTriesADraft() {
        String maker = named("maker");
        String checker = named("checker");
        String access = "actions: [sql:select], resources: [public.orders]";
        try (var policy = new SegregationPolicy(gateway)
                        .role(maker, "{users: [frank]}", access)
                        .role(checker, "{users: [frank]}", access)
                        .constraint(
                                "apart-" + mark,
                                "{type: dynamic, per: task, roles: [" + maker + ", " + checker + "], within: P1D}")
                        .constraint(
                                "changed-" + mark,
                                "{type: history, who: {did: [sql:update], on: [public.orders]},"
                                        + " mayNot: {approve: [\"sql:*\"]}, within: P30D,"
                                        + " message: Whoever changes orders does not approve them.}");
                Browser browser = new Browser(gateway)) {
            Page page = browser.signedIn("carol", "/segregation");
            PlaywrightAssertions.assertThat(page.getByRole(AriaRole.TABLE)).containsText(maker);
            PlaywrightAssertions.assertThat(page.getByText("not used together in one task, for 1 day"))
                    .isVisible();
            PlaywrightAssertions.assertThat(page.getByText("may not approve sql:* on public.orders"))
                    .isVisible();

            page.locator("#draft textarea")
                    .fill(SegregationPolicy.draft(
                            "draft-" + mark, "{type: static, roles: [" + maker + ", " + checker + "]}"));
            page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Show conflicts"))
                    .click();
            PlaywrightAssertions.assertThat(page.locator("#findings")).containsText("1 in conflict with draft-" + mark);
            PlaywrightAssertions.assertThat(page.locator("#findings")).containsText("frank: holds " + checker);
            Browser.picture(page, "segregation");

            page.locator("#draft textarea").fill("kind: Nothing");
            page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Show conflicts"))
                    .click();
            PlaywrightAssertions.assertThat(page.locator("#findings")).containsText("The draft cannot be read");

            PlaywrightAssertions.assertThat(
                            browser.signedIn("bob", "/segregation").getByText("Not for your account"))
                    .isVisible();
        }
    }
}
