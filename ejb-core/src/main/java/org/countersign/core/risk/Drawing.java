package org.countersign.core.risk;

import java.util.List;
import java.util.Optional;
import org.countersign.model.policy.Budget;
import org.countersign.model.policy.Usage;
import org.countersign.model.port.Allowance;

/**
 * What one command draws on. Safe for all threads.
 *
 * @param limits budgets that hold for it, each with what counts for it
 * @param counted what counts without a limit
 * @param begun one command with its writes
 */
record Drawing(List<Limit> limits, List<UseCounter> counted, Usage begun) implements Allowance {
    /** @param hint what helps when it is used up */
    record Limit(Budget budget, UseCounter counter, String hint) {}

    @Override
    public boolean begin() {
        return taken(begun, (limit, drawn) -> limit.budget().fits(drawn, (int) begun.writes()))
                .isEmpty();
    }

    @Override
    public void giveBack() {
        add(begun.negated());
    }

    @Override
    public Optional<Overdrawn> draw(long rows, long bytes) {
        var more = new Usage(rows, bytes, 0, 0);
        return taken(more, (limit, drawn) -> limit.budget().fits(drawn, rows, bytes))
                .map(limit -> new Overdrawn(
                        limit.budget().rule(),
                        limit.budget().saidUsedUp(limit.counter().drawn()),
                        limit.hint()));
    }

    @Override
    public Optional<Overdrawn> change(long rows) {
        if (rows == 0) {
            return Optional.empty();
        }
        var more = new Usage(rows, 0, 0, 0);
        return taken(more, (limit, drawn) -> limit.budget().fits(drawn, rows, 0))
                .map(limit -> tooManyChanged(limit, rows));
    }

    /** Where people may let it pass, the budget is used up by it, so that it is held when it comes again. */
    private static Overdrawn tooManyChanged(Limit limit, long rows) {
        Budget budget = limit.budget();
        Usage drawn = limit.counter().drawn();
        long left = Math.max(0, budget.most().rows() - drawn.rows());
        if (budget.approval().isPresent()) {
            limit.counter().add(new Usage(left, 0, 0, 0));
        }
        return new Overdrawn(budget.rule(), budget.saidTooMany(rows, left), limit.hint());
    }

    @Override
    public long rowsLeft() {
        long left = Usage.UNLIMITED;
        for (Limit limit : limits) {
            long most = limit.budget().most().rows();
            if (most != Usage.UNLIMITED) {
                left = Math.min(left, Math.max(0, most - limit.counter().drawn().rows()));
            }
        }
        return left;
    }

    @Override
    public boolean mayCut() {
        for (Limit limit : limits) {
            Usage most = limit.budget().most();
            if (most.rows() != Usage.UNLIMITED || most.bytes() != Usage.UNLIMITED) {
                return true;
            }
        }
        return false;
    }

    private interface Fit {
        boolean test(Limit limit, Usage drawn);
    }

    /** Takes it of all or of none; returns the limit that has not enough left. */
    private Optional<Limit> taken(Usage more, Fit fit) {
        for (int i = 0; i < limits.size(); i++) {
            Limit limit = limits.get(i);
            if (!limit.counter().take(more, drawn -> fit.test(limit, drawn))) {
                limits.subList(0, i).forEach(earlier -> earlier.counter().add(more.negated()));
                return Optional.of(limit);
            }
        }
        for (UseCounter counter : counted) {
            counter.add(more);
        }
        return Optional.empty();
    }

    private void add(Usage more) {
        for (Limit limit : limits) {
            limit.counter().add(more);
        }
        for (UseCounter counter : counted) {
            counter.add(more);
        }
    }
}
