package org.countersign.core.approval;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.countersign.model.session.Person;

/**
 * By what rights somebody may decide a request, in the order in which he uses them. Those of an approver who answers for
 * the request are none.
 *
 * @param rights those that are in a step of the request
 * @param conflicted whether there would be another one if its approver did not answer for the request
 */
record Eligibility(List<Authority> rights, boolean conflicted) {
    static Eligibility of(Decider decider, Surroundings around, Set<Person> responsible, Progress progress) {
        List<Authority> all = Stream.concat(
                        Stream.of(Authority.own(decider, around)),
                        decider.delegators().stream().map(delegator -> Authority.delegated(decider, delegator, around)))
                .filter(right -> progress.anyStepOf(right.as()))
                .toList();
        List<Authority> rights = all.stream()
                .filter(right -> Collections.disjoint(right.accounts(), responsible))
                .toList();
        return new Eligibility(rights, rights.size() < all.size());
    }

    /** The right for the step that is open now. */
    Optional<Authority> now(Progress progress) {
        return rights.stream().filter(right -> progress.openFor(right.as())).findFirst();
    }

    boolean later(Progress progress) {
        return rights.stream().anyMatch(right -> progress.laterFor(right.as()));
    }
}
