package org.countersign.portal.budget;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.countersign.core.budget.BudgetService;
import org.countersign.core.budget.BudgetView;
import org.countersign.core.identity.Caller;
import org.countersign.model.policy.Budget;
import org.countersign.model.policy.Usage;

/** Shows what is used of budgets and what is left. */
public final class BudgetsPresenter {
    /** From here on somebody should know before it is used up. */
    static final int NEARLY = 80;

    private static final int ALL = 100;
    private final BudgetService budgets;
    private final Supplier<Caller> caller;

    public BudgetsPresenter(BudgetService budgets, Supplier<Caller> caller) {
        this.budgets = budgets;
        this.caller = caller;
    }

    /**
     * A budget of somebody.
     *
     * @param role whose budget it is
     * @param per what it has to last for: {@code day 2026-11-22 (UTC)}
     * @param session that it is for, to be looked at
     * @param state in words
     * @param startsAnewAt empty when it ends with its task or session
     * @param beyond what becomes of what goes beyond it
     */
    public record Row(
            String who,
            String role,
            String per,
            Optional<String> session,
            int percent,
            String state,
            List<Measure> measures,
            Optional<Instant> startsAnewAt,
            String beyond) {
        public boolean usedUp() {
            return percent >= ALL;
        }

        public boolean nearly() {
            return percent >= NEARLY;
        }
    }

    /** @param text {@code 30 of 100, 70 left}; a number alone where there is no limit */
    public record Measure(String what, String text) {}

    public List<Row> rows() {
        return budgets.list(caller.get()).stream().map(BudgetsPresenter::row).toList();
    }

    private static Row row(BudgetView view) {
        Budget budget = view.budget();
        boolean session = budget.per() == Budget.Per.SESSION;
        int percent = view.percent();
        return new Row(
                view.principal(),
                budget.role(),
                switch (budget.per()) {
                    case DAY -> "day " + view.period() + " (UTC)";
                    case TASK -> "task " + view.period();
                    case SESSION -> "session";
                },
                session ? Optional.of(view.period()) : Optional.empty(),
                percent,
                percent >= ALL ? "used up" : percent >= NEARLY ? "nearly used up" : percent + " % used",
                Stream.of(
                                measure(
                                        "rows",
                                        view.used().rows(),
                                        budget.most().rows()),
                                measure(
                                        "bytes",
                                        view.used().bytes(),
                                        budget.most().bytes()),
                                measure(
                                        "commands",
                                        view.used().commands(),
                                        budget.most().commands()),
                                measure(
                                        "writes",
                                        view.used().writes(),
                                        budget.most().writes()))
                        .flatMap(Optional::stream)
                        .toList(),
                view.startsAnewAt(),
                budget.approval().isPresent() ? "held for approval" : "refused");
    }

    private static Optional<Measure> measure(String what, long used, long most) {
        return most == Usage.UNLIMITED
                ? Optional.empty()
                : Optional.of(new Measure(
                        what,
                        grouped(used) + " of " + grouped(most) + ", " + grouped(Math.max(0, most - used)) + " left"));
    }

    private static String grouped(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
