package org.countersign.core.approval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.countersign.core.approval.Requests.NOW;

import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.countersign.core.InvalidRequestException;
import org.countersign.core.TickingClock;
import org.countersign.core.identity.AccountFacts;
import org.countersign.core.identity.Accounts;
import org.countersign.core.identity.Principals;
import org.countersign.core.policy.PolicyBoard;
import org.countersign.core.segregation.ResponsiblePersons;
import org.countersign.core.target.TestTargets;
import org.countersign.model.CountersignError;
import org.countersign.model.policy.PolicySnapshot;
import org.countersign.model.policy.StaticConstraint;
import org.countersign.model.policy.TargetSelector;
import org.countersign.model.policy.Verdict;
import org.countersign.model.session.Person;
import org.countersign.model.session.Principal;
import org.junit.jupiter.api.Test;

class DelegationServiceTest {
    private final Set<Person> met = new HashSet<>();
    private final FakeDelegations delegations = new FakeDelegations();
    private final FakeSuspensions suspensions = new FakeSuspensions();
    private final FakePast past = new FakePast();
    private final PolicyBoard board = new OneTarget();
    private final Accounts accounts = new Met();
    private final Principals principals = new OneAgent();
    private final ResponsiblePersons responsible = new ResponsiblePersons(principals, accounts, board);
    private final DelegationService service = new DelegationService(
            delegations,
            responsible,
            new Delegates(responsible, accounts, principals, suspensions, past, board),
            new TickingClock(NOW));

    private DelegationView delegate(String to) {
        return service.delegate(
                Requests.caller(Requests.person("bob", "countersign-portal")),
                to,
                NOW.plus(Duration.ofDays(1)),
                "holiday");
    }

    private void refused(String to, String why) {
        assertThatExceptionOfType(InvalidRequestException.class)
                .isThrownBy(() -> delegate(to))
                .satisfies(e -> assertThat(e.field()).isEqualTo("to"))
                .withMessageContaining(why);
        assertThat(delegations.to(person(to), NOW)).isEmpty();
    }

    @Test
    void somebodyWhoWasHereAndIsInNoConflictIsTakenWithoutAWord() {
        met.add(person("gina"));

        assertThat(delegate("gina").notes()).isEmpty();
        assertThat(delegations.to(person("gina"), NOW)).hasSize(1);
    }

    @Test
    void whoeverWasNeverHereIsTakenAndSaidSo() {
        assertThat(delegate("gnia").notes())
                .containsExactly("Nobody has signed in here as gnia yet: look whether that is the right name.");
    }

    @Test
    void whereAConstraintKeepsHimFromDecidingIsSaid() {
        met.add(person("gina"));
        past.holding = Optional.of(person("gina"));
        past.obstacle = Optional.of(
                new Verdict.Deny(List.of("apart"), CountersignError.CONFLICT_OF_DUTIES, "Kept apart.", "Ask."));

        assertThat(delegate("gina").notes()).containsExactly("A constraint keeps gina from deciding on shop.");
    }

    @Test
    void whoeverDecidesNothingAtAllIsRefused() {
        suspensions.suspended.add(person("zoe"));
        refused("zoe", "decides nothing at present");
        refused("orders-agent", "programs decide nothing");
        refused("bob", "your own");
    }

    @Test
    void nobodyGivesMoreDelegationsThanCanBeLookedThrough() {
        for (int i = 0; i < DelegationService.MOST; i++) {
            delegate("person-" + i);
        }
        refused("gina", "end one first");
    }

    private static Person person(String name) {
        return new Person(Requests.ISSUER, name);
    }

    private final class Met extends Accounts {
        @Override
        public Set<Person> linked(Collection<Person> persons) {
            return Set.copyOf(persons);
        }

        @Override
        public Optional<AccountFacts> facts(Person account) {
            return met.contains(account)
                    ? Optional.of(new AccountFacts(account, Optional.empty(), Set.of(), Set.of(), NOW))
                    : Optional.empty();
        }
    }

    private static final class OneAgent extends Principals {
        @Override
        public Set<Person> responsibleNow(Principal principal) {
            return principal.responsiblePersons();
        }

        @Override
        public boolean knownAgent(Person owner) {
            return owner.name().equals("orders-agent");
        }
    }

    private static final class OneTarget extends PolicyBoard {
        @Override
        public Optional<PolicySnapshot> current() {
            var shop = TestTargets.of("shop");
            return Optional.of(new PolicySnapshot(
                    1,
                    Map.of("shop", shop),
                    List.of(),
                    List.of(),
                    List.of(new StaticConstraint("apart", TargetSelector.everyTarget(), Set.of("maker", "checker")))));
        }
    }
}
