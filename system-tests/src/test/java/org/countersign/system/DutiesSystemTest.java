package org.countersign.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.countersign.system.TourSystemTest.problemOf;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Nobody countersigns himself, through no door. */
@ExtendWith(RunningGateway.class)
class DutiesSystemTest {
    private static final String DEFER = "-c countersign.approval=defer";
    private final Gateway gateway;

    DutiesSystemTest(Gateway gateway) {
        this.gateway = gateway;
    }

    @Test
    void aTokenThatAnAgentGotForAnApproverIsAMachines() throws Exception {
        String sql = "update orders set note = 'exchanged' where id = 201";
        Process psql = gateway.psql("orders-agent", "shop").start(sql);
        JsonNode approval = Polling.pendingApproval(gateway, sql);
        Api exchanged = gateway.apiWith(gateway.tokens().ofPersonThrough("exchange-agent", "bob"));

        assertThat(problemOf(exchanged.post(decisions(approval), "{\"decision\":\"approve\"}")))
                .isEqualTo("403 machine-approval");
        assertThat(exchanged.read("approvals/" + id(approval)).status()).isEqualTo(404);
        assertThat(Polling.items(exchanged.read("approvals?limit=200")))
                .noneMatch(each -> id(each).equals(id(approval)));

        Polling.decide(gateway, "bob", approval, "reject");
        Psql.finish(psql);
    }

    @Test
    void aServiceAccountWithTheRolesOfAnApproverDecidesAndSeesNothing() throws Exception {
        String token = DutiesRealm.serviceAccountToken(gateway, "promoted-agent", "approver", "admin");
        String sql = "update orders set note = 'promoted' where id = 202";
        Process psql = gateway.psql("orders-agent", "shop").start(sql);
        JsonNode approval = Polling.pendingApproval(gateway, sql);
        Api machine = gateway.apiWith(token);

        assertThat(machine.read("whoami").body()).contains("approver");
        assertThat(problemOf(machine.post(decisions(approval), "{\"decision\":\"approve\"}")))
                .isEqualTo("403 machine-approval");
        assertThat(Polling.items(machine.read("approvals"))).isEmpty();
        assertThat(Polling.items(machine.read("sessions"))).isEmpty();
        String session = approval.required("session").asText();
        assertThat(machine.read("sessions/" + session + "/recording").status()).isEqualTo(404);
        assertThat(machine.delete("sessions/" + session).status()).isEqualTo(404);
        assertThat(machine.read("manifests").status()).isEqualTo(403);

        Polling.decide(gateway, "bob", approval, "reject");
        Psql.finish(psql);
    }

    @Test
    void whoeverAnAgentActsForAndOwnsItMayNotApproveForIt() throws Exception {
        try (var policy = DutiesPolicy.writers(gateway, "{clients: [exchange-agent]}")) {
            String sql = "update orders set note = 'for bob " + policy.mark() + "' where id = 203";
            String bobs = gateway.tokens().ofPersonThrough("exchange-agent", "bob");
            var psql = gateway.psqlWith("exchange-agent", bobs, "shop").start(sql);
            JsonNode approval = Polling.pendingApproval(gateway, sql);

            assertThat(approval.required("principal").required("onBehalfOf").asText())
                    .isEqualTo("bob");
            assertThat(approval.required("mayDecide").asBoolean()).isFalse();
            assertThat(approval.required("why").asText()).isEqualTo("self-approval");
            assertThat(problemOf(Polling.decide(gateway, "bob", approval, "approve")))
                    .isEqualTo("403 self-approval");
            assertThat(problemOf(Polling.decide(
                            gateway,
                            approval.required("principal").required("owner").asText(),
                            approval,
                            "approve")))
                    .isEqualTo("403 self-approval");

            psql.destroy();
        }
    }

    @Test
    void anApproverWhoAsksNeedsAnother() throws Exception {
        try (var policy = DutiesPolicy.writers(gateway, "{users: [bob]}")
                .approval("{approvers: {realmRoles: [approver], users: [erin]}, quorum: 1, expiresAfter: PT15M,"
                        + " executeWithin: PT5M}")) {
            String sql = "update orders set note = 'own " + policy.mark() + "' where id = 204";
            var psql = gateway.psql("bob", "shop").start(sql);
            JsonNode approval = Polling.pendingApproval(gateway, sql);

            assertThat(problemOf(Polling.decide(gateway, "bob", approval, "approve")))
                    .isEqualTo("403 self-approval");
            assertThat(approval.required("approvers").asText())
                    .isEqualTo("people with the role approver or the user erin");
            assertThat(problemOf(Polling.decide(gateway, "dave", approval, "approve")))
                    .isEqualTo("403 not-an-approver");
            assertThat(Polling.decide(gateway, "erin", approval, "approve").status())
                    .isEqualTo(200);
            assertThat(Psql.finish(psql).exit()).isZero();
        }
    }

