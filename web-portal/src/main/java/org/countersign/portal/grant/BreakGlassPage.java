package org.countersign.portal.grant;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Article;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.countersign.core.Page;
import org.countersign.core.grant.BreakGlassService;
import org.countersign.core.grant.EligibleView;
import org.countersign.core.grant.Finding;
import org.countersign.core.grant.GrantService;
import org.countersign.core.grant.GrantView;
import org.countersign.portal.grant.GrantsPresenter.Answer;
import org.countersign.portal.shell.MainLayout;
import org.countersign.portal.shell.SignedIn;
import org.countersign.portal.ui.Callout;
import org.countersign.portal.ui.Chip;
import org.countersign.portal.ui.EmptyState;
import org.countersign.portal.ui.Facts;
import org.countersign.portal.ui.Notice;
import org.countersign.portal.ui.PageHeader;
import org.countersign.portal.ui.Symbol;
import org.countersign.portal.ui.TimeText;
import org.countersign.portal.ui.Tone;

/** What is taken in emergencies: starting, what is open, and the reviews. */
@Route(value = "break-glass", layout = MainLayout.class)
@PageTitle("Break-glass – Countersign")
public class BreakGlassPage extends Div implements BeforeEnterObserver {
    private static final long serialVersionUID = 1L;

    private final transient BreakGlassPresenter presenter;
    private final Div content = new Div();

    @Inject
    public BreakGlassPage(SignedIn signedIn, BreakGlassService breakGlass, GrantService grants) {
        presenter = new BreakGlassPresenter(breakGlass, grants, signedIn::caller);
        addClassName("page");
        content.addClassName("main-column");
        content.getElement().setAttribute("aria-live", "polite");
        add(
                new PageHeader(
                        "Break-glass",
                        "For emergencies: a role at once, seen by everybody concerned, reviewed by somebody else"
                                + " afterwards."),
                content);
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        show();
    }

    private void show() {
        content.removeAll();
        presenter.available().forEach(rule -> content.add(offer(rule)));
        Page<GrantView> uses = presenter.past(Optional.empty());
        var seen = new ArrayList<>(presenter.concerning());
        seen.stream().filter(GrantView::active).forEach(use -> content.add(panel(use)));
        seen.stream().filter(use -> !use.active()).forEach(use -> content.add(panel(use)));
        append(uses, seen.stream().map(GrantView::id).toList());
        if (seen.isEmpty() && uses.items().isEmpty()) {
            content.add(new EmptyState(
                    Symbol.DONE,
                    "Nobody broke the glass",
                    "What is taken in an emergency is shown here from the first second, and stays here with"
                            + " its review."));
        }
    }

    private void append(Page<GrantView> page, List<UUID> shown) {
        page.items().stream().filter(use -> !shown.contains(use.id())).forEach(use -> content.add(panel(use)));
        page.next().ifPresent(cursor -> {
            var more = new Button("Show older ones");
            more.addClassName("more");
            more.addClickListener(click -> {
                content.remove(more);
                append(presenter.past(Optional.of(cursor)), shown);
            });
            content.add(more);
        });
    }

    private Article offer(EligibleView rule) {
        var title = new H2(rule.name());
        title.addClassName("article-title");
        var head = new Div(new Div(title));
        head.addClassName("page-top");
        if (rule.blocked().isEmpty()) {
            var start = new Button("Break the glass", click -> new StartDialog(rule, presenter, this::done).open());
            start.addThemeVariants(ButtonVariant.ERROR);
            var side = new Div(start);
            side.addClassName("actions");
            head.add(side);
        }
        var facts = new Facts()
                .with("You would have", rule.role() + " on " + String.join(", ", rule.targets()))
                .with("At most", Minutes.words(rule.longest()))
                .with("Reviewed by", rule.decidedBy());
        var article = new Article(head, facts);
        if (!rule.blocked().isEmpty()) {
            article.add(new Callout("Not now", rule.blocked(), Tone.WAITING));
        }
        article.addClassName("panel");
        return article;
    }

    private Article panel(GrantView use) {
        Article article = GrantPanel.of(use, actions(use));
        article.add(new Facts()
                .with(
                        "Commands",
                        new Anchor(
                                "sessions?principal=" + use.principal().name() + "&target=" + use.target(),
                                "Sessions of " + use.principal().name() + " on " + use.target()))
                .with("Review", review(use)));
        return article;
    }

    private static Component[] review(GrantView use) {
        return use.review()
                .map(review -> new Component[] {
                    review.finding() == Finding.JUSTIFIED
                            ? new Chip("Justified", Tone.GOOD)
                            : new Chip("Not justified", Tone.BAD),
                    new Span(" " + review.by() + ", "),
                    TimeText.since(review.at()),
                    quote(review.words())
                })
                .orElseGet(() -> {
                    var waiting = new ArrayList<Component>();
                    waiting.add(new Chip(use.active() ? "Open" : "Not reviewed", Tone.WAITING));
                    waiting.add(new Span(use.whyNot().isEmpty() ? "" : " " + use.whyNot()));
                    use.reviewDue().ifPresent(due -> {
                        waiting.add(new Span(" Due "));
                        waiting.add(TimeText.at(due));
                    });
                    return waiting.toArray(Component[]::new);
                });
    }

    private static Div quote(String words) {
        var quote = new Div(words);
        quote.addClassName("quote");
        return quote;
    }

    private List<Button> actions(GrantView use) {
        var actions = new ArrayList<Button>();
        if (use.mayReview()) {
            var review = new Button("Review", click -> new ReviewDialog(use, presenter, this::done).open());
            review.addThemeVariants(ButtonVariant.PRIMARY);
            actions.add(review);
        }
        if (use.mayEnd()) {
            actions.add(new Button(
                    "End it",
                    click -> new EndDialog(
                                    "End the break-glass of " + use.principal().name(),
                                    reason -> done(presenter.end(use, reason)))
                            .open()));
        }
        return actions;
    }

    private void done(Answer answer) {
        if (answer.done()) {
            Notice.show(answer.message());
        } else {
            Notice.warn(answer.message());
        }
        show();
        findAncestor(MainLayout.class).watchGlass();
    }
}
