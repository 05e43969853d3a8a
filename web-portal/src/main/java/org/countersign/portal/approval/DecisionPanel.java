package org.countersign.portal.approval;

import com.vaadin.flow.component.Html;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.data.value.ValueChangeMode;
import org.countersign.core.approval.DecisionKind;

/** Takes a decision. Approving becomes possible when every command was on the screen from its beginning to its end. */
final class DecisionPanel extends Section {
    private static final long serialVersionUID = 1L;
    private static final int MAX_REASON = 2000;

    private final TextArea reason = new TextArea("Reason");
    private final Checkbox all = new Checkbox();
    private final Button approve = new Button("Approve");
    private final Button reject = new Button("Reject");
    private final Paragraph reading = new Paragraph("Read the command to its end: then Approve becomes active.");
    private int unread;

    /** Takes a decision. */
    @FunctionalInterface
    interface Decide {
        /** @param all whether it is about every pending request for exactly the same */
        void decide(DecisionKind kind, String reason, boolean all);
    }

    DecisionPanel(Decide decide) {
        addClassNames("panel", "decision");
        getElement().setAttribute("aria-label", "Your decision");
        reason.setId("reason");
        reason.setMaxLength(MAX_REASON);
        reason.setWidthFull();
        reason.setMinRows(2);
        expectReason(false);
        reason.setValueChangeMode(ValueChangeMode.EAGER);
        reason.addValueChangeListener(change -> reason.setInvalid(false));
        approve.setId("approve");
        approve.addThemeVariants(ButtonVariant.PRIMARY);
        approve.setDisableOnClick(true);
        approve.addClickListener(click -> {
            decide.decide(DecisionKind.APPROVE, reason.getValue(), all.getValue());
            approve.setEnabled(unread == 0);
        });
        reject.setId("reject");
        reject.addThemeVariants(ButtonVariant.ERROR);
        reject.addClickListener(click -> decide.decide(DecisionKind.REJECT, reason.getValue(), all.getValue()));
        reading.addClassName("secondary");
        reading.setId("reading");
        approve.getElement().setAttribute("aria-describedby", "reading");
        var buttons = new Div(reject, approve);
        buttons.addClassName("buttons");
        all.setId("all-identical");
        offerIdentical(0);
        add(new H2("Your decision"), reason, all, buttons, reading, shortcuts());
    }

    /** Starts anew: so many commands have to be read. */
    void expectReading(int commands) {
        unread = commands;
        showReading();
    }

    /** Says whether the rule wants a reason for an approval too. */
    void expectReason(boolean always) {
        reason.setRequiredIndicatorVisible(always);
        reason.setHelperText(
                always
                        ? "Needed: the rule wants one with every decision."
                        : "Needed to reject; the requester is told.");
    }

    /** Offers to decide so many other requests for exactly the same at once. */
    void offerIdentical(int others) {
        all.setVisible(others > 0);
        if (others == 0) {
            all.setValue(false);
        }
        all.setLabel(
                others == 1
                        ? "Also the other request for exactly this"
                        : "Also the " + others + " other requests for exactly this");
        all.setHelperText("Same requester, same command, same values. Each counts for itself.");
    }

    /** One more command was seen to its end. */
    void read() {
        unread = Math.max(0, unread - 1);
        showReading();
    }

    void goToApprove() {
        if (approve.isEnabled()) {
            approve.focus();
        }
    }

    void goToReject() {
        if (reason.isEmpty()) {
            reason.focus();
        } else {
            reject.focus();
        }
    }

    void askForReason() {
        reason.setErrorMessage("Say why, so that the requester can do better.");
        reason.setInvalid(true);
        reason.focus();
    }

    private void showReading() {
        approve.setEnabled(unread == 0);
        reading.setVisible(unread > 0);
    }

    private static Html shortcuts() {
        return new Html("<p class='shortcuts'><kbd>A</kbd> goes to Approve, <kbd>R</kbd> to the reason and Reject; "
                + "<kbd>Enter</kbd> on the button decides.</p>");
    }
}