    @Test
    void stepsAreTakenInOrderByDifferentPersonsWithTheirReasons() throws Exception {
        try (var policy = DutiesPolicy.writers(gateway, "{users: [frank]}")
                .approval("{reason: required, steps: [{approvers: {realmRoles: [approver]}},"
                        + " {approvers: {realmRoles: [admin], users: [dave]}, match: all}]}")) {
            String sql = "update orders set note = 'steps " + policy.mark() + "' where id = 212";
            var psql = gateway.psql("frank", "shop").start(sql);
            JsonNode approval = Polling.pendingApproval(gateway, sql);

            assertThat(problemOf(Polling.decide(gateway, "dave", approval, "approve")))
                    .isEqualTo("409 not-your-step-yet");
            assertThat(problemOf(gateway.api("bob").post(decisions(approval), "{\"decision\":\"approve\"}")))
                    .isEqualTo("400 reason-required");
            JsonNode half = Polling.decide(gateway, "bob", approval, "approve").json();
            assertThat(half.required("state").asText()).isEqualTo("pending");
            assertThat(half.required("steps").findValuesAsText("state")).containsExactly("done", "open");
            assertThat(problemOf(Polling.decide(gateway, "bob", approval, "approve")))
                    .isEqualTo("409 already-decided");
            assertThat(problemOf(Polling.decide(gateway, "erin", approval, "approve")))
                    .isEqualTo("403 not-an-approver");
            assertThat(Polling.decide(gateway, "dave", approval, "approve").status())
                    .isEqualTo(200);
            assertThat(Psql.finish(psql).exit()).isZero();
        }
    }

    @Test
    void aQuorumOfTwoIsTwoPersons() throws Exception {
        try (var policy = DutiesPolicy.writers(gateway, "{users: [frank]}")
                .approval("{approvers: {realmRoles: [approver, admin]}, quorum: 2, expiresAfter: PT15M,"
                        + " executeWithin: PT5M}")) {
            String sql = "update orders set note = 'two " + policy.mark() + "' where id = 205";
            var psql = gateway.psql("frank", "shop").start(sql);
            JsonNode approval = Polling.pendingApproval(gateway, sql);

            assertThat(Polling.decide(gateway, "bob", approval, "approve")
                            .json()
                            .required("state")
                            .asText())
                    .isEqualTo("pending");
            assertThat(problemOf(Polling.decide(gateway, "bob", approval, "approve")))
                    .isEqualTo("409 already-decided");
            assertThat(psql.isAlive()).isTrue();
            assertThat(Polling.decide(gateway, "dave", approval, "approve").status())
                    .isEqualTo(200);
            assertThat(Psql.finish(psql).exit()).isZero();
            assertThat(gateway.api("carol")
                            .read("approvals/" + id(approval))
                            .json()
                            .required("decisions"))
                    .hasSize(2);
        }
    }

    @Test
    void whatNobodyApprovesInTimeExpiresAtThePrompt() throws Exception {
        try (var policy = DutiesPolicy.writers(gateway, "{users: [frank]}")
                .approval(
                        "{approvers: {realmRoles: [approver]}, quorum: 1, expiresAfter: PT2S, executeWithin: PT5M}")) {
            String sql = "update orders set note = 'late " + policy.mark() + "' where id = 206";
            var psql = gateway.psql("frank", "shop").start(sql);
            JsonNode approval = Polling.pendingApproval(gateway, sql);

            Psql.Result result = Psql.finish(psql);
            assertThat(result.exit()).isNotZero();
            assertThat(result.err()).contains("SD003").contains(id(approval));
            assertThat(problemOf(Polling.decide(gateway, "bob", approval, "approve")))
                    .isEqualTo("409 expired");
            assertThat(problemOf(Polling.decide(gateway, "carol", approval, "approve")))
                    .isEqualTo("403 not-an-approver");
            assertThat(problemOf(Polling.decide(gateway, "frank", approval, "approve")))
                    .isEqualTo("403 self-approval");
        }
    }

    @Test
    void anApprovalThatIsNotUsedInTimeIsOver() {
        try (var policy = DutiesPolicy.writers(gateway, "{users: [frank]}")
                .approval(
                        "{approvers: {realmRoles: [approver]}, quorum: 1, expiresAfter: PT15M, executeWithin: PT1S}")) {
            String sql = "update orders set note = 'too late " + policy.mark() + "' where id = 207";
            JsonNode approval = deferred("frank", sql);
            assertThat(Polling.decide(gateway, "bob", approval, "approve").status())
                    .isEqualTo(200);
            state(approval, "expired");

            assertThat(gateway.psql("frank", "shop", DEFER).run(sql).err()).contains("SD001");
            assertThat(Polling.pendingApproval(gateway, sql).required("id").asText())
                    .isNotEqualTo(id(approval));
        }
    }

