package org.countersign.core.approval;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.countersign.core.identity.AccountFacts;
import org.countersign.core.identity.Accounts;
import org.countersign.core.identity.Caller;
import org.countersign.core.identity.Suspensions;
import org.countersign.model.session.Person;

/** Says who of those who were here before could decide a request, and what keeps the others from it. Needs a transaction. */
@ApplicationScoped
@SuppressWarnings("NullAway.Init") // set by the container
public class KnownApprovers {
    /** Whoever was not among the latest accounts is not looked at. */
    private static final int MAX_ACCOUNTS = 500;

    /** Each costs some look-ups. */
    private static final int MAX_CANDIDATES = 20;

    @Inject
    private Accounts accounts;

    @Inject
    private Deciders deciders;

    @Inject
    private Delegations delegations;

    @Inject
    private Suspensions suspensions;

    @Inject
    private DecidersPast past;

    public KnownApprovers() {}

    KnownApprovers(
            Accounts accounts, Deciders deciders, Delegations delegations, Suspensions suspensions, DecidersPast past) {
        this.accounts = accounts;
        this.deciders = deciders;
        this.delegations = delegations;
        this.suspensions = suspensions;
        this.past = past;
    }

    /** Returns the approvers of a request and those to whom they delegated, by name. */
    List<CandidateView> of(ApprovalEntity approval, Surroundings around, Instant now) {
        List<AccountFacts> known = accounts.latest(MAX_ACCOUNTS);
        Progress progress = approval.progress(now);
        var persons = new HashSet<Person>();
        for (AccountFacts facts : known) {
            if (progress.anyStepOf(around.candidate(facts.asIfCalling(), Set.of(facts.account())))) {
                persons.add(facts.account());
            }
        }
        delegations.from(List.copyOf(persons), now).stream()
                .map(DelegationEntity::delegate)
                .forEach(persons::add);
        return known.stream()
                .filter(facts -> persons.contains(facts.account()))
                .sorted(Comparator.comparing(facts -> facts.account().name()))
                .limit(MAX_CANDIDATES)
                .map(facts -> candidate(approval, facts, around, now))
                .toList();
    }

    private CandidateView candidate(ApprovalEntity approval, AccountFacts facts, Surroundings around, Instant now) {
        Caller caller = facts.asIfCalling();
        String name = facts.account().name();
        Decider decider = deciders.decider(caller, now);
        if (suspensions.anyOf(decider.himself())) {
            return new CandidateView(name, Optional.of(RefusalReason.NOT_AN_APPROVER), "Suspended.");
        }
        Optional<RefusalReason> why = approval.refusal(decider, around, now);
        Optional<String> conflict = ApprovalService.mayHaveConflict(why)
                ? past.conflict(DecidersPast.Asked.of(approval, decider, around, now), now)
                : Optional.empty();
        return conflict.isPresent()
                ? new CandidateView(name, Optional.of(RefusalReason.CONFLICT_OF_DUTIES), conflict.get())
                : new CandidateView(name, why, why.map(RefusalReason::message).orElse(""));
    }
}
