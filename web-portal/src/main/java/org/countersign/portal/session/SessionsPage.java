package org.countersign.portal.session;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.NativeTable;
import com.vaadin.flow.component.html.NativeTableCell;
import com.vaadin.flow.component.html.NativeTableHeaderCell;
import com.vaadin.flow.component.html.NativeTableRow;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.Route;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.countersign.core.Page;
import org.countersign.core.recording.SessionService;
import org.countersign.core.recording.SessionView;
import org.countersign.portal.approval.ApprovalsPresenter;
import org.countersign.portal.session.SessionsPresenter.Period;
import org.countersign.portal.session.SessionsPresenter.Search;
import org.countersign.portal.shell.MainLayout;
import org.countersign.portal.shell.SignedIn;
import org.countersign.portal.ui.Chip;
import org.countersign.portal.ui.EmptyState;
import org.countersign.portal.ui.PageHeader;
import org.countersign.portal.ui.Symbol;
import org.countersign.portal.ui.TimeText;
import org.countersign.portal.ui.Tone;

/** All sessions one may see, newest first. The search is in the address, so it can be sent to somebody. */
@Route(value = "sessions", layout = MainLayout.class)
@PageTitle("Sessions – Countersign")
public class SessionsPage extends Div implements BeforeEnterObserver {
    private static final long serialVersionUID = 1L;

    private final transient SessionsPresenter presenter;
    private final TextField principal = new TextField("Who");
    private final TextField target = new TextField("Target");
    private final Select<String> verdict = new Select<>();
    private final Select<Period> period = new Select<>();
    private final Div content = new Div();
    private transient Search search = Search.EVERYTHING;

    @Inject
    public SessionsPage(SignedIn signedIn, SessionService sessions) {
        presenter = new SessionsPresenter(sessions, signedIn::caller, Clock.systemUTC());
        addClassName("page");
        var refresh = new Button("Refresh", click -> show());
        add(
                new PageHeader("Sessions", "Who did what, where, and what was decided about it.", refresh),
                filters(),
                content);
    }

    private Div filters() {
        principal.setPlaceholder("orders-agent");
        target.setPlaceholder("shop");
        for (TextField field : new TextField[] {principal, target}) {
            field.setClearButtonVisible(true);
            field.setValueChangeMode(ValueChangeMode.ON_CHANGE);
        }
        verdict.setLabel("With a command that was");
        verdict.setItems("", "allow", "deny", "hold");
        verdict.setItemLabelGenerator(SessionsPage::verdictTitle);
        period.setLabel("Started");
        period.setItems(Period.values());
        period.setItemLabelGenerator(Period::title);
        principal.addValueChangeListener(change -> searchAgain(change.isFromClient()));
        target.addValueChangeListener(change -> searchAgain(change.isFromClient()));
        verdict.addValueChangeListener(change -> searchAgain(change.isFromClient()));
        period.addValueChangeListener(change -> searchAgain(change.isFromClient()));
        var filters = new Div(principal, target, verdict, period);
        filters.addClassName("filters");
        filters.getElement().setAttribute("role", "search");
        return filters;
    }

    private static String verdictTitle(String verdict) {
        return switch (verdict) {
            case "allow" -> "allowed";
            case "deny" -> "denied";
            case "hold" -> "held";
            default -> "anything";
        };
    }

    private void searchAgain(boolean byPerson) {
        if (!byPerson) {
            return;
        }
        var parameters = new HashMap<String, String>();
        put(parameters, "principal", principal.getValue());
        put(parameters, "target", target.getValue());
        put(parameters, "verdict", verdict.getValue());
        if (period.getValue() != Period.ALL) {
            parameters.put("period", period.getValue().name().toLowerCase(Locale.ROOT));
        }
        UI.getCurrent().navigate("sessions", QueryParameters.simple(parameters));
    }

    private static void put(Map<String, String> parameters, String name, String value) {
        if (!value.isBlank()) {
            parameters.put(name, value.strip());
        }
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        QueryParameters query = event.getLocation().getQueryParameters();
        String asked = query.getSingleParameter("verdict").orElse("");
        search = new Search(
                query.getSingleParameter("principal").orElse(""),
                query.getSingleParameter("target").orElse(""),
                verdictTitle(asked).equals("anything") ? "" : asked,
                Period.named(query.getSingleParameter("period").orElse("")));
        principal.setValue(search.principal());
        target.setValue(search.target());
        verdict.setValue(search.verdict());
        period.setValue(search.period());
        show();
    }

    private void show() {
        content.removeAll();
        Page<SessionView> found = presenter.find(search, Optional.empty());
        if (found.items().isEmpty()) {
            content.add(
                    search.limited()
                            ? new EmptyState(
                                    Symbol.LOST, "Nothing matches", "No session that you may see fits these filters.")
                            : new EmptyState(
                                    Symbol.SESSIONS,
                                    "No session yet",
                                    "As soon as somebody connects through the gateway, his session and all it does appear here."));
            return;
        }
        NativeTable table = table();
        var scrolls = new Div(table);
        scrolls.addClassNames("panel", "scrolls", "flush");
        content.add(scrolls);
        append(table, found);
    }

    private static NativeTable table() {
        var table = new NativeTable();
        table.addClassNames("grid", "rows");
        table.getElement().setAttribute("aria-label", "Sessions");
        NativeTableRow head = table.getHead().addRow();
        for (String title : new String[] {"Who", "Target", "Started", "Duration"}) {
            head.add(new NativeTableHeaderCell(title));
        }
        for (String title : new String[] {"Commands", "Denied", "Held"}) {
            var cell = new NativeTableHeaderCell(title);
            cell.addClassName("number");
            head.add(cell);
        }
        return table;
    }

    private void append(NativeTable table, Page<SessionView> page) {
        page.items().forEach(session -> table.getBody().addRows(row(session)));
        page.next().ifPresent(cursor -> {
            var more = new Button("Show older ones");
            more.addClassName("more");
            more.addClickListener(click -> {
                content.remove(more);
                append(table, presenter.find(search, Optional.of(cursor)));
            });
            content.add(more);
        });
    }

    private static NativeTableRow row(SessionView session) {
        String address = "sessions/" + session.id();
        var name = new Anchor(address, session.principal().name());
        name.addClassName("strong");
        var behalf = new Span(ApprovalsPresenter.behalf(session.principal()));
        behalf.addClassName("secondary");
        var who = new Div(name, behalf);
        who.addClassName("lines");
        var row = new NativeTableRow(
                new NativeTableCell(who),
                new NativeTableCell(session.target()),
                new NativeTableCell(TimeText.since(session.startedAt())),
                new NativeTableCell(duration(session)),
                number(session.commands(), ""),
                number(session.denied(), "bad"),
                number(session.held(), "waiting"));
        row.addClickListener(click -> UI.getCurrent().navigate(address));
        return row;
    }

    private static Component duration(SessionView session) {
        return session.endedAt()
                .map(end -> (Component) new Span(Durations.of(Duration.between(session.startedAt(), end))))
                .orElseGet(() -> new Chip("Live", Tone.GOOD));
    }

    private static NativeTableCell number(long number, String className) {
        var cell = new NativeTableCell(String.valueOf(number));
        cell.addClassName("number");
        if (number > 0 && !className.isEmpty()) {
            cell.addClassName(className);
        }
        return cell;
    }
}
