package org.countersign.portal.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.countersign.core.agent.AgentView;
import org.countersign.core.agent.AgentView.AgentSecret;
import org.countersign.core.identity.SuspensionView;
import org.countersign.model.policy.AgentRegistration;
import org.junit.jupiter.api.Test;

final class AgentsPresenterTest {
    private final AgentView orders = agent("orders-agent", "alice", "Corrects orders.", "orders-writer");
    private final AgentView support = agent("support-agent", "frank", "Answers customers.", "support-reader");

    @Test
    void findsAnAgentByWhatIsKnownOfIt() {
        List<AgentView> all = List.of(orders, support);
        for (String part : List.of("ORDERS-a", " alice ", "corrects", "writer", "token-owner of orders")) {
            assertThat(AgentsPresenter.about(all, part)).as(part).containsExactly(orders);
        }
        assertThat(AgentsPresenter.about(all, "")).isEqualTo(all);
        assertThat(AgentsPresenter.about(all, "nobody")).isEmpty();
    }

    @Test
    void saysWhyItIsSuspendedOnlyToWhoeverMayKnow() {
        var suspension = new SuspensionView(
                new UUID(0, 1),
                "orders-agent",
                Optional.empty(),
                "left the company",
                "erin",
                Instant.EPOCH,
                Optional.empty(),
                Optional.empty());
        assertThat(AgentsPresenter.suspended(suspension)).isEqualTo("erin: left the company");
        assertThat(AgentsPresenter.suspended(suspension.withoutReason())).isEqualTo("erin, who can tell why");
    }

    private static AgentView agent(String client, String owner, String purpose, String role) {
        return new AgentView(
                client,
                AgentView.State.ACTIVE,
                Optional.of(new AgentRegistration(
                        client,
                        owner,
                        "assistant",
                        purpose,
                        "call us",
                        Set.of(role),
                        Optional.empty(),
                        Optional.empty())),
                Optional.of("token-owner of " + client.replace("-agent", "")),
                List.of(role),
                Optional.empty(),
                Optional.empty(),
                new AgentSecret(Optional.empty(), Optional.empty(), false),
                Optional.empty());
    }
}
