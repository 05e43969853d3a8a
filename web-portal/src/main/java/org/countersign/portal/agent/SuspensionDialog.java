package org.countersign.portal.agent;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.textfield.TextField;
import java.util.function.Consumer;
import org.countersign.core.agent.AgentView;
import org.countersign.portal.agent.AgentsPresenter.Answer;

/** Asks why an agent is stopped. */
final class SuspensionDialog extends Dialog {
    private static final long serialVersionUID = 1L;

    SuspensionDialog(AgentView agent, AgentsPresenter presenter, Consumer<Answer> done) {
        setWidth("36rem");
        setHeaderTitle("Suspend " + agent.client());
        var reason = new TextField("Reason");
        reason.setId("suspension-reason");
        reason.setWidthFull();
        reason.setMaxLength(2000);
        reason.setRequiredIndicatorVisible(true);
        add(new Paragraph("It is let in nowhere any more, and its sessions end at once."), reason);
        var suspend = new Button("Suspend");
        suspend.setId("suspend");
        suspend.addThemeVariants(ButtonVariant.PRIMARY, ButtonVariant.ERROR);
        suspend.addClickListener(click -> {
            Answer answer = presenter.suspend(agent, reason.getValue());
            if (answer.done()) {
                close();
                done.accept(answer);
            } else {
                reason.setInvalid(true);
                reason.setErrorMessage(answer.message());
            }
        });
        getFooter().add(new Button("Cancel", click -> close()), suspend);
    }
}
