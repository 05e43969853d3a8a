package org.countersign.core.approval;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.countersign.core.identity.Caller;
import org.countersign.model.session.Person;

/**
 * Somebody who wants to decide, with what is known of him at this moment.
 *
 * @param himself every account of the caller
 * @param delegators in whose place he may decide
 * @param delegates every account of those who may decide in his place
 */
record Decider(Caller caller, Set<Person> himself, List<Delegator> delegators, Set<Person> delegates) {
    /** Returns whether he is an approver of any step, by his own right or by that of somebody who delegated. */
    boolean approver(Progress progress, Surroundings around) {
        return progress.anyStepOf(around.candidate(caller, himself))
                || delegators.stream().anyMatch(delegator -> progress.anyStepOf(around.candidate(delegator)));
    }

    /** The same person, in nobody's place but theirs. */
    Decider with(List<Delegator> some) {
        return new Decider(caller, himself, some, delegates);
    }

    /** Everybody with whom he counts as one person: a delegation makes nobody two. */
    Set<Person> asOne() {
        var all = new HashSet<>(himself);
        delegators.forEach(delegator -> all.addAll(delegator.accounts()));
        all.addAll(delegates);
        return all;
    }
}
