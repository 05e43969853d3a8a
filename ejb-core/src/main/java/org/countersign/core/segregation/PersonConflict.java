package org.countersign.core.segregation;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.countersign.model.policy.StaticConstraint;
import org.countersign.model.policy.TargetPolicy;
import org.countersign.model.policy.Verdict;
import org.countersign.model.session.Person;

/**
 * A principal holds a role while others, for whom the same person answers, hold what must not come together with it.
 *
 * @param persons the accounts of whoever answers
 * @param holders by role
 */
record PersonConflict(StaticConstraint constraint, Set<Person> persons, Map<String, Set<String>> holders) {
    Optional<Verdict.Deny> refusal(TargetPolicy target) {
        return constraint.targets().selects(target)
                ? Optional.of(Refusals.denied(
                        constraint,
                        names(persons) + " would hold roles together that one person must not: "
                                + Holding.inWords(holders) + ".",
                        "Ask an administrator to take all but one of them away, or to give the agent another owner."))
                : Optional.empty();
    }

    static String names(Set<Person> persons) {
        return persons.stream().map(Person::name).collect(Collectors.toCollection(TreeSet::new)).stream()
                .collect(Collectors.joining(", "));
    }
}
