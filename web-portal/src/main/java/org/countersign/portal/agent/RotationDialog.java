package org.countersign.portal.agent;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.textfield.TextField;
import java.util.function.Consumer;
import org.countersign.core.agent.AgentView;
import org.countersign.portal.agent.AgentsPresenter.Answer;

/** Takes note that an agent has a new secret. */
final class RotationDialog extends Dialog {
    private static final long serialVersionUID = 1L;

    RotationDialog(AgentView agent, AgentsPresenter presenter, Consumer<Answer> done) {
        setWidth("36rem");
        setHeaderTitle("The secret of " + agent.client() + " was rotated");
        var reason = new TextField("Reason");
        reason.setId("rotation-reason");
        reason.setWidthFull();
        reason.setMaxLength(2000);
        reason.setRequiredIndicatorVisible(true);
        add(
                new Paragraph(
                        "Change it at the identity provider first, and give the agent the new one. Then everything"
                                + " that was got with the old one ends: its sessions, its connection credentials, and tokens"
                                + " that are not over yet."),
                reason);
        var rotated = new Button("It was rotated");
        rotated.setId("rotated");
        rotated.addThemeVariants(ButtonVariant.PRIMARY);
        rotated.addClickListener(click -> {
            Answer answer = presenter.rotated(agent, reason.getValue());
            if (answer.done()) {
                close();
                done.accept(answer);
            } else {
                reason.setInvalid(true);
                reason.setErrorMessage(answer.message());
            }
        });
        getFooter().add(new Button("Cancel", click -> close()), rotated);
    }
}
