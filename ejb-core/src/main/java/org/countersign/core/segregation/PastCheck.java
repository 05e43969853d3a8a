package org.countersign.core.segregation;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.countersign.model.command.Command;
import org.countersign.model.policy.Deeds;
import org.countersign.model.policy.Deeds.Deed;
import org.countersign.model.policy.DutyUse;
import org.countersign.model.policy.DynamicConstraint.Per;
import org.countersign.model.policy.HistoryConstraint;
import org.countersign.model.policy.PolicySnapshot;
import org.countersign.model.policy.StaticConstraint;
import org.countersign.model.policy.Verdict;
import org.countersign.model.session.Person;
import org.countersign.model.session.Principal;
import org.countersign.model.session.SessionFacts;

/**
 * Compares what is about to be done with what was done before, by whoever shares a responsible person. Needs a
 * transaction; of two checks for one person at the same moment one waits for the end of the other's.
 */
@ApplicationScoped
@SuppressWarnings("NullAway.Init") // set by the container
public class PastCheck {
    @Inject
    private Acts acts;

    @Inject
    private TaskSides tasks;

    @Inject
    private ResponsiblePersons responsible;

    @Inject
    private PersonConflicts conflicts;

    public PastCheck() {}

    PastCheck(Acts acts, PersonConflicts conflicts) {
        this.acts = acts;
        this.conflicts = conflicts;
    }

    /**
     * Checks a command that is about to run, and notes it when nothing is in the way.
     *
     * @param approval under which it runs
     * @return why it may not
     */
    public Optional<Verdict.Deny> admit(
            PolicySnapshot snapshot,
            SessionFacts session,
            Command command,
            long commandsSoFar,
            Optional<UUID> approval,
            Instant now) {
        List<Deed> deeds = Deeds.of(command);
        Set<Person> persons = responsible.of(session.principal());
        acts.oneAtATime(persons);
        for (HistoryConstraint history : snapshot.constraints().historyOn(session.target())) {
            Optional<PastAct> past = past(snapshot, history, persons, session.target(), deeds, history.mayNotDo(), now);
            if (past.isPresent()) {
                return Optional.of(Refusals.history(history, past.get(), "may not do this any more"));
            }
        }
        List<DutyUse> inTask = DutyUse.of(snapshot, session, command).stream()
                .filter(use -> use.constraint().per() == Per.TASK)
                .toList();
        Optional<Verdict.Deny> refusal = tasks.take(
                session,
                inTask,
                now,
                session.principal().name() + ", command " + (commandsSoFar + 1) + " of session " + session.id());
        if (refusal.isEmpty()) {
            noted(session, deeds, commandsSoFar, approval, now).ifPresent(this::note);
        }
        return refusal;
    }

    /** Makes every other check for one of these persons wait until the transaction ends. */
    public void oneAtATime(Set<Person> persons) {
        acts.oneAtATime(persons);
    }

    public void note(Act act) {
        acts.note(act, responsible.behind(act.principal()));
    }

    /**
     * Returns why somebody may not countersign what would be done on the target: whoever holds what a static constraint
     * keeps apart there neither works nor decides there, with none of his accounts.
     *
     * @param himself every account of his
     */
    public Optional<Verdict.Deny> holding(
            PolicySnapshot snapshot, String target, Principal account, Set<Person> himself, Instant now) {
        return snapshot.target(target).flatMap(policy -> conflicts.ofPerson(snapshot, account, himself, policy, now));
    }

    /** Returns the names of the targets on which {@link #holding} keeps somebody from countersigning. */
    public List<String> closed(PolicySnapshot snapshot, Principal account, Set<Person> himself, Instant now) {
        return snapshot.constraints().all().stream().anyMatch(StaticConstraint.class::isInstance)
                ? snapshot.targets().keySet().stream()
                        .filter(target ->
                                holding(snapshot, target, account, himself, now).isPresent())
                        .sorted()
                        .toList()
                : List.of();
    }

    /**
     * Returns what somebody did after which he may not countersign what would be done on the target.
     *
     * @param himself every account that counts as his
     */
    public Optional<Verdict.Deny> againstApproving(
            PolicySnapshot snapshot, String target, Set<Person> himself, List<Deed> deeds, Instant now) {
        for (HistoryConstraint history : snapshot.constraints().historyOn(target)) {
            Optional<PastAct> past = past(snapshot, history, himself, target, deeds, history.mayNotApprove(), now);
            if (past.isPresent()) {
                return Optional.of(Refusals.history(history, past.get(), "may not countersign this"));
            }
        }
        return Optional.empty();
    }

    private Optional<PastAct> past(
            PolicySnapshot snapshot,
            HistoryConstraint history,
            Set<Person> persons,
            String target,
            List<Deed> deeds,
            Optional<Deeds> mayNot,
            Instant now) {
        return history.limited(deeds, mayNot).stream()
                .flatMap(deed -> acts.before(snapshot, history, persons, target, deed, now).stream())
                .findFirst();
    }

    /** What the histories keep of a command; empty for a mere read. */
    static Optional<Act> noted(
            SessionFacts session, List<Deed> deeds, long commandsSoFar, Optional<UUID> approval, Instant now) {
        List<Deed> traced = deeds.stream().filter(Deed::traced).toList();
        return traced.isEmpty()
                ? Optional.empty()
                : Optional.of(new Act(
                        Act.Origin.SESSION,
                        session.id().value(),
                        session.principal(),
                        session.target(),
                        traced,
                        commandsSoFar + 1,
                        approval,
                        now));
    }
}
