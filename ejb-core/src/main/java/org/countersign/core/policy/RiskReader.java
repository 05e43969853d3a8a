package org.countersign.core.policy;

import java.util.EnumMap;
import java.util.Map;
import java.util.function.Supplier;
import org.countersign.model.policy.ExecutionTimes;
import org.countersign.model.policy.RiskFactor;
import org.countersign.model.policy.RiskModel;

/** Reads {@code Risk}: how risks are weighed. */
final class RiskReader implements SpecReader {
    private static final int MOST_POINTS = 100;
    private static final long LEAST_MANY = 100;
    private static final long MOST_MANY = 1_000_000_000_000L;

    @Override
    public Supplier<Manifest.Spec> read(String name, Fields metadata, Value value) {
        Fields spec = value.fields("weights", "manyRows", "workingHours");
        Map<RiskFactor, Integer> weights = spec.optional("weights", RiskReader::weights, Map.of());
        long many = spec.optional("manyRows", at -> at.integer(LEAST_MANY, MOST_MANY), RiskModel.DEFAULT.manyRows());
        ExecutionTimes hours = spec.optional("workingHours", ApprovalReader::times, ExecutionTimes.ALWAYS);
        return () -> new Manifest.Spec.OfRisk(new RiskModel(weights, many, hours));
    }

    private static Map<RiskFactor, Integer> weights(Value value) {
        var weights = new EnumMap<RiskFactor, Integer>(RiskFactor.class);
        value.entries().forEach((label, points) -> {
            long read = points.integer(0, MOST_POINTS);
            RiskFactor.of(label)
                    .ifPresentOrElse(
                            factor -> weights.put(factor, (int) read),
                            () -> points.problem("unknown factor " + label + "; allowed: "
                                    + String.join(", ", RiskFactor.labels())));
        });
        return weights;
    }
}
