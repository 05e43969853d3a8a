package org.countersign.portal.approval;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Composite;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Code;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import org.countersign.core.approval.ApprovalView;
import org.countersign.core.identity.PrincipalView;
import org.countersign.portal.ui.CommandText;
import org.countersign.portal.ui.Facts;
import org.countersign.portal.ui.Labels;
import org.countersign.portal.ui.Symbol;

/** Who asks, where, and why it waits. */
final class Circumstances extends Composite<Section> {
    private static final long serialVersionUID = 1L;

    private final transient ApprovalView approval;

    Circumstances(ApprovalView approval) {
        this.approval = approval;
    }

    @Override
    protected Section initContent() {
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
        principal.task().ifPresent(task -> facts.with("Works on", task));
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
        facts.with(
                "The requester says",
                approval.terms().justification().isBlank()
                        ? new Span("nothing")
                        : CommandText.inline(approval.terms().justification()));
        return circumstance("Why it waits", Symbol.POLICY, String.join(", ", approval.rules()), message, needs, facts);
    }

    private String needs() {
        String howMany = approval.quorum() == 1
                ? "Needs one approval"
                : "Needs " + approval.quorum() + " approvals by different people";
        return howMany + ", from " + approval.approvers();
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
}
