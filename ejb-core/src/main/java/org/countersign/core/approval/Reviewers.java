package org.countersign.core.approval;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Collections;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.countersign.core.identity.Caller;
import org.countersign.model.policy.ApprovalRequirement.Approvers;
import org.countersign.model.session.Person;
import org.countersign.model.session.Principal;

/** Says who may look at something afterwards, by the tests that decisions about commands meet. Needs a transaction. */
@ApplicationScoped
@SuppressWarnings("NullAway.Init") // set by the container
public class Reviewers {
    @Inject
    private Deciders deciders;

    public Reviewers() {}

    Reviewers(Deciders deciders) {
        this.deciders = deciders;
    }

    /**
     * The sets that were compared.
     *
     * @param accounts every account of the reviewer
     * @param reviewed every account of everybody who answers for what is reviewed, now or when it began
     * @param refusal why a review of his would not count
     */
    public record Test(Set<Person> accounts, Set<Person> reviewed, Optional<RefusalReason> refusal) {}

    /** @param answered everybody who answered for it when it began */
    public Test test(
            Caller caller, Principal holder, Set<Person> answered, String target, Approvers reviewers, Instant now) {
        Decider decider = deciders.decider(caller, now);
        Surroundings around = deciders.around(holder, target);
        var reviewed = new HashSet<>(answered);
        reviewed.addAll(around.behindNow());
        return new Test(decider.himself(), reviewed, refusal(decider, around, reviewed, reviewers));
    }

    private static Optional<RefusalReason> refusal(
            Decider decider, Surroundings around, Set<Person> reviewed, Approvers reviewers) {
        if (decider.caller().machine()) {
            return Optional.of(RefusalReason.MACHINE_APPROVAL);
        }
        if (!Collections.disjoint(reviewed, decider.asOne())) {
            return Optional.of(RefusalReason.SELF_APPROVAL);
        }
        return reviewers.include(around.candidate(decider.caller(), decider.himself()))
                ? Optional.empty()
                : Optional.of(RefusalReason.NOT_AN_APPROVER);
    }
}
