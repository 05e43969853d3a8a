package org.countersign.core.budget;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import org.countersign.model.policy.Budget;
import org.countersign.model.policy.Usage;

/**
 * What a principal used of a budget.
 *
 * @param period the day (UTC), the task or the session that it is for
 */
public record BudgetView(String principal, Budget budget, String period, Usage used) {
    /** How much of what is used most, by percent; 100 where nothing is left. */
    public int percent() {
        return budget.percent(used);
    }

    /** When nothing of it is used any more; empty for one that ends with its task or session. */
    public Optional<Instant> startsAnewAt() {
        return budget.per() == Budget.Per.DAY
                ? Optional.of(LocalDate.parse(period)
                        .plusDays(1)
                        .atStartOfDay(ZoneOffset.UTC)
                        .toInstant())
                : Optional.empty();
    }
}
