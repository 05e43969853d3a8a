package org.countersign.core.segregation;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.countersign.core.identity.Accounts;
import org.countersign.core.identity.KnownPrincipals;
import org.countersign.model.policy.AgentRegistration;
import org.countersign.model.policy.PolicySnapshot;
import org.countersign.model.policy.RolePolicy;
import org.countersign.model.policy.StaticConstraint;
import org.countersign.model.policy.StaticConstraint.Scope;
import org.countersign.model.policy.TargetPolicy;
import org.countersign.model.policy.Verdict;
import org.countersign.model.session.Person;
import org.countersign.model.session.Principal;

/** Finds out whether somebody who answers for a principal holds, by another one, what its roles exclude. Needs a transaction. */
@ApplicationScoped
@SuppressWarnings("NullAway.Init") // set by the container
public class PersonConflicts {
    @Inject
    private KnownPrincipals known;

    @Inject
    private ResponsiblePersons responsible;

    @Inject
    private Accounts accounts;

    public PersonConflicts() {}

    PersonConflicts(KnownPrincipals known, ResponsiblePersons responsible, Accounts accounts) {
        this.known = known;
        this.responsible = responsible;
        this.accounts = accounts;
    }

    /** The conflicts that a principal is a part of, with what its token says now and what the others' said last. */
    List<PersonConflict> of(PolicySnapshot snapshot, Principal who, Instant now) {
        List<StaticConstraint> concerned = snapshot.constraints().all().stream()
                .flatMap(constraint -> constraint instanceof StaticConstraint fixed ? Stream.of(fixed) : Stream.empty())
                .filter(fixed -> fixed.scope() == Scope.PERSON
                        && !fixed.among(snapshot.roleNames(who, fixed)).isEmpty())
                .toList();
        if (concerned.isEmpty()) {
            return List.of();
        }
        Set<Person> persons = responsible.owning(who);
        return among(snapshot, concerned, persons, who, others(snapshot, persons, who), now);
    }

    /**
     * Returns the first static constraint on the target that a human being violates, with whichever of his accounts and
     * agents, though this one may hold nothing of it.
     *
     * @param account as which he is here
     * @param himself every account of his
     */
    Optional<Verdict.Deny> ofPerson(
            PolicySnapshot snapshot, Principal account, Set<Person> himself, TargetPolicy target, Instant now) {
        List<StaticConstraint> concerned = snapshot.constraints().all().stream()
                .flatMap(constraint -> constraint instanceof StaticConstraint fixed ? Stream.of(fixed) : Stream.empty())
                .filter(fixed ->
                        fixed.scope() == Scope.PERSON && fixed.targets().selects(target))
                .toList();
        Optional<Verdict.Deny> alone = refusal(snapshot, account, target);
        if (alone.isPresent() || concerned.isEmpty()) {
            return alone;
        }
        // whoever only decides has opened no session; his tokens are known all the same
        var latest = new HashMap<Person, KnownPrincipals.Known>();
        himself.stream()
                .filter(person -> !person.name().equals(account.name()))
                .forEach(person -> accounts.facts(person)
                        .ifPresent(facts -> latest.put(
                                person,
                                new KnownPrincipals.Known(facts.asIfCalling().principal(), facts.issuedAt()))));
        var all = new ArrayList<>(latest.values());
        others(snapshot, himself, account).stream()
                .filter(other -> other.principal().agent() || !latest.containsKey(person(other.principal())))
                .forEach(all::add);
        return among(snapshot, concerned, himself, account, all, now).stream()
                .flatMap(conflict -> conflict.refusal(target).stream())
                .findFirst();
    }

    /** Those for whom these persons answer, besides the one that is looked at. */
    private List<KnownPrincipals.Known> others(PolicySnapshot snapshot, Set<Person> persons, Principal besides) {
        return known.of(persons, registeredFor(snapshot, persons)).stream()
                .filter(other -> !sameAccount(other.principal(), besides))
                .toList();
    }

    private static boolean sameAccount(Principal one, Principal other) {
        return one.name().equals(other.name())
                && (one.same(other)
                        || !one.agent() && !other.agent() && person(one).equals(person(other)));
    }

    private static Person person(Principal who) {
        return new Person(who.issuer(), who.name());
    }

    private static List<PersonConflict> among(
            PolicySnapshot snapshot,
            List<StaticConstraint> concerned,
            Set<Person> persons,
            Principal who,
            Collection<KnownPrincipals.Known> others,
            Instant now) {
        var conflicts = new ArrayList<PersonConflict>();
        for (StaticConstraint constraint : concerned) {
            var holdings = new ArrayList<Holding>();
            holdings.add(new Holding(who.name(), snapshot.roleNames(who, constraint), now));
            others.forEach(other -> holdings.add(new Holding(
                    other.principal().name(), snapshot.roleNames(other.principal(), constraint), other.lastSeen())));
            Holding.violation(constraint, holdings, now)
                    .ifPresent(holders -> conflicts.add(new PersonConflict(constraint, persons, holders)));
        }
        return conflicts;
    }

    /** Returns the first static constraint on the target that a principal violates by its own roles. */
    private static Optional<Verdict.Deny> refusal(PolicySnapshot snapshot, Principal who, TargetPolicy target) {
        Set<String> own = roles(snapshot, who);
        return snapshot.constraints().violated(target, own).stream()
                .map(constraint -> Refusals.denied(
                        constraint,
                        who.name() + " holds roles that one person must not hold together: "
                                + String.join(", ", new TreeSet<>(constraint.among(own))) + ".",
                        "Ask an administrator to take all but one of them away."))
                .findFirst();
    }

    private static Set<String> registeredFor(PolicySnapshot snapshot, Set<Person> persons) {
        Set<String> names = persons.stream().map(Person::name).collect(Collectors.toSet());
        return snapshot.registry().agents().values().stream()
                .filter(agent -> names.contains(agent.owner()))
                .map(AgentRegistration::client)
                .collect(Collectors.toSet());
    }

    static Set<String> roles(PolicySnapshot snapshot, Principal principal) {
        return snapshot.rolesOf(principal).stream().map(RolePolicy::name).collect(Collectors.toSet());
    }
}
