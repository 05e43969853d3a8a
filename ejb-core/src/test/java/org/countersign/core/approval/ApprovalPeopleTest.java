package org.countersign.core.approval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;
import static org.countersign.core.approval.Requests.NOW;

import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.countersign.core.identity.AccountFacts;
import org.countersign.core.identity.Accounts;
import org.countersign.core.identity.Principals;
import org.countersign.core.policy.PolicyBoard;
import org.countersign.core.segregation.ResponsiblePersons;
import org.countersign.model.CountersignError;
import org.countersign.model.policy.PolicySnapshot;
import org.countersign.model.policy.Verdict;
import org.countersign.model.session.Person;
import org.countersign.model.session.Principal;
import org.countersign.model.session.SessionId;
import org.junit.jupiter.api.Test;

/** Who is behind a request, and who of those who were here could decide it. */
class ApprovalPeopleTest {
    private final Met accounts = new Met();
    private final FakeSuspensions suspensions = new FakeSuspensions();
    private final FakeDelegations delegations = new FakeDelegations();
    private final FakePast past = new FakePast();
    private final PolicyBoard board = new NoTargets();
    private final ResponsiblePersons responsible = new ResponsiblePersons(new TokenPrincipals(), accounts, board);
    private final Deciders deciders = new Deciders(responsible, accounts, delegations, suspensions, board);
    private final ApprovalEntity approval = new ApprovalEntity(
            UUID.randomUUID(),
            Requests.held(Requests.ORDERS_AGENT, SessionId.random(), Requests.update("7"), 1, false),
            Set.of(),
            NOW);

    @Test
    void theOwnerIsBehindAnAgentWithEveryAccountOfHis() {
        accounts.linked = Set.of(person("alice"), person("alice-2"));

        assertThat(new Behind(responsible, board).of(approval))
                .containsExactly(new Answerable("alice", List.of("owns orders-agent"), List.of("alice-2")));
    }

    @Test
    void whoeverIsNoApproverIsNoCandidate() {
        accounts.met(person("bob"), "approver");
        accounts.met(person("carol"), "auditor");

        assertThat(candidates()).containsExactly(new CandidateView("bob", Optional.empty(), ""));
    }

    @Test
    void everyCandidateIsTestedAsIfHeDecided() {
        accounts.met(person("alice"), "approver");
        accounts.met(person("zoe"), "approver");
        suspensions.suspended.add(person("zoe"));

        assertThat(candidates())
                .extracting(CandidateView::name, CandidateView::why)
                .containsExactly(
                        tuple("alice", Optional.of(RefusalReason.SELF_APPROVAL)),
                        tuple("zoe", Optional.of(RefusalReason.NOT_AN_APPROVER)));
    }

    @Test
    void theConstraintThatExcludesACandidateIsNamed() {
        accounts.met(person("bob"), "approver");
        past.obstacle = Optional.of(new Verdict.Deny(
                List.of("a-constraint"), CountersignError.CONFLICT_OF_DUTIES, "bob changed it yesterday.", ""));

        assertThat(candidates())
                .containsExactly(new CandidateView(
                        "bob", Optional.of(RefusalReason.CONFLICT_OF_DUTIES), "bob changed it yesterday."));
    }

    @Test
    void aDelegateIsACandidateToo() {
        accounts.met(person("bob"), "approver");
        accounts.met(person("frank"));
        delegations.add(
                new DelegationEntity(person("bob"), "frank", "holiday", NOW.minusSeconds(1), NOW.plusSeconds(100)));

        assertThat(candidates()).extracting(CandidateView::name).containsExactly("bob", "frank");
        assertThat(candidates()).allMatch(CandidateView::mayDecide);
    }

    private List<CandidateView> candidates() {
        return new KnownApprovers(accounts, deciders, delegations, suspensions, new DecidersPast(past, board))
                .of(approval, deciders.around(approval.principal(), approval.target()), NOW);
    }

    private static Person person(String name) {
        return new Person(Requests.ISSUER, name);
    }

    /** Accounts in memory. */
    private static final class Met extends Accounts {
        private final Map<Person, AccountFacts> facts = new LinkedHashMap<>();
        private Set<Person> linked = Set.of();

        void met(Person who, String... realmRoles) {
            facts.put(who, new AccountFacts(who, Optional.empty(), Set.of(realmRoles), Set.of(), NOW));
        }

        @Override
        public Set<Person> linked(Collection<Person> persons) {
            var all = new HashSet<>(persons);
            if (persons.stream().anyMatch(linked::contains)) {
                all.addAll(linked);
            }
            return all;
        }

        @Override
        public Optional<AccountFacts> facts(Person account) {
            return Optional.ofNullable(facts.get(account));
        }

        @Override
        public List<AccountFacts> latest(int limit) {
            return List.copyOf(facts.values());
        }
    }

    private static final class TokenPrincipals extends Principals {
        @Override
        public Set<Person> responsibleNow(Principal principal) {
            return principal.responsiblePersons();
        }
    }

    private static final class NoTargets extends PolicyBoard {
        @Override
        public Optional<PolicySnapshot> current() {
            return Optional.of(new PolicySnapshot(1, Map.of(), List.of(), List.of(), List.of()));
        }
    }
}
