package org.countersign.portal.grant;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.formlayout.FormLayout;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import java.util.function.Consumer;
import org.countersign.core.grant.EligibleView;
import org.countersign.portal.grant.GrantsPresenter.Answer;

/** Asks what the emergency is, and starts. */
final class StartDialog extends Dialog {
    private static final long serialVersionUID = 1L;
    private static final int USUAL_MINUTES = 30;

    StartDialog(EligibleView rule, BreakGlassPresenter presenter, Consumer<Answer> done) {
        setHeaderTitle("Break the glass: " + rule.name());
        setWidth("36rem");
        var target = new Select<String>();
        target.setLabel("Target");
        target.setItems(rule.targets());
        rule.targets().stream().findFirst().ifPresent(target::setValue);
        var minutes = new TextField("Minutes");
        minutes.setHelperText("at most " + rule.longest().toMinutes());
        minutes.setValue(String.valueOf(Math.min(USUAL_MINUTES, rule.longest().toMinutes())));
        var reason = new TextField("What is the emergency?");
        reason.setId("glass-reason");
        reason.setRequiredIndicatorVisible(true);
        reason.setMaxLength(2000);
        var ticket = new TextField("Ticket");
        ticket.setMaxLength(200);
        var problem = new Paragraph();
        problem.addClassName("problem");
        problem.getElement().setAttribute("role", "alert");
        problem.setVisible(false);
        add(
                new Paragraph("You have the role at once. Everybody concerned sees it, every command is recorded, and "
                        + rule.decidedBy() + " will review it. Until then you cannot do it again."),
                new FormLayout(target, minutes, reason, ticket),
                problem);
        var start = new Button("Break the glass");
        start.setId("start");
        start.addThemeVariants(ButtonVariant.PRIMARY, ButtonVariant.ERROR);
        start.addClickListener(click -> {
            Answer answer = presenter.start(
                    rule,
                    target.getValue() == null ? "" : target.getValue(),
                    minutes.getValue(),
                    reason.getValue(),
                    ticket.getValue());
            if (answer.done()) {
                close();
                done.accept(answer);
            } else {
                problem.setText(answer.message());
                problem.setVisible(true);
            }
        });
        getFooter().add(new Button("Cancel", click -> close()), start);
    }
}
