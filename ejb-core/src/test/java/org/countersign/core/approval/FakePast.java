package org.countersign.core.approval;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.countersign.core.segregation.Act;
import org.countersign.core.segregation.PastCheck;
import org.countersign.model.command.Command;
import org.countersign.model.policy.Deeds.Deed;
import org.countersign.model.policy.PolicySnapshot;
import org.countersign.model.policy.Verdict;
import org.countersign.model.session.Person;
import org.countersign.model.session.Principal;
import org.countersign.model.session.SessionFacts;

/** What is in the way, for whoever decides and for what is to run. */
final class FakePast extends PastCheck {
    Optional<Verdict.Deny> obstacle = Optional.empty();

    /** Only who holds what is kept apart meets the obstacle by that. */
    Optional<Person> holding = Optional.empty();

    /** Only whose act it is about meets the obstacle; absent: everybody. */
    Optional<Person> acted = Optional.empty();

    final List<Act> noted = new ArrayList<>();

    @Override
    public Optional<Verdict.Deny> admit(
            PolicySnapshot snapshot,
            SessionFacts session,
            Command command,
            long commandsSoFar,
            Optional<UUID> approval,
            Instant now) {
        return obstacle;
    }

    @Override
    public Optional<Verdict.Deny> holding(
            PolicySnapshot snapshot, String target, Principal account, Set<Person> himself, Instant now) {
        return holding.flatMap(whose -> himself.contains(whose) ? obstacle : Optional.empty());
    }

    @Override
    public Optional<Verdict.Deny> againstApproving(
            PolicySnapshot snapshot, String target, Set<Person> himself, List<Deed> deeds, Instant now) {
        return acted.isEmpty() || himself.contains(acted.get()) ? obstacle : Optional.empty();
    }

    @Override
    public void oneAtATime(Set<Person> persons) {}

    @Override
    public void note(Act act) {
        noted.add(act);
    }
}
