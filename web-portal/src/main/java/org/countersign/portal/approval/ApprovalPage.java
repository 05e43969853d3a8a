package org.countersign.portal.approval;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Aside;
import com.vaadin.flow.component.html.Code;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Header;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.NotFoundException;
import com.vaadin.flow.router.Route;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.UUID;
import org.countersign.core.approval.ApprovalService;
import org.countersign.core.approval.ApprovalView;
import org.countersign.core.approval.DecisionKind;
import org.countersign.core.identity.PrincipalView;
import org.countersign.model.port.ApprovalDesk;
import org.countersign.portal.approval.ApprovalPresenter.Obstacle;
import org.countersign.portal.approval.ApprovalPresenter.Outcome;
import org.countersign.portal.approval.ApprovalPresenter.ReasonMissing;
import org.countersign.portal.approval.ApprovalPresenter.Refused;
import org.countersign.portal.approval.ApprovalPresenter.Taken;
import org.countersign.portal.shell.MainLayout;
import org.countersign.portal.shell.SignedIn;
import org.countersign.portal.ui.Callout;
import org.countersign.portal.ui.Chip;
import org.countersign.portal.ui.Facts;
import org.countersign.portal.ui.Keys;
import org.countersign.portal.ui.Labels;
import org.countersign.portal.ui.Notice;
import org.countersign.portal.ui.Panel;
import org.countersign.portal.ui.RiskPanel;
import org.countersign.portal.ui.Symbol;
import org.countersign.portal.ui.TimeText;
import org.countersign.portal.ui.Tone;

/** Everything one needs to decide a request, and the decision. The notice a held client sees leads here. */
@Route(value = "approvals/:id([0-9a-fA-F-]{36})", layout = MainLayout.class)
public class ApprovalPage extends Div implements BeforeEnterObserver, HasDynamicTitle {
    private static final long serialVersionUID = 1L;

    private final transient ApprovalPresenter presenter;
    private final Div status = new Div();
    private final Div state = new Div();
    private final Div decisions = new Div();
    private final DecisionPanel decisionPanel = new DecisionPanel(this::decide);
    private transient ApprovalView approval;

    @Inject
    @SuppressWarnings("NullAway.Init") // the router enters before anything is drawn
    public ApprovalPage(SignedIn signedIn, ApprovalService approvals, ApprovalNews news) {
        presenter = new ApprovalPresenter(approvals, signedIn::caller);
        addClassName("page");
        LiveUpdates.of(
                this,
                news,
                change -> change.id().equals(approval.id()),
                () -> presenter.find(approval.id()).ifPresent(this::update));
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        String id = event.getRouteParameters().get("id").orElse("");
        approval = parsed(id).flatMap(presenter::find).orElseThrow(NotFoundException::new);
        removeAll();
        decisionPanel.expectReading(approval.commands().size());
        decisionPanel.expectReason(approval.terms().reasonRequired());
        add(header(), status, body(), keys());
        update(approval);
    }

    @Override
    public String getPageTitle() {
        return "Approval " + approval.id().toString().substring(0, 8) + " – Countersign";
    }

