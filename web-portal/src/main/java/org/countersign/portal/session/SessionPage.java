package org.countersign.portal.session;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.confirmdialog.ConfirmDialog;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Code;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.Header;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.NotFoundException;
import com.vaadin.flow.router.Route;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.countersign.core.identity.PrincipalView;
import org.countersign.core.recording.CommandView;
import org.countersign.core.recording.SessionService;
import org.countersign.core.recording.SessionView;
import org.countersign.portal.approval.ApprovalsPresenter;
import org.countersign.portal.shell.MainLayout;
import org.countersign.portal.shell.SignedIn;
import org.countersign.portal.ui.Chip;
import org.countersign.portal.ui.EmptyState;
import org.countersign.portal.ui.Facts;
import org.countersign.portal.ui.Keys;
import org.countersign.portal.ui.Notice;
import org.countersign.portal.ui.Symbol;
import org.countersign.portal.ui.TimeText;
import org.countersign.portal.ui.Tone;

/** One session played back: its commands at the left, the chosen one with its answer at the right. */
@Route(value = "sessions/:id([0-9a-fA-F-]{36})", layout = MainLayout.class)
public class SessionPage extends Div implements BeforeEnterObserver, HasDynamicTitle {
    private static final long serialVersionUID = 1L;
    private static final String COMMAND = "command";

    private final transient SessionPresenter presenter;
    private final Div head = new Div();
    private final Div stage = new Div();
    private final CommandReel reel = new CommandReel(this::choose, this::earlier);
    private transient SessionView session;
    private transient Optional<String> earlier = Optional.empty();

    @Inject
    @SuppressWarnings("NullAway.Init") // the router enters before anything is drawn
    public SessionPage(SignedIn signedIn, SessionService sessions) {
        presenter = new SessionPresenter(sessions, signedIn::caller);
        addClassName("page");
        stage.addClassName("stage");
        stage.getElement().setAttribute("aria-live", "polite");
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        UUID id = event.getRouteParameters()
                .get("id")
                .flatMap(SessionPage::parsed)
                .orElseThrow(NotFoundException::new);
        session = presenter.find(id).orElseThrow(NotFoundException::new);
        Optional<String> wanted = event.getLocation().getQueryParameters().getSingleParameter(COMMAND);
        removeAll();
        add(head, new Keys("jk", key -> reel.move(key.equals("j") ? 1 : -1)));
        load(wanted);
    }

    @Override
    public String getPageTitle() {
        return "Session " + session.id().toString().substring(0, 8) + " – Countersign";
    }

    private static Optional<UUID> parsed(String id) {
        try {
            return Optional.of(UUID.fromString(id));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private void load(Optional<String> wanted) {
        showHead();
        SessionPresenter.Reel latest = presenter.reel(session.id(), Optional.empty());
        earlier = latest.earlier();
        reel.show(latest.commands(), earlier.isPresent());
        if (latest.commands().isEmpty()) {
            add(new EmptyState(
                    Symbol.SESSIONS, "Nothing was asked yet", "The session is connected and has sent no command."));
            return;
        }
        var columns = new Div(reel, stage);
        columns.addClassName("replay");
        add(columns);
        reel.choose(wanted.orElse(""));
    }

    private void earlier() {
        SessionPresenter.Reel before = presenter.reel(session.id(), earlier);
        earlier = before.earlier();
        reel.prepend(before.commands(), earlier.isPresent());
    }

    private void choose(CommandView command) {
        stage.removeAll();
        stage.add(new CommandReplay(command, () -> presenter.result(session.id(), command.id())));
        UI.getCurrent()
                .getPage()
                .getHistory()
                .replaceState(null, "sessions/" + session.id() + "?" + COMMAND + "=" + command.id());
    }

    private void showHead() {
        PrincipalView principal = session.principal();
        var back = new Anchor("sessions", "Sessions");
        back.addClassName("back");
        var title = new H1(principal.name() + " on " + session.target());
        var line = new Div(
                session.endedAt().isEmpty() ? new Chip("Live", Tone.GOOD) : new Chip("Ended", Tone.NEUTRAL),
                new Span(ApprovalsPresenter.behalf(principal)));
        line.addClassName("state-line");
        var words = new Header(back, title, line);
        words.addClassNames("page-header", "stacked");
        var actions = new Div(new Button("Refresh", click -> refresh()));
        actions.addClassName("actions");
        if (session.mayTerminate() && session.endedAt().isEmpty()) {
            actions.add(end());
        }
        var top = new Div(words, actions);
        top.addClassName("page-top");
        head.removeAll();
        head.add(top, facts());
    }

    private Facts facts() {
        var facts = new Facts();
        facts.addClassName("wide");
        if (!session.principal().act().isEmpty()) {
            facts.with("Acting chain", String.join(" → ", session.principal().act()));
        }
        session.principal().task().ifPresent(task -> facts.with("Task", new Code(task)));
        facts.with("Started", TimeText.at(session.startedAt()));
        session.endedAt()
                .ifPresent(at -> facts.with(
                        "Ended",
                        TimeText.at(at),
                        new Span("after " + Durations.of(Duration.between(session.startedAt(), at))),
                        new Span(session.endReason().orElse(""))));
        facts.with("From", new Code(session.address()), new Span(session.tls() ? "TLS" : "without TLS"));
        facts.with("Protocol", session.protocol());
        facts.with("Commands", session.commands() + ", " + session.denied() + " denied, " + session.held() + " held");
        facts.with("Session", new Code(session.id().toString()));
        return facts;
    }

    private Button end() {
        var end = new Button("End session");
        end.setId("terminate");
        end.addThemeVariants(ButtonVariant.ERROR);
        end.addClickListener(click -> {
            var question = new ConfirmDialog(
                    "End this session?",
                    session.principal().name()
                            + " is disconnected at once. A command that runs now is cancelled where possible.",
                    "End session",
                    confirmed -> {
                        Notice.show(presenter.terminate(session.id()));
                        refresh();
                    });
            question.setCancelable(true);
            question.setConfirmButtonTheme("error primary");
            question.open();
        });
        return end;
    }

    private void refresh() {
        presenter.find(session.id()).ifPresent(now -> {
            session = now;
            Optional<String> chosen = reel.chosen();
            removeAll();
            add(head, new Keys("jk", key -> reel.move(key.equals("j") ? 1 : -1)));
            load(chosen);
        });
    }
}
