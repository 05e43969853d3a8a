package org.countersign.core.approval;

import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.countersign.model.CountersignError;
import org.countersign.model.Timestamp;
import org.countersign.model.policy.Verdict;
import org.countersign.model.session.Person;

/**
 * Those who countersigned a request, seen again when it is to run: who was another person when he decided may have come to
 * answer for the request since, or was found to be the same human being as somebody else.
 *
 * @param decisions that approve
 * @param responsible everybody who answers for the request, then or now
 */
record Signatures(List<DecisionEntity> decisions, Set<Person> responsible) {
    private static final String AGAIN = "Send the command again and have somebody else approve it.";

    /** @param accountsOf every account of the human being who has this one */
    Optional<Verdict.Deny> refusal(Function<Person, Set<Person>> accountsOf) {
        var before = new HashSet<Person>();
        for (DecisionEntity decision : decisions) {
            var himself = new HashSet<Person>();
            decision.counted().forEach(account -> himself.addAll(accountsOf.apply(account)));
            if (!Collections.disjoint(himself, responsible)) {
                return Optional.of(denied(decision.person().name() + ", who countersigned this at "
                        + Timestamp.of(decision.at()) + ", answers for it by now."));
            }
            if (!Collections.disjoint(himself, before)) {
                return Optional.of(denied(together(himself) + " are one person, who countersigned this twice."));
            }
            before.addAll(himself);
        }
        return Optional.empty();
    }

    /**
     * Why an approval that was not used yet does not count: who gave it, or in whose place, is let in nowhere.
     *
     * @param suspended whether one of these accounts, all of one human being, is suspended
     */
    Optional<Verdict.Deny> suspended(Function<Person, Set<Person>> accountsOf, Predicate<Set<Person>> suspended) {
        return decisions.stream()
                .filter(decision -> decision.counted().stream().map(accountsOf).anyMatch(suspended))
                .findFirst()
                .map(decision -> new Verdict.Deny(
                        List.of("signer-suspended"),
                        CountersignError.DENIED,
                        decision.person().name() + ", who countersigned this at " + Timestamp.of(decision.at())
                                + ", or whoever he stood in for, is suspended.",
                        AGAIN));
    }

    private String together(Set<Person> himself) {
        return decisions.stream()
                .filter(decision -> !Collections.disjoint(decision.counted(), himself))
                .map(decision -> decision.person().name())
                .sorted()
                .reduce((one, other) -> one + " and " + other)
                .orElse("");
    }

    private static Verdict.Deny denied(String message) {
        return new Verdict.Deny(
                List.of(RefusalReason.SELF_APPROVAL.label()), CountersignError.CONFLICT_OF_DUTIES, message, AGAIN);
    }
}
