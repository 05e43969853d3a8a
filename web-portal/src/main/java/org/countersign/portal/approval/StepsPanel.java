package org.countersign.portal.approval;

import com.vaadin.flow.component.Composite;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.OrderedList;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import java.util.List;
import org.countersign.core.approval.ApprovalView;
import org.countersign.portal.approval.DetailPresenter.Person;
import org.countersign.portal.ui.Chip;
import org.countersign.portal.ui.Panel;
import org.countersign.portal.ui.Tone;

/** Who has to approve, how far that has come, and whom something keeps from it. */
final class StepsPanel extends Composite<Panel> {
    private static final long serialVersionUID = 1L;

    private final transient ApprovalView approval;
    private final transient List<Person> people;

    StepsPanel(ApprovalView approval, List<Person> people) {
        this.approval = approval;
        this.people = people;
    }

    @Override
    protected Panel initContent() {
        var steps = new OrderedList();
        steps.addClassName("steps");
        approval.steps().forEach(step -> steps.add(item(step)));
        var panel = new Panel("Who has to approve", steps);
        panel.setId("steps");
        if (approval.quorum() > 1) {
            var about = new Paragraph("Nobody counts twice; one rejection ends it.");
            about.addClassName("secondary");
            panel.add(about);
        }
        if (!people.isEmpty()) {
            var list = new UnorderedList();
            list.addClassName("candidates");
            people.forEach(person -> list.add(item(person)));
            var about = new Paragraph("Up to 20 of the 500 accounts that signed in last, by name.");
            about.addClassName("secondary");
            panel.add(new H3("Approvers who were here before"), about, list);
        }
        return panel;
    }

    private static ListItem item(ApprovalView.StepView step) {
        var who = new Span(step.approvers());
        var line = new Div(
                new Chip(
                        step.given() + " of " + step.quorum(),
                        switch (step.state()) {
                            case DONE -> Tone.GOOD;
                            case OPEN -> Tone.WAITING;
                            case LATER -> Tone.NEUTRAL;
                        }),
                new Span(
                        switch (step.state()) {
                            case DONE -> "complete";
                            case OPEN -> "open now";
                            case LATER -> "opens later";
                        }));
        line.addClassName("notes");
        return new ListItem(line, who);
    }

    private static ListItem item(Person person) {
        var name = new Span(person.name());
        name.addClassName("strong");
        var why = new Span(person.text());
        why.addClassName(person.mayDecide() ? "can" : "cannot");
        return new ListItem(name, why);
    }
}
