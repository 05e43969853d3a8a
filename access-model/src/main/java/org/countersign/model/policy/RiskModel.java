package org.countersign.model.policy;

import java.util.EnumMap;
import java.util.Map;

/**
 * How risks are weighed.
 *
 * @param weights most points of each factor, 0 to 100; a factor that is not in it has its own
 * @param manyRows from which on a command has all points for its rows; a hundredth of it is the least that counts
 * @param workingHours outside of which is out of hours; {@link ExecutionTimes#ALWAYS}: never
 */
public record RiskModel(Map<RiskFactor, Integer> weights, long manyRows, ExecutionTimes workingHours) {
    /** Without a manifest. */
    public static final RiskModel DEFAULT = new RiskModel(Map.of(), 10_000, ExecutionTimes.ALWAYS);

    public RiskModel {
        var all = new EnumMap<RiskFactor, Integer>(RiskFactor.class);
        for (RiskFactor factor : RiskFactor.values()) {
            all.put(factor, weights.getOrDefault(factor, factor.points()));
        }
        weights = Map.copyOf(all);
    }

    int weight(RiskFactor factor) {
        return weights.getOrDefault(factor, factor.points());
    }
}
