package org.countersign.model.policy;

import java.util.List;
import java.util.Map;

/**
 * Which targets a rule is about: those that fit a name and carry every label.
 *
 * @param names empty: any name
 */
public record TargetSelector(List<Glob> names, Map<String, String> labels) {
    public TargetSelector {
        names = List.copyOf(names);
        labels = Map.copyOf(labels);
    }

    public static TargetSelector everyTarget() {
        return new TargetSelector(List.of(), Map.of());
    }

    public boolean selects(TargetPolicy target) {
        return (names.isEmpty() || names.stream().anyMatch(glob -> glob.matches(target.name())))
                && target.labels().entrySet().containsAll(labels.entrySet());
    }
}
