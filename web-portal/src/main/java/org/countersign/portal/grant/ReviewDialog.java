package org.countersign.portal.grant;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.textfield.TextArea;
import java.util.function.Consumer;
import org.countersign.core.grant.GrantView;
import org.countersign.portal.grant.GrantsPresenter.Answer;

/** Asks what a review came to, in words. */
final class ReviewDialog extends Dialog {
    private static final long serialVersionUID = 1L;

    ReviewDialog(GrantView use, BreakGlassPresenter presenter, Consumer<Answer> done) {
        setHeaderTitle("Review the break-glass of " + use.principal().name());
        setWidth("36rem");
        var words = new TextArea("What did you look at, and what did you find?");
        words.setId("review-words");
        words.setWidthFull();
        words.setMinHeight("8rem");
        words.setMaxLength(2000);
        words.setRequiredIndicatorVisible(true);
        var problem = new Paragraph();
        problem.addClassName("problem");
        problem.getElement().setAttribute("role", "alert");
        problem.setVisible(false);
        add(
                new Paragraph("The reason was: " + use.reason() + ". Look at the commands in the recordings first: did"
                        + " they fit the emergency, and nothing else?"),
                words,
                problem);
        var not = finding("Not justified", false, use, words, problem, presenter, done);
        not.addThemeVariants(ButtonVariant.ERROR);
        var justified = finding("Justified", true, use, words, problem, presenter, done);
        justified.setId("justified");
        justified.addThemeVariants(ButtonVariant.PRIMARY);
        getFooter().add(new Button("Cancel", click -> close()), not, justified);
    }

    private Button finding(
            String label,
            boolean justified,
            GrantView use,
            TextArea words,
            Paragraph problem,
            BreakGlassPresenter presenter,
            Consumer<Answer> done) {
        return new Button(label, click -> {
            Answer answer = presenter.review(use, justified, words.getValue());
            if (answer.done()) {
                close();
                done.accept(answer);
            } else {
                problem.setText(answer.message());
                problem.setVisible(true);
            }
        });
    }
}
