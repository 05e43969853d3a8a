package org.countersign.portal.approval;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Nav;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import jakarta.inject.Inject;
import java.util.Optional;
import org.countersign.core.approval.ApprovalService;
import org.countersign.model.port.ApprovalDesk;
import org.countersign.portal.approval.ApprovalsPresenter.Box;
import org.countersign.portal.approval.ApprovalsPresenter.Inbox;
import org.countersign.portal.approval.ApprovalsPresenter.Row;
import org.countersign.portal.shell.MainLayout;
import org.countersign.portal.shell.SignedIn;
import org.countersign.portal.ui.Chip;
import org.countersign.portal.ui.CommandText;
import org.countersign.portal.ui.EmptyState;
import org.countersign.portal.ui.Labels;
import org.countersign.portal.ui.PageHeader;
import org.countersign.portal.ui.Symbol;
import org.countersign.portal.ui.TimeText;
import org.countersign.portal.ui.Tone;

/** The live inbox. */
@Route(value = "approvals", layout = MainLayout.class)
@PageTitle("Approvals – Countersign")
public class ApprovalsPage extends Div implements BeforeEnterObserver {
    private static final long serialVersionUID = 1L;
    private static final String SHOW = "show";

    private final transient ApprovalsPresenter presenter;
    private final Nav boxes = new Nav();
    private final Div content = new Div();
    private Box box = Box.PENDING;

    @Inject
    public ApprovalsPage(SignedIn signedIn, ApprovalService approvals, ApprovalNews news) {
        presenter = new ApprovalsPresenter(approvals, signedIn::caller);
        addClassName("page");
        boxes.addClassName("boxes");
        boxes.getElement().setAttribute("aria-label", "Which approvals");
        content.getElement().setAttribute("aria-live", "polite");
        add(
                new PageHeader("Approvals", "Commands that wait until somebody else looks at them. The list is live."),
                boxes,
                content);
        LiveUpdates.of(this, news, change -> true, this::show);
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        box = event.getLocation()
                        .getQueryParameters()
                        .getSingleParameter(SHOW)
                        .filter("decided"::equals)
                        .isPresent()
                ? Box.DECIDED
                : Box.PENDING;
        show();
    }

    private void show() {
        boxes.removeAll();
        boxes.add(box("Pending", "approvals", Box.PENDING), box("Decided", "approvals?show=decided", Box.DECIDED));
        content.removeAll();
        Inbox inbox = presenter.open(box, Optional.empty());
        if (inbox.rows().isEmpty()) {
            content.add(empty());
            return;
        }
        var list = new UnorderedList();
        list.addClassName("requests");
        content.add(list);
        append(list, inbox);
    }

    private Component box(String name, String address, Box which) {
        var link = new Anchor(address, name);
        if (which == box) {
            link.getElement().setAttribute("aria-current", "page");
        }
        return link;
    }

    private void append(UnorderedList list, Inbox inbox) {
        inbox.rows().forEach(row -> list.add(new ListItem(request(row))));
        inbox.next().ifPresent(cursor -> {
            var more = new Button("Show older ones");
            more.addClassName("more");
            more.addClickListener(click -> {
                content.remove(more);
                append(list, presenter.open(box, Optional.of(cursor)));
            });
            content.add(more);
        });
    }

    private static Anchor request(Row row) {
        var link = new Anchor("approvals/" + row.id(), who(row), what(row), where(row), when(row));
        link.addClassName("request");
        link.getElement().setAttribute("data-approval", row.id().toString());
        if (row.mayDecide()) {
            link.addClassName("mine");
        }
        return link;
    }

    private static Div who(Row row) {
        var name = new Span(row.principal().name());
        name.addClassName("strong");
        var behalf = new Span(row.behalf());
        behalf.addClassName("secondary");
        var words = new Div(name, behalf);
        words.addClassName("lines");
        var who = new Div((row.principal().kind().equals("agent") ? Symbol.AGENT : Symbol.PERSON).icon(), words);
        who.addClassName("who");
        return who;
    }

    private static Div what(Row row) {
        var what = new Div(CommandText.inline(row.summary()));
        what.addClassName("what");
        var notes = new Div();
        notes.addClassName("notes");
        row.actions().forEach(action -> notes.add(Chip.code(action)));
        if (row.further() > 0) {
            notes.add(new Span("and " + row.further() + " more"));
        }
        row.rules().forEach(rule -> {
            var name = new Span(rule);
            name.addClassName("rule");
            name.setTitle("Held by this rule");
            notes.add(name);
        });
        what.add(notes);
        return what;
    }

    private static Div where(Row row) {
        var name = new Span(row.target());
        name.addClassName("strong");
        var words = new Div(name, Labels.of(row.labels()));
        words.addClassName("lines");
        var where = new Div(Symbol.TARGET.icon(), words);
        where.addClassName("where");
        return where;
    }

    private static Div when(Row row) {
        var when = new Div();
        when.addClassNames("when", "lines");
        if (row.state() == ApprovalDesk.State.PENDING) {
            var left = new Span(new Span("expires in "), TimeText.until(row.expiresAt()));
            left.addClassName("countdown");
            when.add(
                    row.mayDecide() ? new Chip("Waits for you", Tone.ACCENT) : States.chip(row.state()),
                    TimeText.since(row.requestedAt()),
                    left);
        } else {
            var by = new Span(row.decidedBy().isEmpty() ? "" : "by " + row.decidedBy());
            by.addClassName("secondary");
            when.add(States.chip(row.state()), by, TimeText.since(row.requestedAt()));
        }
        return when;
    }

    private EmptyState empty() {
        if (box == Box.DECIDED) {
            return new EmptyState(
                    Symbol.APPROVALS, "Nothing was decided yet", "Decided, expired and withdrawn requests stay here.");
        }
        return new EmptyState(
                Symbol.DONE,
                "Nothing waits",
                presenter.seesOthers()
                        ? "A command that a rule holds appears here by itself, the moment it is sent."
                        : "Here you see your own requests, those of agents you answer for, and whatever a rule lets you "
                                + "decide. Whoever runs Countersign can give you a duty.");
    }
}
