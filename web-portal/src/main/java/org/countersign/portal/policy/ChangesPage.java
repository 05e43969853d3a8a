package org.countersign.portal.policy;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Article;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.NativeDetails;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.countersign.core.effect.EffectService;
import org.countersign.core.policy.ChangeView;
import org.countersign.core.policy.DiffEntry;
import org.countersign.core.policy.ManifestService;
import org.countersign.portal.policy.ChangesPresenter.Answer;
import org.countersign.portal.policy.ChangesPresenter.Changes;
import org.countersign.portal.policy.ChangesPresenter.Closed;
import org.countersign.portal.shell.MainLayout;
import org.countersign.portal.shell.SignedIn;
import org.countersign.portal.ui.Chip;
import org.countersign.portal.ui.CommandText;
import org.countersign.portal.ui.EmptyState;
import org.countersign.portal.ui.Facts;
import org.countersign.portal.ui.Notice;
import org.countersign.portal.ui.PageHeader;
import org.countersign.portal.ui.Symbol;
import org.countersign.portal.ui.TimeText;
import org.countersign.portal.ui.Tone;

/** Changes of policy: nothing is in force before a second administrator confirmed it. */
@Route(value = "policy", layout = MainLayout.class)
@PageTitle("Policy changes – Countersign")
public class ChangesPage extends Div implements BeforeEnterObserver {
    private static final long serialVersionUID = 1L;

    /** What the REST interface calls its source: says nothing to anybody here. */
    private static final String REST = "request";

    private static final String REJECTING = "The author and every auditor can read it.";
    private static final String REVERTING =
            "Nothing changes before a second administrator confirms it. He and every auditor can read why.";

    /** How many objects of a change are drawn at once. */
    private static final int MOST = 100;

    private final transient ChangesPresenter presenter;
    private final Div content = new Div();

    @Inject
    public ChangesPage(SignedIn signedIn, ManifestService manifests, EffectService effects) {
        presenter = new ChangesPresenter(manifests, effects, signedIn::caller);
        addClassName("page");
        content.addClassName("main-column");
        add(
                new PageHeader("Policy changes", "Whoever proposes a change cannot be the one who puts it in force."),
                content);
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        show();
    }

    private void show() {
        content.removeAll();
        append(Optional.empty());
    }

    private void append(Optional<String> after) {
        switch (presenter.list(after)) {
            case Closed closed -> content.add(new EmptyState(Symbol.POLICY, "Not for your account", closed.reason()));
            case Changes changes -> {
                if (changes.changes().isEmpty() && after.isEmpty()) {
                    content.add(new EmptyState(
                            Symbol.POLICY,
                            "No change yet",
                            "A change sent with «countersign apply» waits here for a second administrator."));
                }
                changes.changes().forEach(change -> content.add(article(change)));
                changes.next().ifPresent(cursor -> {
                    var more = new Button("Show older ones");
                    more.addClassName("more");
                    more.addClickListener(click -> {
                        content.remove(more);
                        append(Optional.of(cursor));
                    });
                    content.add(more);
                });
            }
        }
    }

    private Article article(ChangeView change) {
        var title = new H2(title(change));
        title.addClassName("article-title");
        var head = new Div(new Div(title, state(change)));
        head.addClassName("page-top");
        var form = new Div();
        if (presenter.waits(change)) {
            head.add(confirmation(change, form));
        } else if (presenter.revertible(change)) {
            var side = new Div(asking(
                    form,
                    "Revert",
                    "Propose the inverse of this change?",
                    REVERTING,
                    reason -> presenter.revert(change, reason)));
            side.addClassName("actions");
            head.add(side);
        }
        var article = new Article(head, form);
        article.addClassName("panel");
        if (!change.reason().isBlank()) {
            article.add(new Facts().with("Reason", change.reason()));
        }
        if (presenter.waits(change)) {
            article.add(effect(change));
        }
        change.closing().ifPresent(closing -> article.add(closing(change, closing)));
        entries(article, change, 0);
        return article;
    }

    /** A change of thousands of objects would keep the browser busy for long. */
    private void entries(Article article, ChangeView change, int from) {
        List<DiffEntry> all = change.diff();
        int to = Math.min(from + MOST, all.size());
        all.subList(from, to).forEach(entry -> article.add(entry(entry, presenter.waits(change))));
        if (to < all.size()) {
            var more = new Button("Show the next of " + (all.size() - to) + " more objects");
            more.addClassName("more");
            more.addClickListener(click -> {
                article.remove(more);
                entries(article, change, to);
            });
            article.add(more);
        }
    }

