package org.countersign.core.approval;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.countersign.core.identity.AccountFacts;
import org.countersign.core.identity.Accounts;
import org.countersign.core.identity.Caller;
import org.countersign.core.identity.Suspensions;
import org.countersign.core.policy.PolicyBoard;
import org.countersign.core.segregation.ResponsiblePersons;
import org.countersign.model.policy.TargetPolicy;
import org.countersign.model.policy.TargetPolicy.Owners;
import org.countersign.model.session.Person;
import org.countersign.model.session.Principal;

/** Looks up what a decision depends on besides the request itself. Needs a transaction. */
@ApplicationScoped
public class Deciders {
    @Inject
    private ResponsiblePersons responsible;

    @Inject
    private Accounts accounts;

    @Inject
    private Delegations delegations;

    @Inject
    private Suspensions suspensions;

    @Inject
    private PolicyBoard board;

    public Deciders() {}

    Deciders(
            ResponsiblePersons responsible,
            Accounts accounts,
            Delegations delegations,
            Suspensions suspensions,
            PolicyBoard board) {
        this.responsible = responsible;
        this.accounts = accounts;
        this.delegations = delegations;
        this.suspensions = suspensions;
        this.board = board;
    }

    Decider decider(Caller caller, Instant now) {
        Set<Person> himself = responsible.of(caller.principal());
        if (caller.machine()) {
            return new Decider(caller, himself, List.of(), Set.of());
        }
        var delegates = new HashSet<Person>();
        delegations
                .from(himself, now)
                .forEach(delegation -> delegates.addAll(responsible.accountsOf(delegation.delegate())));
        return new Decider(
                caller,
                himself,
                delegations.to(caller.person(), now).stream()
                        .flatMap(delegation -> delegator(delegation.delegator()).stream())
                        .toList(),
                delegates);
    }

    /** An approver whose token was never seen here has nothing to delegate, nor has one who may not act himself. */
    private Optional<Delegator> delegator(Person person) {
        Set<Person> himself = responsible.accountsOf(person);
        return accounts.facts(person)
                .filter(facts -> !suspensions.anyOf(himself))
                .map(facts -> new Delegator(facts, himself));
    }

    /** Who asks for something on which target: requests of the same have the same surroundings. */
    record Asked(Principal requester, String target) {}

    Surroundings around(Asked asked) {
        return around(asked.requester(), asked.target());
    }

    Surroundings around(Principal requester, String target) {
        return new Surroundings(
                responsible.behind(requester),
                board.current()
                        .flatMap(snapshot -> snapshot.target(target))
                        .map(TargetPolicy::owners)
                        .orElse(Owners.NOBODY),
                manager(requester));
    }

    /** Whoever acts for somebody has that person's manager, an agent else that of its owner. */
    private Set<Person> manager(Principal requester) {
        Person person = requester
                .onBehalfOf()
                .or(requester::owner)
                .orElseGet(() -> new Person(requester.issuer(), requester.name()));
        return accounts.facts(person)
                .flatMap(AccountFacts::manager)
                .map(name -> Set.of(new Person(person.issuer(), name)))
                .orElse(Set.of());
    }
}
