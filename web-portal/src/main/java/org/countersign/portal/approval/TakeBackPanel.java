package org.countersign.portal.approval;

import com.vaadin.flow.component.Composite;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.confirmdialog.ConfirmDialog;
import com.vaadin.flow.component.html.Paragraph;
import org.countersign.portal.ui.Panel;

/** Lets whoever asked, or answers for it, take a request back. */
final class TakeBackPanel extends Composite<Panel> {
    private static final long serialVersionUID = 1L;

    private final transient Runnable takeBack;

    TakeBackPanel(Runnable takeBack) {
        this.takeBack = takeBack;
    }

    @Override
    protected Panel initContent() {
        var about = new Paragraph("It is no longer wanted, or it was a mistake? Then nobody has to decide it.");
        about.addClassName("secondary");
        var button = new Button("Take back", click -> ask().open());
        button.setId("take-back");
        return new Panel("Your request", about, button);
    }

    private ConfirmDialog ask() {
        var dialog = new ConfirmDialog(
                "Take this request back?",
                "It will not run. The client is told, and would have to ask again.",
                "Take back",
                confirmed -> takeBack.run());
        dialog.setCancelable(true);
        dialog.setCancelText("Keep it");
        return dialog;
    }
}
