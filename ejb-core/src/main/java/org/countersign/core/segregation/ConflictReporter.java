package org.countersign.core.segregation;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.countersign.core.segregation.ConflictReport.Finding;
import org.countersign.model.policy.Deeds;
import org.countersign.model.policy.DynamicConstraint;
import org.countersign.model.policy.Glob;
import org.countersign.model.policy.HistoryConstraint;
import org.countersign.model.policy.PolicySnapshot;
import org.countersign.model.policy.SegregationConstraint;
import org.countersign.model.policy.StaticConstraint;
import org.countersign.model.session.Person;

/** Tries a constraint on what is known of the past and on who holds what. Needs a transaction. */
@ApplicationScoped
@SuppressWarnings("NullAway.Init") // set by the container
public class ConflictReporter {
    private static final int MAX_ACTS = 5_000;
    private static final int MAX_FINDINGS = 500;

    @Inject
    private Holdings holdings;

    @Inject
    private Acts acts;

    @Inject
    private Clock clock;

    /** What is found, until it is enough. */
    private static final class Found {
        private final List<Finding> violations = new ArrayList<>();
        private final List<Finding> possible = new ArrayList<>();
        private boolean complete = true;

        void violation(Set<Person> human, String what) {
            add(violations, human, what);
        }

        void possible(Set<Person> human, String what) {
            add(possible, human, what);
        }

        private void add(List<Finding> findings, Set<Person> human, String what) {
            if (findings.size() < MAX_FINDINGS) {
                findings.add(new Finding(PersonConflict.names(human), what));
            } else {
                complete = false;
            }
        }
    }

    /** @param snapshot the policy with the constraint */
    ConflictReport report(PolicySnapshot snapshot, SegregationConstraint constraint) {
        var found = new Found();
        People people = holdings.people(snapshot);
        switch (constraint) {
            case StaticConstraint rule ->
                holdings.of(snapshot, people, clock.instant()).forEach((human, all) -> held(rule, human, all, found));
            case DynamicConstraint rule -> {
                holdings.of(snapshot, people, clock.instant()).forEach((human, all) -> usable(rule, human, all, found));
                done(snapshot, rule, people, found);
            }
            case HistoryConstraint rule -> past(snapshot, rule, people, found);
        }
        return new ConflictReport(ConstraintView.of(constraint), found.violations, found.possible, found.complete);
    }

    private void held(StaticConstraint rule, Set<Person> human, List<Holding> all, Found found) {
        Optional<Map<String, Set<String>>> violation = Holding.violation(rule, all, clock.instant());
        if (violation.isPresent()) {
            found.violation(human, "holds " + Holding.inWords(violation.get()));
            return;
        }
        Map<String, Set<String>> sides = sides(rule.roles(), all);
        if (!sides.isEmpty()) {
            found.possible(human, "holds " + Holding.inWords(sides) + ": one more of the roles would be too many");
        }
    }

    private static void usable(DynamicConstraint rule, Set<Person> human, List<Holding> all, Found found) {
        Map<String, Set<String>> sides = sides(rule.roles(), all);
        if (sides.size() > 1) {
            found.possible(
                    human,
                    "can use " + Holding.inWords(sides) + ", from now on one of them in each "
                            + rule.per().label());
        }
    }

    private static Map<String, Set<String>> sides(Set<String> roles, List<Holding> all) {
        var sides = new TreeMap<String, Set<String>>();
        for (Holding holding : all) {
            holding.roles().stream()
                    .filter(roles::contains)
                    .forEach(role -> sides.computeIfAbsent(role, first -> new TreeSet<>())
                            .add(holding.principal()));
        }
        return sides;
    }

    /** Sessions in which more than one duty was done; which role a command used is not among the acts. */
    private void done(PolicySnapshot snapshot, DynamicConstraint rule, People people, Found found) {
        var bySession = new HashMap<Object, Map<String, PastAct>>();
        for (DynamicConstraint.Duty duty : rule.duties()) {
            for (PastAct act : latest(snapshot, rule, duty.deeds(), found)) {
                if (act.kind() == Act.Origin.SESSION) {
                    bySession
                            .computeIfAbsent(act.origin(), first -> new TreeMap<>())
                            .put(duty.name(), act);
                }
            }
        }
        for (Map<String, PastAct> duties : bySession.values()) {
            if (duties.size() > 1) {
                PastAct any = duties.values().iterator().next();
                found.violation(
                        people.accountsOf(any.person()),
                        any.principal() + " did " + String.join(" and ", duties.keySet()) + " in session "
                                + any.origin());
            }
        }
    }

    private void past(PolicySnapshot snapshot, HistoryConstraint rule, People people, Found found) {
        var byHuman = new HashMap<Set<Person>, List<PastAct>>();
        for (PastAct act : latest(snapshot, rule, rule.did(), found)) {
            byHuman.computeIfAbsent(people.accountsOf(act.person()), first -> new ArrayList<>())
                    .add(act);
        }
        List<PastAct> after = new ArrayList<>();
        rule.mayNotDo().ifPresent(deeds -> after.addAll(latest(snapshot, rule, deeds, found)));
        rule.mayNotApprove()
                .ifPresent(deeds -> after.addAll(latest(
                        snapshot, rule, new Deeds(List.of(new Glob("approval:approve")), deeds.resources()), found)));
        byHuman.forEach((human, done) -> {
            Optional<String> violation = after.stream()
                    .filter(later -> human.contains(later.person()))
                    .flatMap(later -> done.stream()
                            .filter(earlier -> earlier.first().isBefore(later.last())
                                    && near(rule, earlier, later)
                                    && rule.counts(earlier.first(), later.last()))
                            .map(earlier -> earlier.inWords() + "; later " + later.inWords()))
                    .findFirst();
            violation.ifPresentOrElse(
                    what -> found.violation(human, what),
                    () -> found.possible(human, done.getFirst().inWords()));
        });
    }

    private static boolean near(HistoryConstraint rule, PastAct earlier, PastAct later) {
        return rule.near(earlier.deed(), later.deed())
                && (rule.same() == HistoryConstraint.Same.ANY
                        || earlier.target().isEmpty()
                        || earlier.target().equals(later.target()));
    }

    private List<PastAct> latest(PolicySnapshot snapshot, SegregationConstraint rule, Deeds deeds, Found found) {
        var query = new ActQuery().including(deeds);
        Instant now = clock.instant();
        rule.within().ifPresent(within -> query.since(now.minus(within)));
        List<PastAct> latest = acts.latest(query, MAX_ACTS);
        found.complete &= latest.size() < MAX_ACTS;
        return latest.stream()
                .filter(act -> snapshot.mayConcern(rule, act.target()))
                .toList();
    }
}
