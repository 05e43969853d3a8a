package org.countersign.portal.agent;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.formlayout.FormLayout;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.textfield.TextField;
import java.util.function.Consumer;
import org.countersign.portal.agent.AgentsPresenter.Answer;
import org.countersign.portal.agent.AgentsPresenter.Form;

/** Proposes a registration. It stays open, with what was typed, until the proposal is accepted. */
final class RegistrationDialog extends Dialog {
    private static final long serialVersionUID = 1L;

    private final TextField client = field("Client id", "as the identity provider knows it", true);
    private final TextField owner = field("Owner", "user name of the person who answers for it", true);
    private final TextField agentClass = field("Class", "such as assistant, pipeline or service", true);
    private final TextField purpose = field("Purpose", "what it is for, in a sentence", true);
    private final TextField contact = field("Contact", "whom to call when it misbehaves", true);
    private final TextField roles = field("Roles", "the only ones it may use, with commas between them", true);
    private final TextField expires = field("Expires", "a day such as 2027-01-31, or empty", false);
    private final TextField reason = field("Reason", "why; for whoever confirms it", true);
    private final Paragraph problem = new Paragraph();

    RegistrationDialog(Form form, AgentsPresenter presenter, Consumer<Answer> done) {
        setWidth("46rem");
        setHeaderTitle(form.client().isEmpty() ? "Register an agent" : "Register " + form.client());
        client.setValue(form.client());
        client.setReadOnly(!form.client().isEmpty());
        owner.setValue(form.owner());
        agentClass.setValue(form.agentClass());
        purpose.setValue(form.purpose());
        contact.setValue(form.contact());
        roles.setValue(form.roles());
        expires.setValue(form.expires());
        problem.addClassName("problem");
        problem.getElement().setAttribute("role", "alert");
        problem.setVisible(false);
        add(new FormLayout(client, owner, agentClass, purpose, contact, roles, expires, reason), problem);
        var propose = new Button("Propose");
        propose.setId("propose");
        propose.addThemeVariants(ButtonVariant.PRIMARY);
        propose.addClickListener(click -> {
            Answer answer = presenter.register(typed(), reason.getValue());
            if (answer.done()) {
                close();
                done.accept(answer);
            } else {
                problem.setText(answer.message());
                problem.setVisible(true);
            }
        });
        getFooter().add(new Button("Cancel", click -> close()), propose);
    }

    private Form typed() {
        return new Form(
                client.getValue(),
                owner.getValue(),
                agentClass.getValue(),
                purpose.getValue(),
                contact.getValue(),
                roles.getValue(),
                expires.getValue());
    }

    private static TextField field(String label, String help, boolean required) {
        var field = new TextField(label);
        field.setHelperText(help);
        field.setRequiredIndicatorVisible(required);
        field.setMaxLength(1000);
        return field;
    }
}
