package org.countersign.core.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.countersign.model.command.FieldName;
import org.countersign.model.masking.MaskKind;
import org.countersign.model.policy.Guardrail;
import org.countersign.model.policy.PolicySnapshot;
import org.countersign.model.policy.RolePolicy;
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
    void saysWhoWroteARegistration() throws ManifestException {
        PolicySet set = demo().with(agents(agent("one", "bot", "Alice")));
        var dave = new Person("https://idp", "dave");
        var key = new Manifest.Key(ManifestKind.AGENT, "one");

        var agent = set.snapshot(2, Map.of(key, dave)).registry().agent("bot").orElseThrow();
        assertThat(agent.owner()).isEqualTo("alice");
        assertThat(agent.changedBy()).hasValue(dave);
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
