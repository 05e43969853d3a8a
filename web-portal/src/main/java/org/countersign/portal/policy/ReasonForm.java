package org.countersign.portal.policy;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.textfield.TextArea;
import java.util.function.Consumer;
import org.countersign.core.policy.Motive;

/** Asks why before something is done that others have to understand later. */
final class ReasonForm extends Div {
    private static final long serialVersionUID = 1L;

    private final TextArea reason = new TextArea("Reason");

    /** @param act gets the reason, which is not blank */
    ReasonForm(String question, String help, String verb, Consumer<String> act) {
        addClassName("decision");
        reason.setId("why");
        reason.setMaxLength(Motive.MAX_REASON_CHARACTERS);
        reason.setHelperText(help);
        reason.setWidthFull();
        reason.setMinRows(2);
        var send = new Button(verb);
        send.setId("send");
        send.addThemeVariants(ButtonVariant.PRIMARY);
        send.addClickListener(click -> {
            if (reason.getValue().isBlank()) {
                reason.setErrorMessage("Say why.");
                reason.setInvalid(true);
                reason.focus();
            } else {
                act.accept(reason.getValue());
            }
        });
        var buttons = new Div(new Button("Cancel", click -> removeFromParent()), send);
        buttons.addClassName("buttons");
        add(new H2(question), reason, buttons);
    }

    void focus() {
        reason.focus();
    }
}
