package org.countersign.core.explain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.countersign.model.policy.PolicySnapshot;
import org.countersign.model.policy.RolePolicy;
import org.countersign.model.session.Principal;
import org.junit.jupiter.api.Test;

class StrangerTest {
    private static final String ISSUER = "https://id.example/realms/demo";
    private static final PolicySnapshot POLICY = new PolicySnapshot(
            1,
            Map.of(),
            List.of(
                    role("reader", Set.of("support-agent"), Set.of()),
                    role("writer", Set.of(), Set.of("frank")),
                    new RolePolicy(
                            "all",
                            new RolePolicy.Holders(Set.of("engineer"), Set.of("staff"), Set.of(), Set.of()),
                            List.of(),
                            Map.of(),
                            1)),
            List.of(),
            List.of());

    @Test
    void isAnAgentWhereARoleNamesAClient() {
        Principal agent = Stranger.of(POLICY, ISSUER, "support-agent").orElseThrow();

        assertThat(agent.agent()).isTrue();
        assertThat(POLICY.rolesOf(agent)).extracting(RolePolicy::name).containsExactly("reader");
    }

    @Test
    void isAPersonWhereARoleNamesAUser() {
        Principal person = Stranger.of(POLICY, ISSUER, "Frank").orElseThrow();

        assertThat(person.agent()).isFalse();
        assertThat(POLICY.rolesOf(person)).extracting(RolePolicy::name).containsExactly("writer");
    }

    @Test
    void isNobodyWhomNoRoleNames() {
        assertThat(Stranger.of(POLICY, ISSUER, "engineer")).isEmpty();
        assertThat(Stranger.of(POLICY, ISSUER, "nobody")).isEmpty();
    }

    private static RolePolicy role(String name, Set<String> clients, Set<String> users) {
        return new RolePolicy(name, new RolePolicy.Holders(Set.of(), Set.of(), clients, users), List.of(), Map.of(), 1);
    }
}
