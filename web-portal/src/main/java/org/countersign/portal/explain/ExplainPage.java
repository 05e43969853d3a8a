package org.countersign.portal.explain;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.server.VaadinRequest;
import jakarta.inject.Inject;
import org.countersign.core.explain.ExplainService;
import org.countersign.portal.explain.ExplainPresenter.Question;
import org.countersign.portal.explain.ExplainPresenter.Refused;
import org.countersign.portal.explain.ExplainPresenter.Shown;
import org.countersign.portal.shell.MainLayout;
import org.countersign.portal.shell.SignedIn;
import org.countersign.portal.ui.Callout;
import org.countersign.portal.ui.PageHeader;
import org.countersign.portal.ui.Panel;
import org.countersign.portal.ui.Tone;

/**
 * What a text would do and what the policy says to it, before anybody sends it. A link fills the form in by its path:
 * the sign-in forgets the query of what was asked for first.
 */
@Route(value = "explain/:target?/:as?", layout = MainLayout.class)
@PageTitle("Explain – Countersign")
public class ExplainPage extends Div implements BeforeEnterObserver {
    private static final long serialVersionUID = 1L;

    private final transient ExplainPresenter presenter;
    private final TextField target = new TextField("Target");
    private final TextField principal = new TextField("As");
    private final TextArea text = new TextArea("SQL");
    private final Div answer = new Div();

    @Inject
    public ExplainPage(SignedIn signedIn, ExplainService explanations) {
        presenter = new ExplainPresenter(explanations, signedIn::caller);
        addClassName("page");
        answer.setId("answer");
        answer.addClassName("main-column");
        answer.getElement().setAttribute("aria-live", "polite");
        add(
                new PageHeader(
                        "Explain", "What a command would do, and what the policy says to it. Nothing of it runs."),
                form(),
                answer);
    }

    private Panel form() {
        target.setId("target");
        target.setPlaceholder("shop");
        principal.setId("principal");
        principal.setPlaceholder(presenter.self());
        principal.setVisible(presenter.mayAskAboutOthers());
        text.setId("text");
        text.setWidthFull();
        text.setMinRows(4);
        text.setPlaceholder("select …");
        var explain = new Button("Explain");
        explain.setId("explain");
        explain.addThemeVariants(ButtonVariant.PRIMARY);
        explain.setDisableOnClick(true);
        explain.addClickListener(click -> {
            try {
                explain();
            } finally {
                explain.setEnabled(true);
            }
        });
        var who = new Div(target, principal);
        who.addClassName("filters");
        var buttons = new Div(explain);
        buttons.addClassName("buttons");
        return new Panel("What would be sent", who, text, buttons);
    }

    /** A link may fill the form in; nothing is asked before the reader does. */
    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        target.setValue(linked(event, "target"));
        principal.setValue(linked(event, "as"));
    }

    private static String linked(BeforeEnterEvent event, String name) {
        return event.getRouteParameters()
                .get(name)
                .or(() -> event.getLocation().getQueryParameters().getSingleParameter(name))
                .orElse("");
    }

    private void explain() {
        VaadinRequest request = VaadinRequest.getCurrent();
        String address = request == null ? "" : request.getRemoteAddr() + ":" + request.getRemotePort();
        boolean tls = request != null && request.isSecure();
        answer.removeAll();
        switch (presenter.explain(
                new Question(target.getValue(), principal.getValue(), text.getValue(), address, tls))) {
            case Refused refused -> answer.add(new Callout(refused.reason(), refused.hint(), Tone.BAD));
            case Shown shown -> answer.add(new ExplanationPanels(shown.explanation()));
        }
    }
}
