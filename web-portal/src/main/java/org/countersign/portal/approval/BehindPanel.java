package org.countersign.portal.approval;

import com.vaadin.flow.component.Composite;
import com.vaadin.flow.component.html.Paragraph;
import java.util.List;
import org.countersign.core.approval.Answerable;
import org.countersign.portal.ui.Facts;
import org.countersign.portal.ui.Panel;

/** Everybody who answers for a request, and so cannot decide it. */
final class BehindPanel extends Composite<Panel> {
    private static final long serialVersionUID = 1L;

    private final transient List<Answerable> people;

    BehindPanel(List<Answerable> people) {
        this.people = people;
    }

    @Override
    protected Panel initContent() {
        var facts = new Facts();
        people.forEach(person -> facts.with(person.name(), DetailPresenter.behind(person)));
        var about = new Paragraph("None of these people can decide it, with whatever account.");
        about.addClassName("secondary");
        var panel = new Panel("Who is behind it", facts, about);
        panel.setId("behind");
        return panel;
    }
}
