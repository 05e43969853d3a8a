package org.countersign.core.approval;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.countersign.model.policy.ApprovalRequirement.Candidate;
import org.countersign.model.session.Person;

/**
 * By what right somebody decides: his own, or that of an approver in whose place he does.
 *
 * @param inPlaceOf the approver who delegated
 * @param accounts everybody who has decided when he did
 */
record Authority(Candidate as, Optional<Person> inPlaceOf, Set<Person> accounts) {
    static Authority own(Decider decider, Surroundings around) {
        return new Authority(
                around.candidate(decider.caller(), decider.himself()), Optional.empty(), decider.himself());
    }

    static Authority delegated(Decider decider, Delegator delegator, Surroundings around) {
        var accounts = new HashSet<>(decider.himself());
        accounts.addAll(delegator.accounts());
        return new Authority(around.candidate(delegator), Optional.of(delegator.person()), accounts);
    }
}