    /** Judging thousands of commands again takes a moment: so it is asked for. */
    private Div effect(ChangeView change) {
        var place = new Div();
        place.addClassName("effect");
        var ask = new Button("Show its effect");
        ask.setDisableOnClick(true);
        ask.addClickListener(click -> {
            place.removeAll();
            place.add(new EffectPanel(presenter.effect(change)));
        });
        place.add(ask);
        return place;
    }

    private static Div state(ChangeView change) {
        var line = new Div(chip(change), new Span("proposed by " + change.author()), TimeText.since(change.at()));
        line.addClassName("state-line");
        if (!change.source().isBlank() && !change.source().equals(REST)) {
            line.add(new Span("from " + change.source()));
        }
        change.ticket().ifPresent(ticket -> line.add(new Span("· ticket " + ticket)));
        change.reverts().ifPresent(version -> line.add(new Span("· takes version " + version + " back")));
        change.confirmedBy().ifPresent(by -> line.add(new Span("· confirmed by " + by)));
        change.version().ifPresent(version -> line.add(new Span("· policy version " + version)));
        change.expiresAt().ifPresent(end -> line.add(new Span("· expires"), TimeText.at(end)));
        return line;
    }

    private static Facts closing(ChangeView change, ChangeView.Closing closing) {
        String by = closing.by().map(name -> " by " + name).orElse("");
        var facts = new Facts().with("Ended", new Span(change.state() + by + " "), TimeText.at(closing.at()));
        return closing.reason().isBlank() ? facts : facts.with("Why", closing.reason());
    }

    private Div confirmation(ChangeView change, Div form) {
        var side = new Div();
        side.addClassName("actions");
        Optional<String> obstacle = presenter.obstacle(change);
        if (obstacle.isPresent()) {
            var why = new Paragraph(obstacle.get());
            why.addClassName("secondary");
            side.add(why);
            if (presenter.withdrawable(change)) {
                var withdraw = new Button("Withdraw", click -> say(presenter.withdraw(change)));
                withdraw.setDisableOnClick(true);
                side.add(withdraw);
            }
            return side;
        }
        var confirm = new Button("Confirm");
        confirm.addThemeVariants(ButtonVariant.PRIMARY);
        confirm.setDisableOnClick(true);
        confirm.addClickListener(click -> say(presenter.confirm(change)));
        side.add(
                asking(form, "Reject", "Reject this change?", REJECTING, reason -> presenter.reject(change, reason)),
                confirm);
        return side;
    }

    /** A button that opens the question for a reason below the head of the change. */
    private Button asking(Div place, String verb, String question, String help, Function<String, Answer> act) {
        return new Button(verb, click -> {
            var form = new ReasonForm(question, help, verb, reason -> say(act.apply(reason)));
            place.removeAll();
            place.add(form);
            form.focus();
        });
    }

    private void say(Answer answer) {
        if (answer.done()) {
            Notice.show(answer.message());
        } else {
            Notice.warn(answer.message());
        }
        show();
    }

    private static Chip chip(ChangeView change) {
        String state = change.state();
        String word = state.substring(0, 1).toUpperCase(Locale.ROOT) + state.substring(1);
        return new Chip(
                word,
                switch (state) {
                    case "proposed" -> Tone.WAITING;
                    case "confirmed" -> Tone.GOOD;
                    default -> Tone.NEUTRAL;
                });
    }

    private static String title(ChangeView change) {
        if (change.diff().size() == 1) {
            DiffEntry only = change.diff().getFirst();
            return verb(only) + " " + only.kind() + " " + only.name();
        }
        return change.diff().size() + " objects";
    }

    private static String verb(DiffEntry entry) {
        return switch (entry.action()) {
            case "create" -> "Create";
            case "remove" -> "Remove";
            default -> "Change";
        };
    }

    private static NativeDetails entry(DiffEntry entry, boolean open) {
        var lines = new Div();
        lines.addClassName("diff");
        LineDiff.between(entry.before(), entry.after()).forEach(line -> {
            var drawn = new Div(CommandText.inline(line.text()));
            drawn.addClassNames("diff-line", line.change().name().toLowerCase(Locale.ROOT));
            lines.add(drawn);
        });
        var details = new NativeDetails(verb(entry) + " " + entry.kind() + " " + entry.name(), lines);
        details.setOpen(open);
        return details;
    }
}
