package org.countersign.model.policy;

import java.util.List;

/**
 * How risky a command is, and why.
 *
 * @param score 0 to 100: the points of all parts, at most 100
 * @param parts those with points, in the order of {@link RiskFactor}
 */
public record Risk(int score, List<Part> parts) {
    private static final int MOST = 100;

    public Risk {
        parts = List.copyOf(parts);
    }

    static Risk of(List<Part> parts) {
        return new Risk(Math.min(MOST, parts.stream().mapToInt(Part::points).sum()), parts);
    }

    /** Names of the factors that have points. */
    public List<String> reasons() {
        return parts.stream().map(part -> part.factor().label()).toList();
    }

    /**
     * What a factor adds.
     *
     * @param points 1 to 100
     * @param reason a sentence for people
     */
    public record Part(RiskFactor factor, int points, String reason) {}
}
