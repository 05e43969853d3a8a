package org.countersign.core.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.countersign.model.command.FieldName;
import org.countersign.model.masking.MaskKind;
import org.countersign.model.policy.Budget;
import org.countersign.model.policy.Guardrail;
import org.countersign.model.policy.PolicySnapshot;
import org.countersign.model.policy.RiskFactor;
import org.countersign.model.policy.RiskModel;
import org.countersign.model.policy.RolePolicy;
import org.countersign.model.policy.Usage;
import org.countersign.model.session.Person;
import org.junit.jupiter.api.Test;

final class PolicySetTest {
    private final ManifestReader reader = new ManifestReader(new ConditionCompiler());

    private PolicySet demo() throws ManifestException {
        return PolicySet.empty().with(reader.read(DemoManifests.all()));
    }

    @Test
    void compilesTheDemoAsTheContractDescribesIt() throws ManifestException {
        PolicySnapshot snapshot = demo().snapshot(1, Map.of());

        assertThat(snapshot.target("shop")).hasValueSatisfying(shop -> {
            assertThat(shop.host() + ":" + shop.port()).isEqualTo("127.0.0.1:15433");
            assertThat(shop.labels()).containsEntry("env", "prod");
            assertThat(shop.classesOf(new FieldName("public.customers", "profile")))
                    .containsExactlyInAnyOrder("email", "phone");
            assertThat(shop.detectors()).contains("pan", "iban");
        });
        assertThat(snapshot.classified("shop")).hasSize(7);
        assertThat(snapshot.roles())
                .extracting(RolePolicy::name)
                .containsExactly("engineer", "orders-writer", "support-reader");
        assertThat(snapshot.roles().get(2).mask("pan")).isEqualTo(MaskKind.FIRST6LAST4);
        assertThat(snapshot.roles().get(2).mask("confidential")).isEqualTo(MaskKind.REDACT);
        assertThat(snapshot.guardrails()).extracting(Guardrail::effect).containsExactly(Guardrail.Effect.APPROVE);
    }

    @Test
    void exportIsAppliedAgainWithoutADifference() throws ManifestException {
        PolicySet demo = demo();

        PolicySet again = PolicySet.empty().with(reader.read(List.of(new ManifestSource("export", demo.yaml()))));

        assertThat(demo.diff(again)).isEmpty();
        assertThat(again.yaml()).isEqualTo(demo.yaml());
    }

    @Test
    void orderOfKeysCommentsAndStyleAreNoDifference() throws ManifestException {
        PolicySet one = read("""
                # first
                apiVersion: countersign/v1
                kind: Role
                metadata: {name: dba}
                spec:
                  holders: {users: [erin]}
                  permissions: [{targets: ["*"], actions: ["sql:*"], resources: ["*"]}]
                  masking: {email: null, "*": clear}
                """);
        PolicySet other = read("""
                kind: Role
                spec:
                  masking:
                    "*": clear
                    email: "null"
                  permissions:
                  - resources: ['*']
                    targets: ['*']
                    actions: ['sql:*']
                  holders: {users: [erin]}
                metadata:
                  name: dba
                apiVersion: countersign/v1
                """);

        assertThat(one.diff(other)).isEmpty();
        assertThat(one.snapshot(1, Map.of()).roles().get(0).mask("email")).isEqualTo(MaskKind.NULL);
    }

    @Test
    void diffShowsTextBeforeAndAfter() throws ManifestException {
        PolicySet before = demo();
        PolicySet after = before.with(reader.read(List.of(new ManifestSource("change", """
                apiVersion: countersign/v1
                kind: Guardrail
                metadata: {name: agent-writes-need-a-person}
                spec: {when: principal.agent, effect: deny}
                """))));

        assertThat(before.diff(after)).singleElement().satisfies(entry -> {
            assertThat(entry.action()).isEqualTo("change");
            assertThat(entry.before()).contains("effect: approve");
            assertThat(entry.after()).contains("effect: deny").doesNotContain("approval");
        });
    }

    @Test
    void objectThatOthersNameCannotBeRemoved() throws ManifestException {
        PolicySet demo = demo();

        assertThatThrownBy(() -> demo.without(Set.of(new Manifest.Key(ManifestKind.TARGET, "shop"))))
                .isInstanceOfSatisfying(
                        ManifestException.class,
                        refused -> assertThat(refused.problems())
                                .allSatisfy(problem -> assertThat(problem.message())
                                        .startsWith("names Target/shop, which is to be removed"))
                                .hasSizeGreaterThan(3));
    }

    @Test
    void nameMayBeGivenInAnotherFileOfTheSameSet() throws ManifestException {
        assertThat(demo().documents()).hasSize(6);
    }