    private static Optional<UUID> parsed(String id) {
        try {
            return Optional.of(UUID.fromString(id));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private Header header() {
        var back = new Anchor("approvals", "Approvals");
        back.addClassName("back");
        state.addClassName("state-line");
        var header = new Header(back, new H1(ApprovalPresenter.headline(approval)), state);
        header.addClassNames("page-header", "stacked");
        return header;
    }

    private Div body() {
        var main = new Div(circumstances());
        main.addClassName("main-column");
        approval.risk().ifPresent(risk -> main.add(new RiskPanel(risk)));
        int number = 1;
        for (ApprovalView.CommandToApprove command : approval.commands()) {
            String title = approval.commands().size() == 1
                    ? approval.grant().isPresent() ? "Exactly this would be given" : "Exactly this would run"
                    : "Command " + number++ + " of " + approval.commands().size();
            main.add(new CommandPanel(title, command, decisionPanel::read));
        }
        var side = new Aside(decisionPanel, decisions, new Panel("For the record", record()));
        side.addClassName("side-column");
        var body = new Div(main, side);
        body.addClassName("columns");
        return body;
    }

    private Section circumstances() {
        var all = new Section(requester(), target(), rule());
        all.addClassNames("panel", "circumstances");
        all.getElement().setAttribute("aria-label", "Who asks, where, and why it waits");
        return all;
    }

    private Div requester() {
        PrincipalView principal = approval.principal();
        boolean agent = principal.kind().equals("agent");
        var facts = new Facts();
        principal.owner().ifPresent(owner -> facts.with("Answers for it", owner));
        principal.onBehalfOf().ifPresent(person -> facts.with("On behalf of", person));
        if (!principal.act().isEmpty()) {
            facts.with("Acting chain", String.join(" → ", principal.act()));
        }
        principal.task().ifPresent(task -> facts.with("Task", new Code(task)));
        if (approval.grant().isEmpty()) {
            facts.with("From", new Code(approval.sessionAddress()));
            var session = new Anchor("sessions/" + approval.session(), "What it did so far");
            session.setId("session-link");
            facts.with("Session", session);
        } else {
            facts.with("Sessions", new Anchor("sessions?principal=" + principal.name(), "What was done so far"));
        }
        var kind = new Span(agent ? "AI agent or program" : "Person");
        kind.addClassName("secondary");
        return circumstance("Who asks", agent ? Symbol.AGENT : Symbol.PERSON, principal.name(), kind, facts);
    }

    private Div target() {
        return circumstance("Where", Symbol.TARGET, approval.target(), Labels.of(approval.targetLabels()));
    }

    private Div rule() {
        var message = new Span(approval.message());
        var needs = new Span(needs());
        needs.addClassName("secondary");
        var facts = new Facts();
        if (!approval.terms().justification().isBlank()) {
            facts.with("The requester says", approval.terms().justification());
        }
        if (!approval.terms().executeDuring().isBlank()) {
            facts.with("Runs only", approval.terms().executeDuring());
        }
        presenter.steps(approval).forEach(facts::with);
        return circumstance("Why it waits", Symbol.POLICY, String.join(", ", approval.rules()), message, needs, facts);
    }

    private static Div circumstance(String title, Symbol symbol, String name, Component... details) {
        var heading = new H2(title);
        var strong = new Span(name);
        strong.addClassName("strong");
        var words = new Div(strong);
        words.add(details);
        words.addClassName("lines");
        var what = new Div(symbol.icon(), words);
        what.addClassNames("who", "large");
        return new Div(heading, what);
    }

    private String needs() {
        String howMany = approval.quorum() == 1
                ? "Needs one approval"
                : "Needs " + approval.quorum() + " approvals by different people";
        return howMany + ", from " + approval.approvers();
    }

    private Facts record() {
        var digest = new Code(approval.digest());
        digest.addClassName("digest");
        digest.setTitle("Covers the text, the parameters, the settings and the target's definitions it depends on");
        var id = new Code(approval.id().toString());
        var facts = new Facts()
                .with("Approval", id)
                .with("Digest", digest)
                .with("Requested", TimeText.at(approval.requestedAt()))
                .with("Expires", TimeText.at(approval.expiresAt()))
                .with("Policy version", String.valueOf(approval.policyVersion()));
        return approval.grant().isPresent() ? facts : facts.with("Client", client());
    }

    private String client() {
        boolean open = approval.state() == ApprovalDesk.State.PENDING;
        if (approval.deferred()) {
            return open ? "comes again once this is approved" : "did not wait; it was to come again";
        }
        return open ? "waits for the decision" : "waited for the decision";
    }

    private Keys keys() {
        return new Keys("ar", key -> {
            if (key.equals("a")) {
                decisionPanel.goToApprove();
            } else {
                decisionPanel.goToReject();
            }
        });
    }

    private void update(ApprovalView now) {
        approval = now;
        boolean open = now.state() == ApprovalDesk.State.PENDING;
        state.removeAll();
        state.add(States.chip(now.state()), new Span("requested"), TimeText.since(now.requestedAt()));
        if (open) {
            var left = new Span(new Span("· expires in "), TimeText.until(now.expiresAt()));
            left.addClassName("countdown");
            state.add(left);
        }
        status.removeAll();
        presenter
                .settlement(now)
                .or(() -> presenter.obstacle(now))
                .ifPresent(obstacle -> status.add(callout(obstacle, now.state())));
        decisionPanel.setVisible(open && now.mayDecide());
        showDecisions();
    }

    private static Callout callout(Obstacle obstacle, ApprovalDesk.State state) {
        Tone tone = switch (state) {
            case PENDING -> Tone.WAITING;
            case APPROVED, EXECUTED -> Tone.GOOD;
            case REJECTED, FAILED -> Tone.BAD;
            case EXPIRED, WITHDRAWN -> Tone.NEUTRAL;
        };
        var callout = new Callout(obstacle.title(), obstacle.explanation(), tone);
        callout.setId("status");
        return callout;
    }

    private void showDecisions() {
        decisions.removeAll();
        if (approval.decisions().isEmpty()) {
            return;
        }
        var list = new Div();
        list.addClassName("decisions");
        approval.decisions().forEach(decision -> {
            boolean yes = decision.decision() == DecisionKind.APPROVE;
            var by = new Span(ApprovalPresenter.by(decision));
            by.addClassName("strong");
            var line = new Div(
                    new Chip(yes ? "Approved" : "Rejected", yes ? Tone.GOOD : Tone.BAD),
                    by,
                    TimeText.since(decision.at()));
            line.addClassName("notes");
            list.add(line);
            if (!decision.reason().isBlank()) {
                var reason = new Div(decision.reason());
                reason.addClassName("quote");
                list.add(reason);
            }
        });
        decisions.add(new Panel("Decisions", list));
    }

    private void decide(DecisionKind kind, String reason) {
        Outcome outcome = presenter.decide(approval, kind, reason);
        switch (outcome) {
            case Taken taken -> {
                update(taken.approval());
                Notice.show(taken.notice());
            }
            case Refused refused -> {
                presenter.find(approval.id()).ifPresent(this::update);
                Notice.warn(refused.obstacle().title());
            }
            case ReasonMissing missing -> decisionPanel.askForReason();
        }
    }
}
