package org.countersign.core.approval;

import java.util.Collections;
import java.util.Set;
import org.countersign.core.identity.Caller;
import org.countersign.model.policy.ApprovalRequirement.Candidate;
import org.countersign.model.policy.TargetPolicy.Owners;
import org.countersign.model.session.Person;

/**
 * What is asked about a request besides what is kept with it, as it is at this moment.
 *
 * @param behindNow who answers for the requester today
 * @param owners of the target
 * @param managers of the person who asked or for whom it was asked; empty when that is not known
 */
record Surroundings(Set<Person> behindNow, Owners owners, Set<Person> managers) {
    Candidate candidate(Caller caller, Set<Person> himself) {
        var who = caller.principal();
        return candidate(caller.person(), himself, who.realmRoles(), who.groups());
    }

    Candidate candidate(Delegator delegator) {
        return candidate(delegator.person(), delegator.accounts(), delegator.realmRoles(), delegator.groups());
    }

    private Candidate candidate(Person person, Set<Person> accounts, Set<String> realmRoles, Set<String> groups) {
        return new Candidate(
                person.name(),
                realmRoles,
                groups,
                owners.include(person.name(), groups),
                !Collections.disjoint(managers, accounts));
    }
}
