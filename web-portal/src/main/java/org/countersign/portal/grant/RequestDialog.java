package org.countersign.portal.grant;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.formlayout.FormLayout;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.component.textfield.TextField;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.countersign.core.grant.EligibleView;
import org.countersign.portal.grant.GrantsPresenter.Answer;
import org.countersign.portal.grant.GrantsPresenter.Form;

/** Asks for a role for a time. It stays open, with what was typed, until the request is accepted. */
final class RequestDialog extends Dialog {
    private static final long serialVersionUID = 1L;

    private final Select<EligibleView> role = new Select<>();
    private final Select<String> target = new Select<>();
    private final TextArea actions = area("Actions", "such as sql:select; empty for all that the role permits");
    private final TextArea resources =
            area("On", "such as public.customers.(id,email), one a line; empty for all of the role");
    private final TextField minutes = new TextField("Minutes");
    private final Checkbox single = new Checkbox("For one command only");
    private final TextField reason = new TextField("Reason");
    private final TextField ticket = new TextField("Ticket");
    private final Paragraph permits = new Paragraph();
    private final Paragraph problem = new Paragraph();

    RequestDialog(List<EligibleView> eligible, GrantsPresenter presenter, Consumer<Answer> done) {
        setHeaderTitle("Ask for a role for a time");
        setWidth("42rem");
        role.setLabel("Role");
        role.setId("grant-role");
        role.setItems(eligible);
        role.setItemLabelGenerator(EligibleView::role);
        role.addValueChangeListener(change -> chosen(change.getValue()));
        target.setLabel("Target");
        target.setId("grant-target");
        minutes.setId("grant-minutes");
        minutes.setValue("60");
        reason.setId("grant-reason");
        reason.setHelperText("whoever decides reads it");
        reason.setRequiredIndicatorVisible(true);
        reason.setMaxLength(2000);
        ticket.setMaxLength(200);
        resources.setId("grant-resources");
        permits.addClassName("secondary");
        problem.addClassName("problem");
        problem.getElement().setAttribute("role", "alert");
        problem.setVisible(false);
        role.setValue(eligible.getFirst());
        add(new FormLayout(role, target, actions, resources, minutes, single, reason, ticket), permits, problem);
        var ask = new Button("Ask");
        ask.setId("ask");
        ask.addThemeVariants(ButtonVariant.PRIMARY);
        ask.addClickListener(click -> {
            Answer answer = presenter.request(role.getValue(), typed());
            if (answer.done()) {
                close();
                done.accept(answer);
            } else {
                problem.setText(answer.message());
                problem.setVisible(true);
            }
        });
        getFooter().add(new Button("Cancel", click -> close()), ask);
    }

    private void chosen(EligibleView chosen) {
        target.setItems(chosen.targets());
        chosen.targets().stream().findFirst().ifPresent(target::setValue);
        minutes.setHelperText("at most " + chosen.longest().toMinutes());
        single.setValue(chosen.singleOnly());
        single.setReadOnly(chosen.singleOnly());
        ticket.setRequiredIndicatorVisible(chosen.ticketRequired());
        permits.setText("The role permits "
                + chosen.permitted().stream()
                        .map(each -> String.join(", ", each.actions()) + " on " + String.join(", ", each.resources()))
                        .collect(Collectors.joining("; "))
                + ". Ask for as little as the task needs. Approved by " + chosen.decidedBy() + ".");
    }

    private Form typed() {
        return new Form(
                target.getValue() == null ? "" : target.getValue(),
                actions.getValue(),
                resources.getValue(),
                minutes.getValue(),
                single.getValue(),
                reason.getValue(),
                ticket.getValue());
    }

    private static TextArea area(String label, String help) {
        var area = new TextArea(label);
        area.setHelperText(help);
        area.setMaxLength(4000);
        return area;
    }
}