    @Test
    void aDeferredApprovalIsForItsPrincipalAloneAndForOneUse() {
        try (var policy = DutiesPolicy.writers(gateway, "{users: [frank, bob]}")
                .approval("{approvers: {realmRoles: [approver, admin]}, quorum: 1, expiresAfter: PT15M,"
                        + " executeWithin: PT5M}")) {
            String sql = "update orders set note = coalesce(note, '') || '" + policy.mark() + "!' where id = 208";
            JsonNode approval = deferred("frank", sql);
            assertThat(Polling.decide(gateway, "dave", approval, "approve").status())
                    .isEqualTo(200);

            Psql.Result stranger = gateway.psql("bob", "shop", DEFER).run(sql);
            assertThat(stranger.err()).contains("SD001").doesNotContain(id(approval));
            Psql.Result other = gateway.psql("frank", "shop", DEFER).run(sql.replace("!'", "?'"));
            assertThat(other.err()).contains("SD001").doesNotContain(id(approval));
            Psql.Result first = gateway.psql("frank", "shop", DEFER).run(sql);
            assertThat(first.exit()).as(first.err()).isZero();
            state(approval, "executed");
            assertThat(gateway.psql("frank", "shop", DEFER).run(sql).err())
                    .contains("SD001")
                    .doesNotContain(id(approval));
        }
    }

    @Test
    void whatThePolicyForbidsMeanwhileDoesNotRunThoughItWasApproved() {
        try (var policy = DutiesPolicy.writers(gateway, "{users: [frank]}")
                .approval(
                        "{approvers: {realmRoles: [approver]}, quorum: 1, expiresAfter: PT15M, executeWithin: PT5M}")) {
            String sql = "update orders set note = 'forbidden " + policy.mark() + "' where id = 209";
            JsonNode approval = deferred("frank", sql);
            assertThat(Polling.decide(gateway, "bob", approval, "approve").status())
                    .isEqualTo(200);
            policy.forbid();

            Psql.Result result = gateway.psql("frank", "shop", DEFER).run(sql);
            assertThat(result.err()).contains("42501").contains("A test forbids it.");
            assertThat(gateway.psql("support-agent", "shop")
                            .run("select note from orders where id = 209")
                            .out())
                    .doesNotContain(policy.mark());
        }
    }

    @Test
    void whatNeedsMorePeopleMeanwhileDoesNotRunWithOne() throws Exception {
        try (var policy = DutiesPolicy.writers(gateway, "{users: [frank]}")
                .approval(
                        "{approvers: {realmRoles: [approver]}, quorum: 1, expiresAfter: PT15M, executeWithin: PT5M}")) {
            String sql = "update orders set note = 'more " + policy.mark() + "' where id = 210";
            var psql = gateway.psql("frank", "shop").start(sql);
            JsonNode approval = Polling.pendingApproval(gateway, sql);
            policy.approval(
                    "{approvers: {realmRoles: [approver]}, quorum: 2, expiresAfter: PT15M, executeWithin: PT5M}");
            assertThat(Polling.decide(gateway, "bob", approval, "approve").status())
                    .isEqualTo(200);

            Psql.Result result = Psql.finish(psql);
            assertThat(result.err()).contains("SD001").contains("more people");
            state(approval, "failed");
        }
    }

    @Test
    void aDecisionOnWhatDoesNotExistOrIsMalformedIsRefusedInTheSameForm() {
        Api bob = gateway.api("bob");
        String nowhere = "approvals/00000000-0000-0000-0000-000000000000/decisions";
        assertThat(problemOf(bob.post(nowhere, "{\"decision\":\"approve\"}"))).isEqualTo("404 not-found");
        assertThat(problemOf(bob.post(nowhere, "{\"decision\":\"maybe\"}"))).isEqualTo("400 invalid-request");
        assertThat(problemOf(bob.post(nowhere, "{\"decision\":\"approve\",\"by\":\"carol\"}")))
                .isEqualTo("400 invalid-request");
        assertThat(problemOf(bob.post(nowhere, "[]"))).isEqualTo("400 invalid-request");
        assertThat(problemOf(bob.post(nowhere, "{\"decision\":\"reject\",\"decision\":\"approve\"}")))
                .isEqualTo("400 invalid-request");
    }

    private JsonNode deferred(String person, String sql) {
        Psql.Result asked = gateway.psql(person, "shop", DEFER).run(sql);
        assertThat(asked.err()).contains("SD001");
        return Polling.pendingApproval(gateway, sql);
    }

    private void state(JsonNode approval, String state) {
        Api carol = gateway.api("carol");
        await().atMost(Duration.ofSeconds(30))
                .until(() -> carol.read("approvals/" + id(approval))
                        .json()
                        .required("state")
                        .asText()
                        .equals(state));
    }

    private static String id(JsonNode approval) {
        return approval.required("id").asText();
    }

    private static String decisions(JsonNode approval) {
        return "approvals/" + id(approval) + "/decisions";
    }
}
