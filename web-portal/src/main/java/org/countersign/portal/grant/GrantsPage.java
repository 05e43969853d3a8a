package org.countersign.portal.grant;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Nav;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import org.countersign.core.Page;
import org.countersign.core.grant.EligibleView;
import org.countersign.core.grant.GrantService;
import org.countersign.core.grant.GrantView;
import org.countersign.portal.approval.ApprovalNews;
import org.countersign.portal.approval.LiveUpdates;
import org.countersign.portal.grant.GrantsPresenter.Answer;
import org.countersign.portal.grant.GrantsPresenter.Box;
import org.countersign.portal.shell.MainLayout;
import org.countersign.portal.shell.SignedIn;
import org.countersign.portal.ui.EmptyState;
import org.countersign.portal.ui.Notice;
import org.countersign.portal.ui.PageHeader;
import org.countersign.portal.ui.Symbol;

/** Roles for a time: one's own, those that wait, those in force and those that are over. */
@Route(value = "grants", layout = MainLayout.class)
@PageTitle("Grants – Countersign")
public class GrantsPage extends Div implements BeforeEnterObserver {
    private static final long serialVersionUID = 1L;
    private static final String SHOW = "show";

    private final transient GrantsPresenter presenter;
    private final Nav boxes = new Nav();
    private final Div content = new Div();
    private Box box = Box.MINE;

    @Inject
    public GrantsPage(SignedIn signedIn, GrantService grants, ApprovalNews news) {
        presenter = new GrantsPresenter(grants, signedIn::caller);
        addClassName("page");
        boxes.addClassName("boxes");
        boxes.getElement().setAttribute("aria-label", "Which grants");
        content.addClassName("main-column");
        content.getElement().setAttribute("aria-live", "polite");
        String about = "Roles for a time: asked for with a reason, approved by somebody else, over by themselves.";
        List<EligibleView> eligible = presenter.eligible();
        add(
                eligible.isEmpty()
                        ? new PageHeader("Grants", about)
                        : new PageHeader("Grants", about, new Button("Ask for a role", click -> request(eligible))),
                boxes,
                content);
        LiveUpdates.of(this, news, change -> true, this::show);
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        box = Box.of(event.getLocation().getQueryParameters().getSingleParameter(SHOW));
        show();
    }

    private void show() {
        boxes.removeAll();
        for (Box each : Box.values()) {
            var link = new Anchor("grants?" + SHOW + "=" + each.address(), each.title());
            if (each == box) {
                link.getElement().setAttribute("aria-current", "page");
            }
            boxes.add(link);
        }
        content.removeAll();
        Page<GrantView> page = presenter.open(box, Optional.empty());
        if (page.items().isEmpty()) {
            content.add(empty());
        }
        append(page);
    }

    private void append(Page<GrantView> page) {
        page.items().forEach(grant -> content.add(GrantPanel.of(grant, actions(grant))));
        page.next().ifPresent(cursor -> {
            var more = new Button("Show older ones");
            more.addClassName("more");
            more.addClickListener(click -> {
                content.remove(more);
                append(presenter.open(box, Optional.of(cursor)));
            });
            content.add(more);
        });
    }

    private List<Button> actions(GrantView grant) {
        return grant.mayEnd()
                ? List.of(new Button(
                        presenter.ending(grant),
                        click -> new EndDialog(
                                        presenter.ending(grant) + ": " + grant.role(),
                                        reason -> done(presenter.end(grant, reason)))
                                .open()))
                : List.of();
    }

    private void request(List<EligibleView> eligible) {
        new RequestDialog(eligible, presenter, this::done).open();
    }

    private void done(Answer answer) {
        if (answer.done()) {
            Notice.show(answer.message());
        } else {
            Notice.warn(answer.message());
        }
        show();
    }

    private EmptyState empty() {
        return switch (box) {
            case MINE ->
                new EmptyState(
                        Symbol.GRANT,
                        "You have no role for a time",
                        presenter.eligible().isEmpty()
                                ? "No rule lets you ask for one. If your duty needs more than your roles, tell an"
                                        + " administrator."
                                : "Ask for one when a task needs more than your roles. It is over by itself.");
            case PENDING ->
                new EmptyState(
                        Symbol.DONE,
                        "Nothing waits",
                        "Requests appear here, and under Approvals, the moment somebody asks.");
            case ACTIVE ->
                new EmptyState(
                        Symbol.DONE,
                        "Nobody has a role for a time",
                        "What is in force now is shown here, and can be ended here.");
            case PAST ->
                new EmptyState(
                        Symbol.GRANT, "Nothing is over yet", "Used, unused, ended and rejected grants stay here.");
        };
    }
}
