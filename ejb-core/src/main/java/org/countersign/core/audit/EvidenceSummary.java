package org.countersign.core.audit;

import java.util.Map;

/**
 * The totals of a period.
 *
 * @param outcomes how many privileged commands ended how
 * @param decisions how many times somebody agreed or rejected
 * @param disjoint decisions whose stored sets of accounts have nobody in common
 * @param shared decisions with somebody on both sides, or by somebody who had decided before: none, as it should be
 * @param unproved decisions whose sets were not kept, and requests that were let through and have no decision
 * @param attempts how many attempts were refused, by reason
 */
public record EvidenceSummary(
        Map<String, Long> outcomes,
        long decisions,
        long disjoint,
        long shared,
        long unproved,
        Map<String, Long> attempts) {
    public EvidenceSummary {
        outcomes = Map.copyOf(outcomes);
        attempts = Map.copyOf(attempts);
    }

    /** How many attempts were refused. */
    public long refused() {
        return attempts.values().stream().mapToLong(Long::longValue).sum();
    }

    public long commands() {
        return outcomes.values().stream().mapToLong(Long::longValue).sum();
    }
}
