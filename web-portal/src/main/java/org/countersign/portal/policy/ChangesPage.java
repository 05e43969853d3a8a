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
import java.util.Locale;
import java.util.Optional;
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

    private final transient ChangesPresenter presenter;
    private final Div content = new Div();

    @Inject
    public ChangesPage(SignedIn signedIn, ManifestService manifests) {
        presenter = new ChangesPresenter(manifests, signedIn::caller);
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
        var line = new Div(chip(change), new Span("proposed by " + change.author()), TimeText.since(change.at()));
        line.addClassName("state-line");
        if (!change.source().isBlank() && !change.source().equals(REST)) {
            line.add(new Span("from " + change.source()));
        }
        change.confirmedBy().ifPresent(by -> line.add(new Span("· confirmed by " + by)));
        change.version().ifPresent(version -> line.add(new Span("· policy version " + version)));
        var title = new H2(title(change));
        title.addClassName("article-title");
        var head = new Div(new Div(title, line));
        head.addClassName("page-top");
        if (presenter.waits(change)) {
            head.add(confirmation(change));
        }
        var article = new Article(head);
        article.addClassName("panel");
        change.diff().forEach(entry -> article.add(entry(entry, presenter.waits(change))));
        return article;
    }

    private Div confirmation(ChangeView change) {
        var side = new Div();
        side.addClassName("actions");
        Optional<String> obstacle = presenter.obstacle(change);
        if (obstacle.isPresent()) {
            var why = new Paragraph(obstacle.get());
            why.addClassName("secondary");
            side.add(why);
            return side;
        }
        var confirm = new Button("Confirm");
        confirm.addThemeVariants(ButtonVariant.PRIMARY);
        confirm.setDisableOnClick(true);
        confirm.addClickListener(click -> {
            Answer answer = presenter.confirm(change);
            if (answer.done()) {
                Notice.show(answer.message());
            } else {
                Notice.warn(answer.message());
            }
            show();
        });
        side.add(confirm);
        return side;
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
