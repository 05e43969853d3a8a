package org.countersign.portal.approver;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.NativeTable;
import com.vaadin.flow.component.html.NativeTableCell;
import com.vaadin.flow.component.html.NativeTableHeaderCell;
import com.vaadin.flow.component.html.NativeTableRow;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.Route;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.countersign.core.approval.HabitsService;
import org.countersign.portal.approver.ApproversPresenter.Closed;
import org.countersign.portal.approver.ApproversPresenter.Row;
import org.countersign.portal.approver.ApproversPresenter.Shown;
import org.countersign.portal.approver.ApproversPresenter.Unreadable;
import org.countersign.portal.shell.MainLayout;
import org.countersign.portal.shell.SignedIn;
import org.countersign.portal.ui.Callout;
import org.countersign.portal.ui.Chip;
import org.countersign.portal.ui.EmptyState;
import org.countersign.portal.ui.PageHeader;
import org.countersign.portal.ui.Panel;
import org.countersign.portal.ui.Symbol;
import org.countersign.portal.ui.Tone;

/** How people decide, so that fatigue shows before it matters. */
@Route(value = "approvers", layout = MainLayout.class)
@PageTitle("Approvers – Countersign")
public class ApproversPage extends Div implements BeforeEnterObserver {
    private static final long serialVersionUID = 1L;

    private final transient ApproversPresenter presenter;
    private final TextField from = new TextField("From");
    private final TextField to = new TextField("To, included");
    private final Div content = new Div();

    @Inject
    public ApproversPage(SignedIn signedIn, HabitsService habits) {
        presenter = new ApproversPresenter(habits, signedIn::caller, Clock.systemUTC());
        addClassName("page");
        for (TextField day : new TextField[] {from, to}) {
            day.setPlaceholder("2026-11-01");
            day.setHelperText("a day of UTC");
            day.setAllowedCharPattern("[0-9-]");
        }
        var filters = new Div(from, to, new Button("Show", click -> showOther()));
        filters.addClassName("filters");
        filters.getElement().setAttribute("role", "search");
        add(
                new PageHeader(
                        "Approvers",
                        "How many requests people decide, how long they look, and whether they ever say no."
                                + " Whoever has too many to read needs a narrower rule or company, not blame."),
                filters,
                content);
    }

    private void showOther() {
        UI.getCurrent()
                .navigate("approvers", QueryParameters.simple(Map.of("from", from.getValue(), "to", to.getValue())));
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        QueryParameters query = event.getLocation().getQueryParameters();
        from.setValue(query.getSingleParameter("from").orElseGet(presenter::usualStart));
        to.setValue(
                query.getSingleParameter("to").orElseGet(() -> presenter.today().toString()));
        content.removeAll();
        content.add(
                switch (presenter.read(from.getValue(), to.getValue())) {
                    case Closed closed -> new EmptyState(Symbol.LOST, "Not for your account", closed.reason());
                    case Unreadable unreadable ->
                        new Callout("Those days cannot be shown", unreadable.reason(), Tone.BAD);
                    case Shown shown ->
                        shown.rows().isEmpty()
                                ? new EmptyState(
                                        Symbol.APPROVALS,
                                        "Nobody decided anything",
                                        "There was no decision in these days.")
                                : new Panel("Decisions", scrolling(shown.rows()), meaning());
                });
    }

    private static Div scrolling(List<Row> rows) {
        var table = new NativeTable();
        table.addClassName("grid");
        table.setCaptionText("How people decide");
        NativeTableRow head = table.getHead().addRow();
        for (String title :
                List.of("Approver", "Decisions", "Rejected", "Most in one hour", "Usually looks for", "Worth a talk")) {
            head.add(new NativeTableHeaderCell(title));
        }
        rows.forEach(row -> table.getBody().addRows(line(row)));
        var scrolls = new Div(table);
        scrolls.addClassNames("scrolls", "framed");
        return scrolls;
    }

    private static NativeTableRow line(Row row) {
        var remarks = new Div();
        remarks.addClassName("notes");
        row.remarks().forEach(remark -> remarks.add(new Chip(remark, Tone.WAITING)));
        return new NativeTableRow(
                new NativeTableCell(row.approver()),
                number(row.decisions()),
                number(row.rejected()),
                number(row.busiestHour()),
                new NativeTableCell(row.looked()),
                new NativeTableCell(remarks));
    }

    private static NativeTableCell number(long value) {
        var cell = new NativeTableCell(String.valueOf(value));
        cell.addClassName("number");
        return cell;
    }

    private static Paragraph meaning() {
        var words = new Paragraph("Looks for: the median from opening a request to deciding it. «Many in one hour» is "
                + ApproversPresenter.MANY_IN_AN_HOUR + " or more; «hardly looks» is less than "
                + ApproversPresenter.SECONDS_TO_READ + " seconds and «never rejected» counts from "
                + ApproversPresenter.ENOUGH + " decisions on.");
        words.addClassName("secondary");
        return words;
    }
}
