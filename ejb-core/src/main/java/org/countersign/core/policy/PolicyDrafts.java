package org.countersign.core.policy;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import org.countersign.model.policy.PolicySnapshot;
import org.countersign.model.policy.SegregationConstraint;

/** What the policy would be with manifests that nobody proposed. Needs a transaction. */
@ApplicationScoped
@SuppressWarnings("NullAway.Init") // set by the container
public class PolicyDrafts {
    @Inject
    private PolicyObjects objects;

    @Inject
    private ManifestReader reader;

    /** @param constraints those among the manifests */
    public record Draft(PolicySnapshot snapshot, List<SegregationConstraint> constraints) {}

    public Draft draft(String yaml) throws ManifestException {
        Reading reading = reader.read(List.of(new ManifestSource("draft", yaml)));
        PolicySet drafted = PolicySet.of(reader, objects.documents()).with(reading);
        return new Draft(drafted.snapshot(0, objects.authors()), reading.constraints());
    }
}
