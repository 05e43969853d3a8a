package org.countersign.core.policy;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import org.countersign.core.segregation.Act;
import org.countersign.core.segregation.PastCheck;
import org.countersign.core.segregation.StaticLook;
import org.countersign.model.policy.Deeds.Deed;
import org.countersign.model.session.Principal;

/** What a change of policy means for the segregation of duties. Needs a transaction. */
@ApplicationScoped
@SuppressWarnings("NullAway.Init") // set by the container
public class DutiesOfChange {
    @Inject
    private PolicyObjects objects;

    @Inject
    private StaticLook look;

    @Inject
    private PastCheck past;

    /** @throws ManifestException when this very change would give somebody what a static constraint keeps apart */
    void keepsApart(PolicySet current, PolicySet next) throws ManifestException {
        Map<Manifest.Key, Authors> authors = objects.authors();
        var problems = new ArrayList<ManifestProblem>();
        look.brought(current.snapshot(0, authors), next.snapshot(0, authors))
                .forEach((constraint, conflicts) -> conflicts.forEach(conflict -> problems.add(new ManifestProblem(
                        ManifestKind.SEGREGATION_CONSTRAINT.label() + "/" + constraint, 0, 0, "", conflict))));
        if (!problems.isEmpty()) {
            throw ManifestException.ofDuties(problems);
        }
    }

    void proposed(Principal author, ChangeView change) {
        note(author, change, "policy:propose");
    }

    void confirmed(Principal person, ChangeView change) {
        note(person, change, "policy:confirm");
    }

    private void note(Principal person, ChangeView change, String action) {
        past.note(new Act(
                Act.Origin.CHANGE,
                change.id(),
                person,
                "",
                change.diff().stream()
                        .map(entry -> new Deed(action, entry.key().toString()))
                        .toList(),
                0,
                Optional.empty(),
                change.confirmedAt().orElse(change.at())));
    }
}
