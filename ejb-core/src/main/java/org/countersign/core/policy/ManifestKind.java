package org.countersign.core.policy;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The kinds of manifest, in the order in which an export lists them. */
enum ManifestKind {
    TARGET("Target"),
    CLASSIFICATION("Classification"),
    ROLE("Role"),
    GUARDRAIL("Guardrail"),
    SEGREGATION_CONSTRAINT("SegregationConstraint"),
    AGENT("Agent"),
    PERSON("Person"),
    RISK("Risk"),
    ELIGIBILITY("Eligibility"),
    BREAK_GLASS("BreakGlass");

    private final String label;

    ManifestKind(String label) {
        this.label = label;
    }

    /** The {@code kind} of a manifest. */
    String label() {
        return label;
    }

    static List<String> labels() {
        return Arrays.stream(values()).map(ManifestKind::label).toList();
    }

    static Optional<ManifestKind> of(String label) {
        return Arrays.stream(values()).filter(kind -> kind.label.equals(label)).findFirst();
    }
}
