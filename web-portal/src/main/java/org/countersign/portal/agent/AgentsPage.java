package org.countersign.portal.agent;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Article;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.countersign.core.agent.AgentService;
import org.countersign.core.agent.AgentView;
import org.countersign.core.agent.RotationService;
import org.countersign.core.identity.SuspensionService;
import org.countersign.core.policy.ManifestService;
import org.countersign.model.policy.AgentRegistration;
import org.countersign.model.session.Person;
import org.countersign.portal.agent.AgentsPresenter.Answer;
import org.countersign.portal.agent.AgentsPresenter.Form;
import org.countersign.portal.shell.MainLayout;
import org.countersign.portal.shell.SignedIn;
import org.countersign.portal.ui.Chip;
import org.countersign.portal.ui.EmptyState;
import org.countersign.portal.ui.Facts;
import org.countersign.portal.ui.Notice;
import org.countersign.portal.ui.PageHeader;
import org.countersign.portal.ui.Symbol;
import org.countersign.portal.ui.TimeText;
import org.countersign.portal.ui.Tone;

/** Every agent, what it is for and who answers for it. */
@Route(value = "agents", layout = MainLayout.class)
@PageTitle("Agents – Countersign")
public class AgentsPage extends Div implements BeforeEnterObserver {
    private static final long serialVersionUID = 1L;

    /** How many agents are drawn at once. */
    private static final int MOST = 50;

    private static final Form EMPTY = new Form("", "", "assistant", "", "", "", "");

    private final transient AgentsPresenter presenter;
    private final Div content = new Div();

    @Inject
    public AgentsPage(
            SignedIn signedIn,
            AgentService agents,
            ManifestService manifests,
            SuspensionService suspensions,
            RotationService rotations) {
        presenter = new AgentsPresenter(agents, manifests, suspensions, rotations, signedIn::caller);
        addClassName("page");
        content.addClassName("main-column");
        String about = "What each program is for, and the person who answers for it.";
        add(
                presenter.administers()
                        ? new PageHeader("Agents", about, new Button("Register an agent", click -> register(EMPTY)))
                        : new PageHeader("Agents", about),
                content);
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        show();
    }

    private void show() {
        content.removeAll();
        List<AgentView> agents = presenter.list();
        if (agents.isEmpty()) {
            content.add(new EmptyState(
                    Symbol.AGENT,
                    "No agent yet",
                    presenter.administers()
                            ? "Agents appear here when they are registered or first sign in."
                            : "Agents that you answer for appear here."));
        }
        var found = new Div();
        found.addClassName("main-column");
        draw(agents, found);
        if (agents.size() > MOST) {
            content.add(search(agents, found));
        }
        content.add(found);
    }

    private TextField search(List<AgentView> agents, Div found) {
        var search = new TextField("Find an agent");
        search.setId("search");
        search.setPlaceholder("a part of its name, its owner, its purpose or a role");
        search.setWidthFull();
        search.setClearButtonVisible(true);
        search.setValueChangeMode(ValueChangeMode.LAZY);
        search.addValueChangeListener(typed -> draw(AgentsPresenter.about(agents, typed.getValue()), found));
        return search;
    }

    private void draw(List<AgentView> agents, Div place) {
        place.removeAll();
        agents.stream().limit(MOST).forEach(agent -> place.add(article(agent)));
        if (agents.size() > MOST) {
            var more = new Paragraph("and " + (agents.size() - MOST) + " more: type a part of a name above.");
            more.addClassName("secondary");
            place.add(more);
        }
    }

    private Article article(AgentView agent) {
        var title = new H2(agent.client());
        title.addClassName("article-title");
        var line = new Div(chip(agent.state()));
        line.addClassName("state-line");
        agent.lastSeen()
                .ifPresentOrElse(
                        seen -> line.add(new Span("last here"), TimeText.since(seen)),
                        () -> line.add(new Span("never here")));
        line.add(new Anchor("sessions?principal=" + agent.client(), "sessions"));
        var head = new Div(new Div(title, line));
        head.addClassName("page-top");
        var actions = new Div();
        actions.addClassName("actions");
        if (presenter.answersFor(agent)) {
            actions.add(new Button("Secret rotated", click -> new RotationDialog(agent, presenter, this::done).open()));
        }
        if (presenter.administers()) {
            administer(agent, actions);
        }
        head.add(actions);
        var article = new Article(head, facts(agent));
        article.addClassName("panel");
        return article;
    }

