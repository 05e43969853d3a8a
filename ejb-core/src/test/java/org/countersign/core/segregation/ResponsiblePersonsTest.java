package org.countersign.core.segregation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.countersign.core.identity.Accounts;
import org.countersign.core.identity.Principals;
import org.countersign.core.policy.PolicyBoard;
import org.countersign.model.policy.AgentRegistration;
import org.countersign.model.policy.PolicySnapshot;
import org.countersign.model.policy.Registry;
import org.countersign.model.session.Actor;
import org.countersign.model.session.Person;
import org.countersign.model.session.Principal;
import org.junit.jupiter.api.Test;

class ResponsiblePersonsTest {
    private static final String ISSUER = "https://idp";
    private final Set<Set<String>> sharedMarks = new HashSet<>();
    private Optional<Registry> registry = Optional.of(Registry.EMPTY);
    private final ResponsiblePersons responsible =
            new ResponsiblePersons(new StatelessPrincipals(), new MarkedAccounts(), new BoardOf());

    private static final class StatelessPrincipals extends Principals {
        @Override
        public Set<Person> responsibleNow(Principal principal) {
            return principal.responsiblePersons();
        }

        @Override
        public Map<Principal, Person> ownersNow(Set<Principal> some) {
            return Map.of();
        }
    }

    private final class MarkedAccounts extends Accounts {
        @Override
        public Set<Person> linked(Collection<Person> persons) {
            var linked = new HashSet<>(persons);
            for (Set<String> names : sharedMarks) {
                if (persons.stream().anyMatch(person -> names.contains(person.name()))) {
                    names.forEach(name -> linked.add(new Person(ISSUER, name)));
                }
            }
            return linked;
        }

        @Override
        public Collection<Set<Person>> sharing() {
            return sharedMarks.stream()
                    .map(names ->
                            names.stream().map(name -> new Person(ISSUER, name)).collect(Collectors.toSet()))
                    .toList();
        }
    }

    private final class BoardOf extends PolicyBoard {
        @Override
        public Optional<PolicySnapshot> current() {
            return registry.map(named -> new PolicySnapshot(1, Map.of(), List.of(), List.of(), List.of(), named));
        }
    }

    @Test
    void ownerRegisteredOwnerAndAuthorAnswerForAnAgent() {
        register("orders-agent", "olga", "rita");

        assertThat(names(responsible.of(agent("orders-agent")))).containsExactlyInAnyOrder("owner", "olga", "rita");
    }

    @Test
    void whoRegisteredItStillAnswersWhenAnotherOneChangedIt() {
        AgentRegistration changed = registration("orders-agent", "olga", "rita")
                .by(Optional.of(new Person(ISSUER, "rita")), Optional.of(new Person(ISSUER, "ruth")));
        registry = Optional.of(new Registry(Map.of("orders-agent", changed), List.of()));

        assertThat(names(responsible.of(agent("orders-agent"))))
                .containsExactlyInAnyOrder("owner", "olga", "rita", "ruth");
    }

    @Test
    void soDoThoseOfEveryAgentItActsThrough() {
        register("parent-agent", "paul", "rita");

        assertThat(names(responsible.of(agent("orders-agent", "parent-agent", "sam"))))
                .containsExactlyInAnyOrder("owner", "parent-agent", "sam", "paul", "rita");
    }

    @Test
    void manyAtOnceAreOwnedByWhomOneByOneTheyAre() {
        sharedMarks.add(Set.of("owner", "owner.private"));
        registry = Optional.of(new Registry(
                Map.of("parent-agent", registration("parent-agent", "paul", "rita")),
                List.of(Set.of("owner.private", "owner-admin"), Set.of("paul", "paula"))));
        Principal plain = agent("orders-agent");
        Principal nested = agent("orders-agent", "parent-agent", "sam");

        Map<Principal, Set<Person>> owning = responsible.owning(Set.of(plain, nested));

        assertThat(owning).isEqualTo(Map.of(plain, responsible.owning(plain), nested, responsible.owning(nested)));
        assertThat(names(owning.get(plain))).containsExactlyInAnyOrder("owner", "owner.private", "owner-admin");
        assertThat(names(owning.get(nested))).contains("paul", "paula", "sam").doesNotContain("rita");
    }

    @Test
    void followsMarksAndLinksInTurn() {
        sharedMarks.add(Set.of("owner", "owner.private"));
        sharedMarks.add(Set.of("owner-admin", "far-away"));
        registry = Optional.of(new Registry(Map.of(), List.of(Set.of("owner.private", "owner-admin"))));

        assertThat(names(responsible.of(agent("orders-agent"))))
                .containsExactlyInAnyOrder("owner", "owner.private", "owner-admin", "far-away");
    }

    @Test
    void saysNobodyWithoutAPolicy() {
        registry = Optional.empty();

        assertThatThrownBy(() -> responsible.of(agent("orders-agent"))).isInstanceOf(IllegalStateException.class);
    }

    private void register(String client, String owner, String author) {
        registry = Optional.of(new Registry(Map.of(client, registration(client, owner, author)), List.of()));
    }

    private static AgentRegistration registration(String client, String owner, String author) {
        return new AgentRegistration(
                client,
                owner,
                "assistant",
                "Corrects orders.",
                "orders@shop.example",
                Set.of("orders-writer"),
                Optional.empty(),
                Optional.of(new Person(ISSUER, author)));
    }

    private static List<String> names(Set<Person> persons) {
        return persons.stream().map(Person::name).toList();
    }

    private static Principal agent(String name, String... actors) {
        return new Principal(
                ISSUER,
                "s-" + name,
                name,
                true,
                Optional.of(new Person(ISSUER, "owner")),
                Optional.empty(),
                List.of(actors).stream()
                        .map(actor -> new Actor("s-" + actor, actor))
                        .toList(),
                Set.of(),
                Set.of(),
                name,
                Optional.empty());
    }
}
