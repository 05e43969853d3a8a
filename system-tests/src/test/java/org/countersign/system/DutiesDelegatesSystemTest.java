package org.countersign.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.countersign.system.TourSystemTest.problemOf;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Who decides in whose place, how freshly signed in, and what whoever asks has to say. */
@ExtendWith(RunningGateway.class)
class DutiesDelegatesSystemTest {
    private final Gateway gateway;

    DutiesDelegatesSystemTest(Gateway gateway) {
        this.gateway = gateway;
    }

    @Test
    void aDelegateDecidesUntilTheDelegationEndsAndNeverForSomebodyConflicted() throws Exception {
        try (var policy =
                DutiesPolicy.writers(gateway, "{users: [alice]}").approval("{approvers: {realmRoles: [approver]}}")) {
            String sql = "update orders set note = 'delegate " + policy.mark() + "' where id = 223";
            Process psql = gateway.psql("alice", "shop").start(sql);
            JsonNode approval = Polling.pendingApproval(gateway, sql);
            assertThat(problemOf(Polling.decide(gateway, "frank", approval, "approve")))
                    .isEqualTo("403 not-an-approver");

            assertThat(problemOf(delegate("bob", "BOB"))).isEqualTo("400 invalid-request");
            String toAlice = delegate("bob", "alice").json().required("id").asText();
            assertThat(problemOf(Polling.decide(gateway, "alice", approval, "approve")))
                    .isEqualTo("403 self-approval");
            String toFrank = delegate("bob", "frank").json().required("id").asText();
            assertThat(gateway.api("bob").delete("delegations/" + toAlice).status())
                    .isEqualTo(204);
            assertThat(problemOf(gateway.api("carol").delete("delegations/" + toFrank)))
                    .isEqualTo("404 not-found");

            JsonNode decided =
                    Polling.decide(gateway, "frank", approval, "approve").json();
            assertThat(decided.required("decisions").findValuesAsText("by")).containsExactly("frank");
            assertThat(decided.required("decisions").findValuesAsText("inPlaceOf"))
                    .containsExactly("bob");
            assertThat(Psql.finish(psql).exit()).isZero();

            assertThat(gateway.api("frank").delete("delegations/" + toFrank).status())
                    .isEqualTo(204);
            String again = "update orders set note = 'no delegate " + policy.mark() + "' where id = 223";
            Process second = gateway.psql("alice", "shop").start(again);
            JsonNode later = Polling.pendingApproval(gateway, again);
            assertThat(problemOf(Polling.decide(gateway, "frank", later, "approve")))
                    .isEqualTo("403 not-an-approver");
            assertThat(problemOf(gateway.api("frank").delete("approvals/" + id(later))))
                    .isEqualTo("404 not-found");
            assertThat(gateway.api("alice")
                            .delete("approvals/" + id(later))
                            .json()
                            .required("state")
                            .asText())
                    .isEqualTo("withdrawn");
            assertThat(Psql.finish(second).exit()).isNotZero();
        }
    }

    @Test
    void whoeverAsksSaysWhyAndWhoeverDecidesIsFreshlySignedIn() throws Exception {
        try (var policy = DutiesPolicy.writers(gateway, "{users: [frank]}")
                .approval("{approvers: {realmRoles: [approver], users: [erin]}, justification: required,"
                        + " stepUp: {within: PT24H, acr: [no-such-level]}}")) {
            String sql = "update orders set note = 'why " + policy.mark() + "' where id = 224";
            Psql.Result refused = Psql.finish(gateway.psql("frank", "shop").start(sql));
            assertThat(refused.exit()).isNotZero();
            assertThat(refused.err()).contains("has to say why").contains("/* reason:");

            String explained = "/* reason: TICKET-7, customer called */ " + sql;
            Process psql = gateway.psql("frank", "shop").start(explained);
            JsonNode approval = Polling.pendingApproval(gateway, sql);
            assertThat(approval.required("justification").asText()).isEqualTo("TICKET-7, customer called");
            assertThat(problemOf(Polling.decide(gateway, "bob", approval, "approve")))
                    .isEqualTo("403 sign-in-again");
            assertThat(gateway.api("frank").delete("approvals/" + id(approval)).status())
                    .isEqualTo(200);
            assertThat(Psql.finish(psql).exit()).isNotZero();
        }
    }

    @Test
    void theManagerOfWhoeverAsksDecidesAndTokensSayHowSomebodySignedIn() throws Exception {
        JsonNode claims = claims(gateway.tokens().ofPerson("frank"));
        assertThat(claims.required("manager").asText()).isEqualTo("dave");
        assertThat(claims.required("acr").asText()).isNotBlank();
        // no sign-in page was seen for this one, so it never counts as a fresh sign-in
        assertThat(claims.has("auth_time")).isFalse();
        try (var policy =
                DutiesPolicy.writers(gateway, "{users: [frank]}").approval("{approvers: {managerOfRequester: true}}")) {
            String sql = "update orders set note = 'manager " + policy.mark() + "' where id = 227";
            Process psql = gateway.psql("frank", "shop").start(sql);
            JsonNode approval = Polling.pendingApproval(gateway, sql);
            assertThat(problemOf(Polling.decide(gateway, "bob", approval, "approve")))
                    .isEqualTo("403 not-an-approver");
            assertThat(problemOf(Polling.decide(gateway, "frank", approval, "approve")))
                    .isEqualTo("403 self-approval");
            assertThat(Polling.decide(gateway, "dave", approval, "approve").status())
                    .isEqualTo(200);
            assertThat(Psql.finish(psql).exit()).isZero();
        }
    }

    private static JsonNode claims(String token) throws Exception {
        return new ObjectMapper().readTree(Base64.getUrlDecoder().decode(token.split("\\.")[1]));
    }

    private Api.Answer delegate(String from, String to) {
        return gateway.api(from)
                .post(
                        "delegations",
                        "{\"to\":\"%s\",\"until\":\"%s\",\"reason\":\"holiday\"}"
                                .formatted(to, Instant.now().plus(Duration.ofHours(1))));
    }

    private static String id(JsonNode approval) {
        return approval.required("id").asText();
    }
}
