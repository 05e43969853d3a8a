package org.countersign.portal.approval;

import com.vaadin.flow.component.Composite;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import java.util.List;
import org.countersign.core.approval.ApprovalView.DecisionView;
import org.countersign.core.approval.DecisionKind;
import org.countersign.portal.ui.Chip;
import org.countersign.portal.ui.Panel;
import org.countersign.portal.ui.TimeText;
import org.countersign.portal.ui.Tone;

/** Who said what to a request. */
final class DecisionList extends Composite<Panel> {
    private static final long serialVersionUID = 1L;

    private final transient List<DecisionView> made;

    DecisionList(List<DecisionView> made) {
        this.made = made;
    }

    @Override
    protected Panel initContent() {
        var list = new Div();
        list.addClassName("decisions");
        made.forEach(decision -> {
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
        return new Panel("Decisions", list);
    }
}
