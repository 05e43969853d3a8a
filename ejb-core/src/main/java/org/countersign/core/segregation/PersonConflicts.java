package org.countersign.core.segregation;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
        List<KnownPrincipals.Known> others = known.of(persons, registeredFor(snapshot, persons)).stream()
                .filter(other -> !other.principal().same(who)
                        || !other.principal().name().equals(who.name()))
                .toList();
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

    /** Returns the first static constraint on the target that a principal violates, by its own roles or with others'. */
    Optional<Verdict.Deny> refusal(PolicySnapshot snapshot, Principal who, TargetPolicy target, Instant now) {
        Set<String> own = roles(snapshot, who);
        Optional<Verdict.Deny> alone = snapshot.constraints().violated(target, own).stream()
                .map(constraint -> Refusals.denied(
                        constraint,
                        who.name() + " holds roles that one person must not hold together: "
                                + String.join(", ", new TreeSet<>(constraint.among(own))) + ".",
                        "Ask an administrator to take all but one of them away."))
                .findFirst();
        return alone.or(() -> of(snapshot, who, now).stream()
                .flatMap(conflict -> conflict.refusal(target).stream())
                .findFirst());
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
