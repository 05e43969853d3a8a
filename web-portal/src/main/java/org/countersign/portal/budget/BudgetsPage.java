package org.countersign.portal.budget;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.NativeTable;
import com.vaadin.flow.component.html.NativeTableCell;
import com.vaadin.flow.component.html.NativeTableHeaderCell;
import com.vaadin.flow.component.html.NativeTableRow;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import jakarta.inject.Inject;
import java.util.List;
import org.countersign.core.budget.BudgetService;
import org.countersign.portal.budget.BudgetsPresenter.Row;
import org.countersign.portal.shell.MainLayout;
import org.countersign.portal.shell.SignedIn;
import org.countersign.portal.ui.Chip;
import org.countersign.portal.ui.EmptyState;
import org.countersign.portal.ui.PageHeader;
import org.countersign.portal.ui.Panel;
import org.countersign.portal.ui.Symbol;
import org.countersign.portal.ui.TimeText;
import org.countersign.portal.ui.Tone;

/** How much of what their roles let them use people and agents have used, and when they have it anew. */
@Route(value = "budgets", layout = MainLayout.class)
@PageTitle("Budgets – Countersign")
public class BudgetsPage extends Div implements BeforeEnterObserver {
    private static final long serialVersionUID = 1L;

    private final transient BudgetsPresenter presenter;
    private final Div content = new Div();

    @Inject
    public BudgetsPage(SignedIn signedIn, BudgetService budgets) {
        presenter = new BudgetsPresenter(budgets, signedIn::caller);
        addClassName("page");
        add(
                new PageHeader(
                        "Budgets",
                        "What roles let their holders use in a session, for a task or on a day, and how much of it is"
                                + " used. Administrators and auditors see everybody's, others their own and those of"
                                + " their agents."),
                content);
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        content.removeAll();
        List<Row> rows = presenter.rows();
        content.add(
                rows.isEmpty()
                        ? new EmptyState(
                                Symbol.BUDGET,
                                "No budget is in use",
                                "None of your roles has a budget, and nobody you see has used anything of one.")
                        : new Panel("Used and left", scrolling(rows), meaning()));
    }

    private static Div scrolling(List<Row> rows) {
        var table = new NativeTable();
        table.addClassName("grid");
        table.setCaptionText("Budgets, the fullest first");
        NativeTableRow head = table.getHead().addRow();
        for (String title : List.of("Who", "Role", "For one", "State", "Used", "Starts anew", "What goes beyond is")) {
            head.add(new NativeTableHeaderCell(title));
        }
        rows.forEach(row -> table.getBody().addRows(line(row)));
        var scrolls = new Div(table);
        scrolls.addClassNames("scrolls", "framed");
        return scrolls;
    }

    private static NativeTableRow line(Row row) {
        Component period = row.session()
                .<Component>map(session -> new Anchor("sessions/" + session, row.per()))
                .orElseGet(() -> new Span(row.per()));
        var used = new NativeTableCell();
        row.measures().forEach(measure -> used.add(new Div(measure.what() + ": " + measure.text())));
        return new NativeTableRow(
                new NativeTableCell(row.who()),
                new NativeTableCell(row.role()),
                new NativeTableCell(period),
                new NativeTableCell(new Chip(row.state(), tone(row))),
                used,
                row.startsAnewAt()
                        .map(at -> new NativeTableCell(TimeText.at(at)))
                        .orElseGet(() -> new NativeTableCell("with the next one")),
                new NativeTableCell(row.beyond()));
    }

    private static Tone tone(Row row) {
        return row.usedUp() ? Tone.BAD : row.nearly() ? Tone.WAITING : Tone.NEUTRAL;
    }

    private static Paragraph meaning() {
        var words = new Paragraph(
                "Counts are a second or two old; days are those of UTC. A budget per session is shown"
                        + " while the session is open. Each account and each agent has its own; they are written in the roles.");
        words.addClassName("secondary");
        return words;
    }
}
