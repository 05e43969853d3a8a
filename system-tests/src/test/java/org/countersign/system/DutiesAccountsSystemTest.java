package org.countersign.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.countersign.system.TourSystemTest.problemOf;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A second account is no second person, and whoever registered an agent answers for it. */
@ExtendWith(RunningGateway.class)
class DutiesAccountsSystemTest {
    private static final String APPROVAL =
            "{approvers: {realmRoles: [approver]}, quorum: %d, expiresAfter: PT15M, executeWithin: PT5M}";
    private final Gateway gateway;

    DutiesAccountsSystemTest(Gateway gateway) {
        this.gateway = gateway;
    }

    @Test
    void oneEmployeeNumberIsOnePerson() throws Exception {
        DutiesRealm.person(gateway, "mia", "4711");
        DutiesRealm.person(gateway, "mia-private", "4711", "approver");
        DutiesRealm.person(gateway, "nora", "4712", "approver");
        try (var policy = DutiesPolicy.writers(gateway, "{users: [mia, frank]}").approval(APPROVAL.formatted(2))) {
            String own = "update orders set note = 'hers " + policy.mark() + "' where id = 221";
            Process psql = gateway.psql("mia", "shop").start(own);
            JsonNode approval = Polling.pendingApproval(gateway, own);
            assertThat(problemOf(Polling.decide(gateway, "mia-private", approval, "approve")))
                    .isEqualTo("403 self-approval");
            Polling.decide(gateway, "nora", approval, "reject");
            Psql.finish(psql);

            // mia-private is known by now: neither of the two makes a quorum with the other
            LabPolicy.change(gateway, person("nora-and-bob", "nora", "bob"));
            String franks = "update orders set note = 'his " + policy.mark() + "' where id = 222";
            Process waiting = gateway.psql("frank", "shop").start(franks);
            JsonNode second = Polling.pendingApproval(gateway, franks);
            assertThat(Polling.decide(gateway, "nora", second, "approve").status())
                    .isEqualTo(200);
            assertThat(problemOf(Polling.decide(gateway, "bob", second, "approve")))
                    .isEqualTo("409 already-decided");
            assertThat(waiting.isAlive()).isTrue();
            assertThat(Polling.decide(gateway, "mia-private", second, "approve").status())
                    .isEqualTo(200);
            assertThat(Psql.finish(waiting).exit()).isZero();
        } finally {
            LabPolicy.remove(gateway, "Person", "nora-and-bob");
        }
    }

    @Test
    void administratorsWithTwoAccountsConfirmNoChangeOfTheirOwn() {
        DutiesRealm.person(gateway, "dave-private", "4713", "admin");
        LabPolicy.change(gateway, person("dave-twice", "dave", "dave-private"));
        try {
            Api.Answer proposed = gateway.api("dave").putYaml("manifests", person("anybody", "x", "y"));
            String change = proposed.json().required("change").asText();
            assertThat(problemOf(gateway.api("dave-private").post("changes/" + change + "/confirm", "{}")))
                    .isEqualTo("403 self-approval");
        } finally {
            LabPolicy.remove(gateway, "Person", "dave-twice");
        }
    }

    @Test
    void ownerAndAuthorOfARegistrationAnswerForTheAgent() throws Exception {
        DutiesRealm.person(gateway, "quinn", "4714", "approver");
        DutiesRealm.person(gateway, "tara", "4716", "approver");
        try (var policy = DutiesPolicy.writers(gateway, "{clients: [exchange-agent]}")
                .approval("{approvers: {realmRoles: [approver], users: [dave]}, quorum: 1, expiresAfter: PT15M,"
                        + " executeWithin: PT5M}")) {
            String registration = agent("exchange-agent", "bob", policy.mark(), tomorrow());
            LabPolicy.change(gateway, registration);
            // who registered it does not get rid of that by somebody else's small change
            String change = gateway.api("erin")
                    .putYaml("manifests", registration.replace("tests@", "test@"))
                    .json()
                    .required("change")
                    .asText();
            assertThat(gateway.api("dave")
                            .post("changes/" + change + "/confirm", "{}")
                            .status())
                    .isEqualTo(200);
            JsonNode known = gateway.api("carol").read("agents/exchange-agent").json();
            assertThat(known.required("registeredBy").asText()).isEqualTo("dave");
            assertThat(known.required("changedBy").asText()).isEqualTo("erin");
            answersFor(policy);
        }
    }

    private void answersFor(DutiesPolicy policy) throws Exception {
        try {
            String sql = "update orders set note = 'registered " + policy.mark() + "' where id = 223";
            String franks = gateway.tokens().ofPersonThrough("exchange-agent", "frank");
            Process psql = gateway.psqlWith("exchange-agent", franks, "shop").start(sql);
            JsonNode approval = Polling.pendingApproval(gateway, sql);

            // bob owns it and dave registered it
            assertThat(problemOf(Polling.decide(gateway, "bob", approval, "approve")))
                    .isEqualTo("403 self-approval");
            assertThat(problemOf(Polling.decide(gateway, "dave", approval, "approve")))
                    .isEqualTo("403 self-approval");
            // two guardrails hold it, and nobody counts for both
            for (String person : List.of("quinn", "tara")) {
                assertThat(Polling.decide(gateway, person, approval, "approve").status())
                        .isEqualTo(200);
            }
            assertThat(Psql.finish(psql).exit()).isZero();

            LabPolicy.change(gateway, agent("exchange-agent", "bob", policy.mark(), LocalDate.EPOCH));
            assertThat(gateway.psqlWith("exchange-agent", franks, "shop")
                            .run("select 1")
                            .err())
                    .contains("registration of the agent exchange-agent has expired");
        } finally {
            LabPolicy.remove(gateway, "Agent", "exchange-agent");
        }
    }

    private static LocalDate tomorrow() {
        return LocalDate.now(ZoneOffset.UTC).plusDays(1);
    }

    private static String person(String name, String one, String other) {
        return """
                apiVersion: countersign/v1
                kind: Person
                metadata: {name: %s}
                spec: {accounts: [%s, %s]}
                """.formatted(name, one, other);
    }

    private static String agent(String client, String owner, String role, LocalDate expires) {
        return """
                apiVersion: countersign/v1
                kind: Agent
                metadata: {name: %s}
                spec:
                  owner: %s
                  class: assistant
                  purpose: Tests who answers for it.
                  contact: tests@shop.example
                  roles: [%s]
                  expires: %s
                """.formatted(client, owner, role, expires);
    }
}
