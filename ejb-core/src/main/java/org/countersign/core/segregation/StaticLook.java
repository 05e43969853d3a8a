package org.countersign.core.segregation;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.countersign.model.policy.PolicySnapshot;
import org.countersign.model.policy.StaticConstraint;
import org.countersign.model.session.Person;

/** Who holds what a static constraint keeps apart. Needs a transaction. */
@ApplicationScoped
@SuppressWarnings("NullAway.Init") // set by the container
public class StaticLook {
    @Inject
    private Holdings holdings;

    @Inject
    private Clock clock;

    /** @param holders by role */
    record Violation(StaticConstraint constraint, Set<Person> human, Map<String, Set<String>> holders) {
        String inWords() {
            return PersonConflict.names(human) + " would hold " + Holding.inWords(holders);
        }
    }

    /** What a change of the policy would bring about that is not there already, in words by name of the constraint. */
    public Map<String, List<String>> brought(PolicySnapshot before, PolicySnapshot after) {
        var there = new HashSet<String>();
        violations(before).forEach(violation -> there.add(key(violation)));
        var brought = new TreeMap<String, List<String>>();
        for (Violation violation : violations(after)) {
            if (!there.contains(key(violation))) {
                brought.computeIfAbsent(violation.constraint().name(), first -> new ArrayList<>())
                        .add(violation.inWords());
            }
        }
        return brought;
    }

    private static String key(Violation violation) {
        return violation.constraint().name()
                + ' '
                + PersonConflict.names(violation.human())
                + ' '
                + violation.holders().keySet();
    }

    List<Violation> violations(PolicySnapshot snapshot) {
        Instant now = clock.instant();
        var violations = new ArrayList<Violation>();
        if (snapshot.constraints().all().stream().anyMatch(StaticConstraint.class::isInstance)) {
            holdings.of(snapshot, holdings.people(snapshot), now)
                    .forEach((human, all) -> snapshot.constraints().all().forEach(constraint -> {
                        if (constraint instanceof StaticConstraint fixed) {
                            Optional<Map<String, Set<String>>> violation = Holding.violation(fixed, all, now);
                            violation.ifPresent(holders -> violations.add(new Violation(fixed, human, holders)));
                        }
                    }));
        }
        return violations;
    }
}