    private PolicySet read(String yaml) throws ManifestException {
        return PolicySet.empty().with(reader.read(List.of(new ManifestSource("test.yaml", yaml))));
    }

    @Test
    void refusesAnAgentThatIsRegisteredTwiceAndOneThatAnAgentOwns() throws ManifestException {
        PolicySet demo = demo();
        assertThatThrownBy(() -> demo.with(agents(agent("one", "bot", "alice"), agent("two", "BOT", "alice"))))
                .isInstanceOf(ManifestException.class)
                .hasMessageContaining("registered as Agent/one already");
        assertThatThrownBy(() -> demo.with(agents(agent("one", "bot", "alice"), agent("two", "cat", "Bot"))))
                .isInstanceOf(ManifestException.class)
                .hasMessageContaining("the owner is the agent Agent/one");
    }

    @Test
    void weighsRisksAsTheOnlyManifestSays() throws ManifestException {
        String risk = """
                apiVersion: countersign/v1
                kind: Risk
                metadata: {name: %s}
                spec: {weights: {rows: 7}, manyRows: 200, workingHours: ["Mon-Fri 08:00-18:00 UTC"]}
                """;
        assertThat(demo().snapshot(1, Map.of()).risk()).isEqualTo(RiskModel.DEFAULT);
        RiskModel read = read(risk.formatted("one")).snapshot(1, Map.of()).risk();
        assertThat(read.weights()).containsEntry(RiskFactor.ROWS, 7).containsEntry(RiskFactor.NO_PREDICATE, 30);
        assertThat(read.manyRows()).isEqualTo(200);
        assertThat(read.workingHours().text()).isEqualTo("Mon,Tue,Wed,Thu,Fri 08:00-18:00 UTC");
        assertThatThrownBy(() -> read(risk.formatted("one") + "---\n" + risk.formatted("two")))
                .isInstanceOf(ManifestException.class)
                .hasMessageContaining("there is another Risk already");
    }

    @Test
    void readsBudgetsOfRoles() throws ManifestException {
        PolicySet set = read("""
                apiVersion: countersign/v1
                kind: Role
                metadata: {name: desk}
                spec:
                  holders: {users: [frank]}
                  permissions: [{targets: ["*"], actions: ["sql:*"], resources: ["*"]}]
                  limits:
                    rowsPerCommand: 5
                    budgets:
                      - {per: session, rows: 20, bytes: 4000, commands: 30, writes: 0}
                      - {per: day, commands: 9, exceeding: approve, approval: {approvers: {realmRoles: [approver]}}}
                """);
        RolePolicy desk = set.snapshot(1, Map.of()).roles().getFirst();
        assertThat(desk.rowsPerCommand()).isEqualTo(5);
        assertThat(desk.budgets())
                .extracting(Budget::rule, Budget::most)
                .containsExactly(
                        tuple("budget/desk/session", new Usage(20, 4000, 30, 0)),
                        tuple("budget/desk/day", new Usage(Usage.UNLIMITED, Usage.UNLIMITED, 9, Usage.UNLIMITED)));
        assertThat(desk.budgets().get(1).approval()).isPresent();
    }

    @Test
    void saysWhoWroteARegistration() throws ManifestException {
        PolicySet set = demo().with(agents(agent("one", "bot", "Alice")));
        var dave = new Person("https://idp", "dave");
        var key = new Manifest.Key(ManifestKind.AGENT, "one");

        var erin = new Person("https://idp", "erin");
        var authors = new Authors(Optional.of(erin), Optional.of(dave));

        var agent =
                set.snapshot(2, Map.of(key, authors)).registry().agent("bot").orElseThrow();
        assertThat(agent.owner()).isEqualTo("alice");
        assertThat(agent.registeredBy()).hasValue(erin);
        assertThat(agent.changedBy()).hasValue(dave);
        assertThat(agent.authors()).containsExactlyInAnyOrder(erin, dave);
        assertThat(agent.roles()).containsExactly("orders-writer");
        assertThat(agent.expiresAt()).hasValue(Instant.parse("2027-01-31T00:00:00Z"));
    }

    private Reading agents(String... manifests) {
        return reader.read(List.of(new ManifestSource("agents.yaml", String.join("---\n", manifests))));
    }

    private static String agent(String name, String client, String owner) {
        return """
                apiVersion: countersign/v1
                kind: Agent
                metadata: {name: %s}
                spec:
                  client: %s
                  owner: %s
                  class: assistant
                  purpose: Corrects orders that customers call about.
                  contact: orders@shop.example
                  roles: [orders-writer]
                  expires: 2027-01-31
                """.formatted(name, client, owner);
    }
}
