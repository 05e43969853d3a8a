package org.countersign.core.segregation;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.List;
import org.countersign.core.InvalidRequestException;
import org.countersign.core.NotAllowedException;
import org.countersign.core.identity.Caller;
import org.countersign.core.policy.ManifestException;
import org.countersign.core.policy.PolicyBoard;
import org.countersign.core.policy.PolicyDrafts;
import org.countersign.model.policy.PolicySnapshot;
import org.countersign.model.policy.SegregationConstraint;

/** The constraints in force, and what a draft of one would find. For administrators and auditors. */
@Stateless
@PermitAll
@SuppressWarnings("NullAway.Init") // set by the container
public class ConstraintService {
    @Inject
    private PolicyBoard board;

    @Inject
    private PolicyDrafts drafts;

    @Inject
    private ConflictReporter reporter;

    public List<ConstraintView> list(Caller caller) {
        reader(caller);
        return board.current().map(PolicySnapshot::constraints).stream()
                .flatMap(constraints -> constraints.all().stream())
                .map(ConstraintView::of)
                .toList();
    }

    /**
     * Tries constraints that are not in force, or not in this form. Nothing is proposed or changed.
     *
     * @param yaml manifests, at least one of them a constraint
     */
    public List<ConflictReport> report(Caller caller, String yaml) throws ManifestException {
        reader(caller);
        PolicyDrafts.Draft draft = drafts.draft(yaml);
        if (draft.constraints().isEmpty()) {
            throw new InvalidRequestException("body", "expected a manifest of the kind SegregationConstraint");
        }
        return report(caller, draft.snapshot(), draft.constraints());
    }

    /** As {@link #report(Caller, String)}, of some constraints of a policy. */
    public List<ConflictReport> report(
            Caller caller, PolicySnapshot snapshot, List<SegregationConstraint> constraints) {
        reader(caller);
        return constraints.stream()
                .map(constraint -> reporter.report(snapshot, constraint))
                .toList();
    }

    private static void reader(Caller caller) {
        if (caller.machine() || !(caller.has("admin") || caller.has("auditor"))) {
            throw new NotAllowedException("Constraints are shown to administrators and auditors.");
        }
    }
}
