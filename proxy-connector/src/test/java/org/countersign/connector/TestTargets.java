package org.countersign.connector;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.countersign.model.command.FieldName;
import org.countersign.model.policy.TargetPolicy;
import org.countersign.model.port.SessionGrant.Upstream;

/** Targets of policies that tests make themselves. */
public final class TestTargets {
    private TestTargets() {}

    /** The target {@code shop}, which stands where upstream says, with these classes and detectors. */
    public static TargetPolicy shop(Upstream upstream, Map<FieldName, Set<String>> classes, Set<String> detectors) {
        return shop(upstream, Map.of(), classes, detectors);
    }

    static TargetPolicy shop(
            Upstream upstream, Map<String, String> labels, Map<FieldName, Set<String>> classes, Set<String> detectors) {
        return new TargetPolicy(
                "shop",
                labels,
                "postgresql",
                upstream.host(),
                upstream.port(),
                upstream.database(),
                "disable",
                List.of(),
                classes,
                Set.of(),
                detectors);
    }
}
