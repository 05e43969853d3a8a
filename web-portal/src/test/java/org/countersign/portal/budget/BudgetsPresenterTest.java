package org.countersign.portal.budget;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.countersign.core.budget.BudgetService;
import org.countersign.core.budget.BudgetView;
import org.countersign.core.identity.Caller;
import org.countersign.model.policy.Budget;
import org.countersign.model.policy.Usage;
import org.countersign.portal.budget.BudgetsPresenter.Measure;
import org.countersign.portal.budget.BudgetsPresenter.Row;
import org.countersign.portal.shell.TestCallers;
import org.junit.jupiter.api.Test;

class BudgetsPresenterTest {
    private static final Usage MOST = new Usage(1000, Usage.UNLIMITED, 50, Usage.UNLIMITED);
    private static final String SESSION = "0190c7a8-0000-7000-8000-000000000001";

    @Test
    void saysWhatIsUsedWhatIsLeftAndWhenItStartsAnew() {
        assertThat(rows(new BudgetView("dave", budget(Budget.Per.DAY), "2026-11-22", new Usage(850, 7, 2, 0))))
                .containsExactly(new Row(
                        "dave",
                        "reader",
                        "day 2026-11-22 (UTC)",
                        Optional.empty(),
                        85,
                        "nearly used up",
                        List.of(
                                new Measure("rows", "850 of 1,000, 150 left"),
                                new Measure("commands", "2 of 50, 48 left")),
                        Optional.of(Instant.parse("2026-11-23T00:00:00Z")),
                        "refused"));
    }

    @Test
    void tellsTasksAndSessionsApartAndLinksTheSession() {
        List<Row> rows = rows(
                new BudgetView("dave", budget(Budget.Per.TASK), "CHG-17", new Usage(1200, 0, 50, 0)),
                new BudgetView("dave", budget(Budget.Per.SESSION), SESSION, Usage.NONE));

        assertThat(rows).extracting(Row::per).containsExactly("task CHG-17", "session");
        assertThat(rows).extracting(Row::session).containsExactly(Optional.empty(), Optional.of(SESSION));
        assertThat(rows).extracting(Row::state).containsExactly("used up", "0 % used");
        assertThat(rows.getFirst().measures()).contains(new Measure("rows", "1,200 of 1,000, 0 left"));
        assertThat(rows).extracting(Row::startsAnewAt).containsOnly(Optional.empty());
    }

    private static Budget budget(Budget.Per per) {
        return new Budget("reader", per, MOST, Optional.empty());
    }

    private static List<Row> rows(BudgetView... views) {
        var caller = TestCallers.caller(Instant.parse("2026-11-22T12:00:00Z"), "dave");
        var service = new BudgetService() {
            @Override
            public List<BudgetView> list(Caller asking) {
                return List.of(views);
            }
        };
        return new BudgetsPresenter(service, () -> caller).rows();
    }
}
