package org.countersign.core.approval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.countersign.core.approval.Requests.NOW;
import static org.countersign.core.approval.Requests.ORDERS_AGENT;
import static org.countersign.core.approval.Requests.caller;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.countersign.core.FakeEvent;
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
import org.junit.jupiter.api.Test;

class ApplicationsTest {
    private final Set<Person> newOwners = new HashSet<>();
    private final PolicyBoard board = new EmptyPolicy();
    private final Accounts accounts = new EachAlone();
    private final ResponsiblePersons responsible = new ResponsiblePersons(new Owners(), accounts, board);
    private final Deciders deciders =
            new Deciders(responsible, accounts, new FakeDelegations(), new FakeSuspensions(), board);
    private final FakeApprovals approvals = new FakeApprovals();
    private final Applications applications = new Applications(approvals, deciders, responsible, new FakeEvent<>());

    private static final class EmptyPolicy extends PolicyBoard {
        @Override
        public Optional<PolicySnapshot> current() {
            return Optional.of(new PolicySnapshot(1, Map.of(), List.of(), List.of(), List.of()));
        }
    }

    private static final class EachAlone extends Accounts {
        @Override
        public Set<Person> linked(Collection<Person> persons) {
            return Set.copyOf(persons);
        }

        @Override
        public Optional<AccountFacts> facts(Person account) {
            return Optional.empty();
        }
    }

    private final class Owners extends Principals {
        @Override
        public Set<Person> responsibleNow(Principal principal) {
            var persons = new HashSet<>(principal.responsiblePersons());
            persons.addAll(newOwners);
            return persons;
        }
    }

    @Test
    void whoeverAnswersForItByNowHasNotCountersignedIt() throws ApprovalRefusedException {
        UUID id = applications.apply(application(), NOW);
        var bob = caller("bob", "approver");
        approvals
                .find(id)
                .orElseThrow()
                .decide(
                        deciders.decider(bob, NOW),
                        deciders.around(ORDERS_AGENT, "shop"),
                        DecisionKind.APPROVE,
                        "",
                        NOW);
        assertThat(applications.selfApproved(id, ORDERS_AGENT)).isEmpty();

        newOwners.add(bob.person());

        Verdict.Deny refusal = applications.selfApproved(id, ORDERS_AGENT).orElseThrow();
        assertThat(refusal.error()).isEqualTo(CountersignError.CONFLICT_OF_DUTIES);
        assertThat(refusal.rules()).containsExactly("self-approval");
        assertThat(refusal.hint()).isEqualTo("Ask for a new grant, and have somebody else approve it.");
    }

    private static Application application() {
        return new Application(
                UUID.randomUUID(),
                ORDERS_AGENT,
                "shop",
                Map.of(),
                "role maker on shop",
                List.of("sql:insert"),
                List.of("public.orders"),
                List.of("makers"),
                "A role for a time.",
                Requests.requirement(1),
                1,
                "it is needed");
    }
}
