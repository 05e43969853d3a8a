package org.countersign.portal.segregation;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Article;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.NativeTable;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import jakarta.inject.Inject;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.countersign.core.segregation.ConflictReport;
import org.countersign.core.segregation.ConflictReport.Finding;
import org.countersign.core.segregation.ConstraintService;
import org.countersign.core.segregation.ConstraintView;
import org.countersign.portal.segregation.SegregationPresenter.Closed;
import org.countersign.portal.segregation.SegregationPresenter.Open;
import org.countersign.portal.segregation.SegregationPresenter.Tried;
import org.countersign.portal.segregation.SegregationPresenter.Unreadable;
import org.countersign.portal.shell.MainLayout;
import org.countersign.portal.shell.SignedIn;
import org.countersign.portal.ui.Callout;
import org.countersign.portal.ui.Chip;
import org.countersign.portal.ui.EmptyState;
import org.countersign.portal.ui.Facts;
import org.countersign.portal.ui.PageHeader;
import org.countersign.portal.ui.Panel;
import org.countersign.portal.ui.Symbol;
import org.countersign.portal.ui.Tone;

/** What is kept apart: the constraints, the roles they separate, and what a new one would find. */
@Route(value = "segregation", layout = MainLayout.class)
@PageTitle("Segregation – Countersign")
public class SegregationPage extends Div implements BeforeEnterObserver {
    private static final long serialVersionUID = 1L;

    private static final String DRAFT = """
            apiVersion: countersign/v1
            kind: SegregationConstraint
            metadata: {name: maker-is-not-checker}
            spec:
              type: static
              roles: [orders-writer, engineer]
            """;

    /** How many roles and constraints are drawn at once. */
    private static final int MOST = 50;

    private final transient SegregationPresenter presenter;
    private final Div content = new Div();
    private final Div findings = new Div();

    @Inject
    public SegregationPage(SignedIn signedIn, ConstraintService constraints) {
        presenter = new SegregationPresenter(constraints, signedIn::caller);
        addClassName("page");
        content.addClassName("main-column");
        findings.setId("findings");
        add(
                new PageHeader(
                        "Segregation",
                        "What one person, session or task may not combine. Constraints change like any policy:"
                                + " two administrators agree."),
                content);
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        content.removeAll();
        switch (presenter.list()) {
            case Closed closed -> content.add(new EmptyState(Symbol.POLICY, "Not for your account", closed.reason()));
            case Open open -> show(open);
        }
    }

    private void show(Open open) {
        if (open.constraints().isEmpty()) {
            content.add(new EmptyState(
                    Symbol.POLICY,
                    "Nothing is kept apart yet",
                    "Try a constraint below; then propose it with «countersign apply»."));
        }
        var found = new Div();
        found.setId("constraints");
        found.addClassName("main-column");
        draw(open, found);
        if (open.crowded()) {
            content.add(trial(), search(open, found), found);
        } else {
            content.add(found, trial());
        }
    }

    private static void draw(Open open, Div place) {
        place.removeAll();
        var separations = open.separations();
        if (separations.size() > SegregationPresenter.FEW) {
            var first = new TreeMap<String, SortedMap<String, List<ConstraintView>>>();
            separations.entrySet().stream().limit(MOST).forEach(each -> first.put(each.getKey(), each.getValue()));
            Panel panel = framed(new RoleList(first));
            if (separations.size() > MOST) {
                panel.add(more(separations.size() - MOST, "roles"));
            }
            place.add(panel);
        } else if (!separations.isEmpty()) {
            place.add(framed(new RoleMatrix(open)));
        }
        open.constraints().stream().limit(MOST).forEach(constraint -> place.add(article(constraint)));
        if (open.constraints().size() > MOST) {
            place.add(more(open.constraints().size() - MOST, "constraints"));
        }
    }

    private static Panel framed(NativeTable roles) {
        var scrolls = new Div(roles);
        scrolls.addClassName("scrolls");
        return new Panel("Roles", scrolls);
    }

    private static Paragraph more(int left, String what) {
        var more = new Paragraph("and " + left + " more " + what + ": type a part of a name above.");
        more.addClassName("secondary");
        return more;
    }

    private static TextField search(Open open, Div found) {
        var search = new TextField("Find a role or a constraint");
        search.setId("search");
        search.setWidthFull();
        search.setClearButtonVisible(true);
        search.setValueChangeMode(ValueChangeMode.LAZY);
        search.addValueChangeListener(typed -> draw(open.about(typed.getValue()), found));
        return search;
    }

    private static Article article(ConstraintView constraint) {
        var title = new H2(constraint.name());
        title.addClassName("article-title");
        var line = new Div(new Chip(constraint.type(), Tone.NEUTRAL), new Span(SegregationPresenter.reach(constraint)));
        line.addClassName("state-line");
        var facts = new Facts().with("Keeps apart", list(constraint.sides()));
        facts.with("Targets", SegregationPresenter.targets(constraint));
        if (!constraint.message().isBlank()) {
            facts.with("Message", constraint.message());
        }
        var article = new Article(new Div(title, line), facts);
        article.addClassName("panel");
        return article;
    }

    private static UnorderedList list(List<String> texts) {
        return new UnorderedList(texts.stream().map(ListItem::new).toArray(ListItem[]::new));
    }

    private Panel trial() {
        var about = new Paragraph("Before a constraint is switched on, see what it finds: who is in conflict with it"
                + " already, and who could come to be. Nothing is proposed or changed here.");
        about.addClassName("secondary");
        var draft = new TextArea("Draft of a constraint (YAML)");
        draft.setId("draft");
        draft.setValue(DRAFT);
        draft.setWidthFull();
        draft.addClassName("code");
        var run = new Button("Show conflicts", click -> tried(draft.getValue()));
        run.addThemeVariants(ButtonVariant.PRIMARY);
        var buttons = new Div(run);
        buttons.addClassName("buttons");
        return new Panel("Try a constraint", about, draft, buttons, findings);
    }

    private void tried(String yaml) {
        findings.removeAll();
        switch (presenter.tried(yaml)) {
            case Unreadable unreadable ->
                findings.add(new Callout("The draft cannot be read", unreadable.reason(), Tone.BAD));
            case Tried tried -> tried.reports().forEach(this::found);
        }
    }

    private void found(ConflictReport report) {
        String name = report.constraint().name();
        findings.add(
                report.violations().isEmpty()
                        ? new Callout("Nobody is in conflict with " + name, "", Tone.GOOD)
                        : new Callout(
                                report.violations().size() + " in conflict with " + name,
                                "While this is so, a static constraint cannot be switched on;"
                                        + " the others hold from then on.",
                                Tone.BAD));
        findings.add(findings("In conflict now", report.violations()));
        findings.add(findings("Could come into conflict", report.possible()));
        if (!report.complete()) {
            findings.add(new Paragraph("There is more than this page shows."));
        }
    }

    private static Div findings(String title, List<Finding> found) {
        var part = new Div();
        if (!found.isEmpty()) {
            part.add(new H3(title));
            part.add(list(found.stream()
                    .map(finding -> finding.who() + ": " + finding.what())
                    .toList()));
        }
        return part;
    }
}
