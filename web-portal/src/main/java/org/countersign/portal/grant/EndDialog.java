package org.countersign.portal.grant;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.textfield.TextField;
import java.util.function.Consumer;

/** Asks why something ends before its time. */
final class EndDialog extends Dialog {
    private static final long serialVersionUID = 1L;

    EndDialog(String title, Consumer<String> end) {
        setHeaderTitle(title);
        var reason = new TextField("Reason (optional)");
        reason.setId("end-reason");
        reason.setWidthFull();
        reason.setMaxLength(2000);
        add(
                new Paragraph(
                        "The next command that needs it is refused, in every open session, and what still runs on it"
                                + " is cancelled."),
                reason);
        var confirm = new Button("End it");
        confirm.setId("end");
        confirm.addThemeVariants(ButtonVariant.PRIMARY, ButtonVariant.ERROR);
        confirm.addClickListener(click -> {
            close();
            end.accept(reason.getValue());
        });
        getFooter().add(new Button("Cancel", click -> close()), confirm);
    }
}
