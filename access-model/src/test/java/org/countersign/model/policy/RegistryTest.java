package org.countersign.model.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.countersign.model.policy.Drafts.CUSTOMERS;
import static org.countersign.model.policy.Drafts.ORDERS;
import static org.countersign.model.policy.Drafts.reading;
import static org.countersign.model.policy.ShopPolicy.NOW;
import static org.countersign.model.policy.ShopPolicy.agent;
import static org.countersign.model.policy.ShopPolicy.denied;
import static org.countersign.model.policy.ShopPolicy.select;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.countersign.model.session.Actor;
import org.countersign.model.session.Principal;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a registration does to an agent, and which accounts are one person. */
final class RegistryTest {
    private final ShopPolicy policy = new ShopPolicy();

    @BeforeEach
    void twoRoles() {
        policy.role("customers-reader", select(CUSTOMERS), Map.of());
        policy.role("orders-reader", select(ORDERS), Map.of());
    }

    @Test
    void anAgentThatNobodyRegisteredHasItsRoles() {
        assertThat(policy.decide(reading(CUSTOMERS, "id"))).isInstanceOf(Verdict.Allow.class);
        assertThat(policy.decide(reading(ORDERS, "id"))).isInstanceOf(Verdict.Allow.class);
    }

    @Test
    void aRegisteredAgentHasNoOtherRoleThanItsRegistration() {
        register(registered("support-agent", Optional.empty(), "orders-reader"));

        assertThat(policy.decide(reading(ORDERS, "id"))).isInstanceOf(Verdict.Allow.class);
        assertThat(denied(policy.decide(reading(CUSTOMERS, "id"))).rules()).containsExactly("no-permission");
    }

    @Test
    void aSubAgentHasNoOtherRoleThanItsParent() {
        parentsRole("orders", ORDERS);
        parentsRole("customers", CUSTOMERS);
        policy.principal = through("support-agent", "parent-agent");
        register(
                registered("support-agent", Optional.empty(), "orders", "customers"),
                registered("parent-agent", Optional.empty(), "orders"));

        assertThat(policy.decide(reading(ORDERS, "id"))).isInstanceOf(Verdict.Allow.class);
        assertThat(denied(policy.decide(reading(CUSTOMERS, "id"))).rules()).containsExactly("no-permission");
    }

    @Test
    void aSubAgentHasNothingByItsNameThatItsParentHasNot() {
        parentsRole("orders", ORDERS);
        policy.principal = through("support-agent", "parent-agent");

        assertThat(policy.decide(reading(ORDERS, "id"))).isInstanceOf(Verdict.Allow.class);
        assertThat(denied(policy.decide(reading(CUSTOMERS, "id"))).rules()).containsExactly("no-permission");

        register(registered("parent-agent", Optional.empty(), "orders", "customers-reader"));
        assertThat(policy.decide(reading(ORDERS, "id"))).isInstanceOf(Verdict.Allow.class);
        assertThat(denied(policy.decide(reading(CUSTOMERS, "id"))).rules()).containsExactly("no-permission");
    }

    @Test
    void aSubAgentOfOneThatNobodyKnowsHasNothingByItsName() {
        policy.principal = through("support-agent", "somebody");
        assertThat(denied(policy.decide(reading(CUSTOMERS, "id"))).rules()).containsExactly("no-role");

        policy.principal = through("support-agent", "support-agent");
        assertThat(policy.decide(reading(CUSTOMERS, "id"))).isInstanceOf(Verdict.Allow.class);
    }

    @Test
    void anAgentThatAnotherAgentOwnsDoesNothing() {
        assertThat(policy.decide(reading(ORDERS, "id"))).isInstanceOf(Verdict.Allow.class);
        String owner = policy.principal.owner().orElseThrow().name();
        register(registered(owner, Optional.empty(), "orders-reader"));
        assertThat(denied(policy.decide(reading(ORDERS, "id"))).rules()).containsExactly("agent-without-owner");
    }

    @Test
    void anAgentDoesNothingFromTheDayOnWhichItsRegistrationEnds() {
        register(registered("support-agent", Optional.of(NOW), "orders-reader"));
        var deny = denied(policy.decide(reading(ORDERS, "id")));
        assertThat(deny.rules()).containsExactly("agent-expired");
        assertThat(deny.hint()).contains("frank");

        register(registered("support-agent", Optional.of(NOW.plusSeconds(1)), "orders-reader"));
        assertThat(policy.decide(reading(ORDERS, "id"))).isInstanceOf(Verdict.Allow.class);
    }

    @Test
    void aSubAgentOfAnExpiredParentDoesNothing() {
        policy.principal = through("support-agent", "parent-agent");
        register(registered("parent-agent", Optional.of(NOW.minusSeconds(1)), "orders-reader"));

        assertThat(denied(policy.decide(reading(ORDERS, "id"))).rules()).containsExactly("agent-expired");
    }

    @Test
    void aPersonIsNotLimitedByAnAgentOfTheSameName() {
        var registry =
                new Registry(Map.of("support-agent", registered("support-agent", Optional.empty(), "none")), List.of());
        assertThat(registry.agentsIn(ShopPolicy.person("support-agent"))).isEmpty();
    }

    @Test
    void accountsAreOnePersonsThroughAnyNumberOfLinks() {
        var registry =
                new Registry(Map.of(), List.of(Set.of("c", "d"), Set.of("a", "b"), Set.of("b", "c"), Set.of("x", "y")));

        assertThat(registry.accountsOf("a")).containsExactlyInAnyOrder("a", "b", "c", "d");
        assertThat(registry.accountsOf("y")).containsExactlyInAnyOrder("x", "y");
        assertThat(registry.accountsOf("z")).containsExactly("z");
    }

    private void register(AgentRegistration... agents) {
        var byClient = new HashMap<String, AgentRegistration>();
        for (AgentRegistration agent : agents) {
            byClient.put(agent.client(), agent);
        }
        policy.registry = new Registry(byClient, List.of());
    }

    private static AgentRegistration registered(String client, Optional<Instant> expires, String... roles) {
        return new AgentRegistration(
                client,
                "frank",
                "assistant",
                "Answers customers.",
                "support@shop.example",
                Set.of(roles),
                expires,
                Optional.empty());
    }

    /** A role that the parent holds by its name as well. */
    private void parentsRole(String name, String table) {
        policy.roles.add(new RolePolicy(
                name,
                new RolePolicy.Holders(Set.of(), Set.of(), Set.of("support-agent", "parent-agent"), Set.of()),
                List.of(select(table)),
                Map.of(),
                Long.MAX_VALUE));
    }

    private static Principal through(String name, String parent) {
        Principal alone = agent(name);
        return new Principal(
                alone.issuer(),
                alone.subject(),
                alone.name(),
                true,
                alone.owner(),
                Optional.empty(),
                List.of(new Actor("sub-" + parent, parent)),
                Set.of(),
                Set.of(),
                name,
                Optional.empty());
    }
}
