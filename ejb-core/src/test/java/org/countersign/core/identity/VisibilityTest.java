package org.countersign.core.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.countersign.model.session.Person;
import org.countersign.model.session.Principal;
import org.junit.jupiter.api.Test;

class VisibilityTest {
    private static final String ISSUER = "http://issuer";
    private static final Principal ALICE = principal("u-alice", "alice", Optional.empty(), "countersign-cli");

    @Test
    void showsAPersonHisOwnAndHisAgents() {
        assertThat(sees(ALICE, ALICE)).isTrue();
        assertThat(sees(ALICE, agent("a", "orders-agent", "alice"))).isTrue();
        assertThat(sees(ALICE, agent("b", "support-agent", "frank"))).isFalse();
    }

    @Test
    void showsEverythingToTheDutiesThatLookAfterIt() {
        for (String role : Set.of("auditor", "approver", "admin")) {
            assertThat(sees(principal("u", "carol", Optional.empty(), "countersign-portal", role), ALICE))
                    .isTrue();
        }
        assertThat(sees(principal("u", "frank", Optional.empty(), "countersign-portal", "engineer"), ALICE))
                .isFalse();
    }

    @Test
    void showsAMachineItsOwnOnlyWhateverRolesItHas() {
        Principal service = principal("s", "audit-agent", Optional.of("frank"), "audit-agent", "auditor", "approver");

        assertThat(sees(service, service)).isTrue();
        assertThat(sees(service, ALICE)).isFalse();
    }

    @Test
    void keepsAnAgentThatActsForAPersonApartFromThePersonAndHisOtherAgents() {
        Principal one = principal("u-alice", "one-agent", Optional.of("frank"), "one-agent", "admin");
        Principal other = principal("u-alice", "other-agent", Optional.of("frank"), "other-agent");

        assertThat(sees(one, ALICE)).isFalse();
        assertThat(sees(one, other)).isFalse();
        assertThat(sees(one, one)).isTrue();
    }

    private static boolean sees(Principal who, Principal whose) {
        return Visibility.of(new Caller(who, Instant.EPOCH), whose);
    }

    private static Principal agent(String subject, String name, String owner) {
        return principal(subject, name, Optional.of(owner), name);
    }

    private static Principal principal(
            String subject, String name, Optional<String> owner, String client, String... roles) {
        return new Principal(
                ISSUER,
                subject,
                name,
                owner.isPresent(),
                owner.map(person -> new Person(ISSUER, person)),
                Optional.empty(),
                List.of(),
                Set.of(roles),
                Set.of(),
                client,
                Optional.empty());
    }
}
