package org.countersign.core.target;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.countersign.model.policy.TargetPolicy;

/** Targets that nobody connects to. */
public final class TestTargets {
    private TestTargets() {}

    /** Without labels, data classes, detectors and owners. */
    public static TargetPolicy of(String name) {
        return new TargetPolicy(
                name,
                Map.of(),
                "postgresql",
                "127.0.0.1",
                5432,
                name,
                "disable",
                List.of(),
                Map.of(),
                Set.of(),
                Set.of());
    }
}
