package org.countersign.portal.approval;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Aside;
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
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.countersign.core.approval.ApprovalDetail;
import org.countersign.core.approval.ApprovalDetails;
import org.countersign.core.approval.ApprovalService;
import org.countersign.core.approval.ApprovalView;
import org.countersign.core.approval.DecisionKind;
import org.countersign.core.recording.SessionService;
import org.countersign.model.port.ApprovalDesk;
import org.countersign.portal.approval.ApprovalPresenter.Obstacle;
import org.countersign.portal.approval.ApprovalPresenter.Outcome;
import org.countersign.portal.approval.ApprovalPresenter.ReasonMissing;
import org.countersign.portal.approval.ApprovalPresenter.Refused;
import org.countersign.portal.approval.ApprovalPresenter.Several;
import org.countersign.portal.approval.ApprovalPresenter.Taken;
import org.countersign.portal.shell.MainLayout;
import org.countersign.portal.shell.SignedIn;
import org.countersign.portal.ui.Callout;
import org.countersign.portal.ui.Keys;
import org.countersign.portal.ui.Notice;
import org.countersign.portal.ui.RiskPanel;
import org.countersign.portal.ui.TimeText;
import org.countersign.portal.ui.Tone;

/** Everything one needs to decide a request, and the decision. The notice a held client sees leads here. */
@Route(value = "approvals/:id([0-9a-fA-F-]{36})", layout = MainLayout.class)
public class ApprovalPage extends Div implements BeforeEnterObserver, HasDynamicTitle {
    private static final long serialVersionUID = 1L;

    private final transient ApprovalPresenter presenter;
    private final transient DetailPresenter details;
    private final Div status = new Div();
    private final Div state = new Div();
    private final Div people = new Div();
    private final DecisionPanel decisionPanel = new DecisionPanel(this::decide);
    private transient ApprovalView approval;
    private transient Optional<ApprovalDetail> detail = Optional.empty();

    @Inject
    @SuppressWarnings("NullAway.Init") // the router enters before anything is drawn
    public ApprovalPage(
            SignedIn signedIn,
            ApprovalService approvals,
            ApprovalDetails approvalDetails,
            SessionService sessions,
            ApprovalNews news) {
        presenter = new ApprovalPresenter(approvals, signedIn::caller);
        details = new DetailPresenter(approvalDetails, sessions, signedIn::caller);
        addClassName("page");
        people.addClassName("side-parts");
        LiveUpdates.of(this, news, change -> change.id().equals(approval.id()), this::again);
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        String id = event.getRouteParameters().get("id").orElse("");
        approval = parsed(id).flatMap(presenter::find).orElseThrow(NotFoundException::new);
        detail = details.of(approval);
        removeAll();
        decisionPanel.expectReading(approval.commands().size());
        decisionPanel.expectReason(approval.terms().reasonRequired());
        add(header(), status, body(), keys());
        show();
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
        var main = new Div(new Circumstances(approval));
        main.addClassName("main-column");
        int number = 1;
        for (ApprovalView.CommandToApprove command : approval.commands()) {
            String title = approval.commands().size() == 1
                    ? approval.grant().isPresent() ? "Exactly this would be given" : "Exactly this would run"
                    : "Command " + number++ + " of " + approval.commands().size();
            main.add(new CommandPanel(title, command, decisionPanel::read));
        }
        approval.risk().ifPresent(risk -> main.add(new RiskPanel(risk)));
        main.add(new BeforePanel(
                approval.grant().isPresent() ? Optional.empty() : Optional.of(approval.session()),
                details.before(approval),
                detail.map(ApprovalDetail::similar).orElse(List.of())));
        var side = new Aside(decisionPanel, people);
        side.addClassName("side-column");
        var body = new Div(main, side);
        body.addClassName("columns");
        return body;
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

    private void update(ApprovalView read) {
        approval = read;
        detail = details.of(read);
        show();
    }

    private void show() {
        ApprovalView now = approval;
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
        if (open && ApprovalPresenter.wantsSignIn(now)) {
            status.add(signInAgain());
        }
        decisionPanel.setVisible(open && now.mayDecide());
        decisionPanel.offerIdentical(detail.map(ApprovalDetail::identical).orElse(0));
        showPeople();
    }

    /** Leads to the identity provider, and back to this page. */
    private Anchor signInAgain() {
        var link = new Anchor("sign-in-again?to=approvals/" + approval.id(), "Sign in again");
        link.setId("sign-in-again");
        link.setRouterIgnore(true);
        link.addClassName("primary-link");
        return link;
    }

    private void showPeople() {
        people.removeAll();
        if (!approval.decisions().isEmpty()) {
            people.add(new DecisionList(approval.decisions()));
        }
        detail.ifPresent(known -> {
            if (known.mayTakeBack()) {
                people.add(new TakeBackPanel(this::takeBack));
            }
            people.add(new StepsPanel(
                    approval,
                    known.candidates().stream().map(details::candidate).toList()));
            people.add(new BehindPanel(known.behind()));
        });
        people.add(new RecordPanel(approval));
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

    private void decide(DecisionKind kind, String reason, boolean all) {
        Outcome outcome = all ? presenter.decideAll(approval, kind, reason) : presenter.decide(approval, kind, reason);
        switch (outcome) {
            case Taken taken -> {
                update(taken.approval());
                Notice.show(taken.notice());
            }
            case Several several -> {
                again();
                Notice.show(several.notice());
            }
            case Refused refused -> {
                again();
                Notice.warn(refused.obstacle().title());
            }
            case ReasonMissing missing -> decisionPanel.askForReason();
        }
    }

    private void takeBack() {
        Notice.show(presenter.takeBack(approval));
        again();
    }

    private void again() {
        presenter.find(approval.id()).ifPresent(this::update);
    }
}
