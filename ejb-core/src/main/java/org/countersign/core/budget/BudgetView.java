package org.countersign.core.budget;

import org.countersign.model.policy.Budget;
import org.countersign.model.policy.Usage;

/**
 * What a principal used of a budget.
 *
 * @param period the day (UTC) or the task that it is for
 */
public record BudgetView(String principal, Budget budget, String period, Usage used) {
    /** How much of what is used most, by percent; 100 where nothing is left. */
    public int percent() {
        return budget.percent(used);
    }
}