    private static Facts facts(AgentView agent) {
        var facts = new Facts();
        Optional<AgentRegistration> registration = agent.registration();
        facts.with(
                "Owner",
                registration.map(AgentRegistration::owner).or(agent::owner).orElse("unknown"));
        agent.owner()
                .filter(owner -> registration.isPresent()
                        && !owner.equals(registration.get().owner()))
                .ifPresent(owner -> facts.with("Owner in its tokens", owner + ", who answers for it as well"));
        registration.ifPresent(known -> {
            facts.with("Purpose", known.purpose());
            facts.with("Class", known.agentClass());
            facts.with("Contact", known.contact());
            facts.with(
                    "Registered by", known.registeredBy().map(Person::name).orElse("the manifests of the first start"));
            known.changedBy()
                    .filter(author -> !known.registeredBy().equals(Optional.of(author)))
                    .ifPresent(author -> facts.with("Last changed by", author.name()));
            known.expiresAt().ifPresent(end -> facts.with("Expires", TimeText.at(end)));
        });
        facts.with("Roles", agent.roles().isEmpty() ? "none" : String.join(", ", agent.roles()));
        agent.unused()
                .filter(unused -> !agent.roles().isEmpty())
                .ifPresent(unused -> facts.with("Not used", unused(unused)));
        agent.secret().since().ifPresent(since -> facts.with("Secret", secret(agent.secret(), since)));
        agent.suspension().ifPresent(suspension -> facts.with("Suspended by", AgentsPresenter.suspended(suspension)));
        return facts;
    }

    private static Component unused(AgentView.Unused unused) {
        if (unused.permissions().isEmpty()) {
            return new Span("nothing: it has used all of its permissions");
        }
        var list = new UnorderedList();
        unused.permissions().forEach(permission -> list.add(new ListItem(permission.text())));
        return new Div(new Span("since "), TimeText.at(unused.since()), list);
    }

    private static Component[] secret(AgentView.AgentSecret secret, Instant since) {
        var said = new ArrayList<Component>();
        said.add(new Span(secret.rotatedBy()
                .map(by -> "rotated by " + by + " ")
                .orElse("never rotated as far as is known; here for the first time ")));
        said.add(TimeText.since(since));
        if (secret.old()) {
            said.add(new Chip("Rotate it", Tone.WAITING));
        }
        return said.toArray(Component[]::new);
    }

    private void administer(AgentView agent, Div side) {
        side.add(new Button(
                agent.registration().isPresent() ? "Change" : "Register",
                click -> register(AgentsPresenter.form(agent))));
        if (agent.suspension().isPresent()) {
            side.add(new Button("Lift the suspension", click -> done(presenter.lift(agent))));
        } else {
            var suspend = new Button("Suspend", click -> new SuspensionDialog(agent, presenter, this::done).open());
            suspend.addThemeVariants(ButtonVariant.ERROR);
            side.add(suspend);
        }
    }

    private void register(Form form) {
        new RegistrationDialog(form, presenter, this::done).open();
    }

    private void done(Answer answer) {
        if (answer.done()) {
            Notice.show(answer.message());
        } else {
            Notice.warn(answer.message());
        }
        show();
    }

    private static Chip chip(AgentView.State state) {
        return switch (state) {
            case SUSPENDED -> new Chip("Suspended", Tone.BAD);
            case EXPIRED -> new Chip("Expired", Tone.BAD);
            case UNREGISTERED -> new Chip("Not registered", Tone.WAITING);
            case ACTIVE -> new Chip("Active", Tone.GOOD);
        };
    }
}
