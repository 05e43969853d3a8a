package org.countersign.core.segregation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.countersign.core.identity.AccountFacts;
import org.countersign.core.identity.Accounts;
import org.countersign.core.identity.KnownPrincipals;
import org.countersign.core.identity.TestPrincipals;
import org.countersign.model.CountersignError;
import org.countersign.model.policy.PolicySnapshot;
import org.countersign.model.policy.StaticConstraint;
import org.countersign.model.policy.TargetSelector;
import org.countersign.model.policy.Verdict;
import org.countersign.model.session.Person;
import org.countersign.model.session.Principal;
import org.junit.jupiter.api.Test;

class PastCheckTest {
    private final List<KnownPrincipals.Known> known = new ArrayList<>();
    private final Set<Person> signedIn = new HashSet<>();
    private final PastCheck check =
            new PastCheck(new Acts(), new PersonConflicts(new Opened(), new ResponsiblePersons(), new SignedIn()));
    private final PolicySnapshot policy =
            Segregated.policy(new StaticConstraint("apart", TargetSelector.everyTarget(), Set.of("maker", "checker")));

    private Optional<Verdict.Deny> refusal(Principal who, String target, String... accounts) {
        var himself = new HashSet<Person>();
        for (String account : accounts) {
            himself.add(person(account));
        }
        return check.holding(policy, target, who, himself, Segregated.NOW);
    }

    private void opened(Principal who) {
        known.add(new KnownPrincipals.Known(who, Segregated.NOW));
    }

    @Test
    void whoeverHoldsWhatIsKeptApartDoesNotCountersign() {
        // both roles of the shop are his
        assertThat(refusal(TestPrincipals.agent("orders-agent", "alice"), "shop"))
                .hasValueSatisfying(deny -> {
                    assertThat(deny.error()).isEqualTo(CountersignError.CONFLICT_OF_DUTIES);
                    assertThat(deny.message())
                            .isEqualTo("orders-agent holds roles that one person must not hold together:"
                                    + " checker, maker. (apart)");
                });
    }

    @Test
    void whoeverHoldsNothingOfItMay() {
        opened(TestPrincipals.agent("maker-agent", "gina"));

        assertThat(refusal(TestPrincipals.agent("other-agent", "alice"), "shop"))
                .isEmpty();
        assertThat(refusal(TestPrincipals.agent("orders-agent", "alice"), "elsewhere"))
                .isEmpty();
        assertThat(refusal(TestPrincipals.person("gina"), "shop", "gina")).isEmpty();
    }

    @Test
    void whoeverOwnsAnAgentForEachSideDoesNotCountersignWithAnAccountThatHoldsNothing() {
        opened(TestPrincipals.agent("maker-agent", "gina"));
        opened(TestPrincipals.agent("checker-agent", "gina"));

        assertThat(refusal(TestPrincipals.person("gina"), "shop", "gina"))
                .hasValueSatisfying(deny -> assertThat(deny.message())
                        .contains("gina would hold roles together", "maker-agent", "checker-agent", "(apart)"));
        assertThat(refusal(TestPrincipals.person("gina"), "elsewhere", "gina")).isEmpty();
    }

    @Test
    void whoeverHoldsItWithOtherAccountsOfHisDoesNotCountersignEither() {
        signedIn.add(person("frank"));
        assertThat(refusal(TestPrincipals.person("zoe"), "shop", "zoe", "frank"))
                .isEmpty();

        signedIn.add(person("bob"));
        assertThat(refusal(TestPrincipals.person("zoe"), "shop", "zoe", "frank", "bob"))
                .hasValueSatisfying(deny ->
                        assertThat(deny.message()).contains("bob, frank, zoe would hold", "(as frank)", "(as bob)"));
    }

    private static Person person(String name) {
        return new Person(TestPrincipals.ISSUER, name);
    }

    /** Who opened sessions. */
    private final class Opened extends KnownPrincipals {
        @Override
        public List<Known> of(Collection<Person> persons, Set<String> clients) {
            return known.stream()
                    .filter(each ->
                            each.principal().responsiblePersons().stream().anyMatch(persons::contains))
                    .toList();
        }
    }

    /** Who signed in at the portal. */
    private final class SignedIn extends Accounts {
        @Override
        public Optional<AccountFacts> facts(Person account) {
            return signedIn.contains(account)
                    ? Optional.of(new AccountFacts(account, Optional.empty(), Set.of(), Set.of(), Segregated.NOW))
                    : Optional.empty();
        }
    }
}
