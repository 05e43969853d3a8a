package org.countersign.model.policy;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What can add to a risk, with the points it adds at most where no manifest says otherwise. */
public enum RiskFactor {
    /** It changes rows without saying which. */
    NO_PREDICATE(30),
    /** It returns or changes many rows, or nobody knows how many it changes. */
    ROWS(30),
    /** It defines, or administers. */
    DEFINITION(30),
    /** It touches fields with a data class. */
    CLASSIFIED(15),
    /** The principal is on the target for the first day. */
    NEW_PAIR(10),
    /** It comes outside of the working hours. */
    OFF_HOURS(10),
    /** The principal does much more today than on other days. */
    VOLUME(15),
    /** A budget is half used, or nearly used up. */
    BUDGET(15);

    private final int points;

    RiskFactor(int points) {
        this.points = points;
    }

    /** Most points without a manifest. */
    public int points() {
        return points;
    }

    /** The name in manifests and in {@code risk.reasons}: {@code no-predicate}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Optional<RiskFactor> of(String label) {
        return Arrays.stream(values())
                .filter(factor -> factor.label().equals(label))
                .findFirst();
    }

    public static List<String> labels() {
        return Arrays.stream(values()).map(RiskFactor::label).toList();
    }
}
