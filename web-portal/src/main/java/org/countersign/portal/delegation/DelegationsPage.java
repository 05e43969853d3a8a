package org.countersign.portal.delegation;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Article;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import org.countersign.core.approval.DelegationService;
import org.countersign.portal.delegation.DelegationsPresenter.Answer;
import org.countersign.portal.delegation.DelegationsPresenter.Row;
import org.countersign.portal.shell.MainLayout;
import org.countersign.portal.shell.SignedIn;
import org.countersign.portal.ui.Chip;
import org.countersign.portal.ui.EmptyState;
import org.countersign.portal.ui.Notice;
import org.countersign.portal.ui.PageHeader;
import org.countersign.portal.ui.Panel;
import org.countersign.portal.ui.Symbol;
import org.countersign.portal.ui.TimeText;
import org.countersign.portal.ui.Tone;

/** Who decides in whose place, and until when. */
@Route(value = "delegations", layout = MainLayout.class)
@PageTitle("Delegations – Countersign")
public class DelegationsPage extends Div implements BeforeEnterObserver {
    private static final long serialVersionUID = 1L;

    private final transient DelegationsPresenter presenter;
    private final TextField to = new TextField("Who decides for you");
    private final TextField until = new TextField("Last day");
    private final TextField reason = new TextField("Why");
    private final Paragraph problem = new Paragraph();
    private final Div list = new Div();

    @Inject
    public DelegationsPage(SignedIn signedIn, DelegationService delegations) {
        presenter = new DelegationsPresenter(delegations, signedIn::caller, Clock.systemUTC());
        addClassName("page");
        list.addClassName("main-column");
        var content = new Div(form(), list);
        content.addClassName("main-column");
        add(
                new PageHeader(
                        "Delegations",
                        "While you are away, somebody else can decide approvals in your place. It always ends."),
                content);
    }

    private Panel form() {
        to.setId("delegate");
        to.setHelperText("the user name he or she signs in with");
        to.setRequiredIndicatorVisible(true);
        to.setManualValidation(true);
        until.setId("until");
        until.setHelperText("included, in UTC; at most 90 days ahead");
        until.setAllowedCharPattern("[0-9-]");
        until.setRequiredIndicatorVisible(true);
        reason.setId("delegation-reason");
        reason.setHelperText("kept with it, for auditors");
        reason.setMaxLength(2000);
        reason.setRequiredIndicatorVisible(true);
        reason.setManualValidation(true);
        problem.addClassName("problem");
        problem.setId("delegation-problem");
        problem.getElement().setAttribute("role", "alert");
        problem.setVisible(false);
        var give = new Button("Delegate", click -> give());
        give.setId("give");
        give.addThemeVariants(ButtonVariant.PRIMARY);
        var fields = new Div(to, until, reason, give);
        fields.addClassName("filters");
        var rules = new UnorderedList(
                new ListItem("It gives no more than you may decide yourself, and is not passed on."),
                new ListItem("Whoever is involved in a request cannot decide it for you, and for nobody who is involved"
                        + " does anybody decide: that request waits for somebody else."),
                new ListItem("While it lasts you two count as one person: only one of you counts in a quorum."));
        rules.addClassNames("secondary", "rules");
        return new Panel("Delegate your decisions", fields, problem, rules);
    }

    private void give() {
        Answer answer = presenter.delegate(to.getValue(), until.getValue(), reason.getValue());
        String said = answer.done() ? answer.notes() : answer.message();
        problem.setVisible(!said.isEmpty());
        problem.setText(said);
        if (answer.done()) {
            to.clear();
            reason.clear();
            Notice.show(answer.message());
        }
        show();
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        until.setValue(presenter.inAWeek());
        show();
    }

    private void show() {
        list.removeAll();
        List<Row> rows = presenter.list();
        if (rows.isEmpty()) {
            list.add(new EmptyState(
                    Symbol.PERSON,
                    "Nobody decides for anybody else",
                    "Delegations that you give or get appear here, and stay when they are over."));
        }
        rows.forEach(row -> list.add(article(row)));
    }

    private Article article(Row row) {
        var title = new H2(row.who());
        title.addClassName("article-title");
        var line = new Div(
                row.active() ? new Chip("In force", Tone.GOOD) : new Chip("Over", Tone.NEUTRAL),
                row.active() ? new Span("until") : new Span(row.ending() + ", was to last until"),
                TimeText.at(row.until()));
        line.addClassName("state-line");
        var head = new Div(new Div(title, line));
        head.addClassName("page-top");
        if (row.mayEnd()) {
            head.add(new Button("End it", click -> end(row)));
        }
        var why = new Div(row.reason());
        why.addClassName("quote");
        var article = new Article(head, why);
        article.addClassName("panel");
        return article;
    }

    private void end(Row row) {
        Answer answer = presenter.end(row.id());
        if (answer.done()) {
            Notice.show(answer.message());
        } else {
            Notice.warn(answer.message());
        }
        show();
    }
}
