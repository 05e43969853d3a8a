package org.countersign.portal.ui;

import com.vaadin.flow.component.Composite;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import org.countersign.core.risk.RiskView;

/** How risky a command is, and what each reason adds. */
public final class RiskPanel extends Composite<Panel> {
    private static final long serialVersionUID = 1L;

    private final transient RiskView risk;

    public RiskPanel(RiskView risk) {
        this.risk = risk;
    }

    @Override
    protected Panel initContent() {
        var panel = new Panel("Risk", score(risk), parts(risk), meaning());
        panel.setId("risk");
        return panel;
    }

    private static Div score(RiskView risk) {
        Tone tone = switch (risk.level()) {
            case "high" -> Tone.BAD;
            case "middle" -> Tone.WAITING;
            default -> Tone.NEUTRAL;
        };
        var line = new Div(new Chip(risk.score() + " of 100", tone), new Span(risk.level()));
        line.addClassName("notes");
        return line;
    }

    private static UnorderedList parts(RiskView risk) {
        var list = new UnorderedList();
        list.addClassName("prose");
        risk.parts()
                .forEach(part ->
                        list.add(new ListItem(new Span("+" + part.points() + " "), CommandText.inline(part.reason()))));
        if (risk.parts().isEmpty()) {
            list.add(new ListItem("Nothing speaks against it."));
        }
        return list;
    }

    private static Paragraph meaning() {
        var meaning = new Paragraph(
                "The score adds up what can make such a command dangerous. It says where to look, not what"
                        + " to decide: a low score may be wrong for this ticket, a high one may be what was agreed.");
        meaning.addClassName("secondary");
        return meaning;
    }
}
