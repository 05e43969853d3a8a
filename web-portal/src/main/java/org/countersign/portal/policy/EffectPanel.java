package org.countersign.portal.policy;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.NativeDetails;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import org.countersign.core.effect.EffectView;
import org.countersign.core.effect.EffectView.Example;
import org.countersign.core.effect.EffectView.Shift;
import org.countersign.portal.policy.ChangesPresenter.Computed;
import org.countersign.portal.policy.ChangesPresenter.Effect;
import org.countersign.portal.policy.ChangesPresenter.Unknown;
import org.countersign.portal.ui.Callout;
import org.countersign.portal.ui.TimeText;
import org.countersign.portal.ui.Tone;

/** What a proposed change would do, in sentences, with the commands it was seen in. */
final class EffectPanel extends Div {
    private static final long serialVersionUID = 1L;

    EffectPanel(Effect effect) {
        switch (effect) {
            case Unknown unknown -> add(new Callout("No effect can be shown", unknown.reason(), Tone.WAITING));
            case Computed computed -> show(computed.view());
        }
    }

    private void show(EffectView view) {
        var sentences = new UnorderedList();
        view.sentences().forEach(sentence -> sentences.add(new ListItem(sentence + ".")));
        add(sentences);
        view.shifts().forEach(shift -> add(shift(shift)));
        var basis = new Paragraph(
                new Span(view.commands() + " commands were judged again, since "), TimeText.at(view.since()));
        basis.addClassName("secondary");
        if (view.limited()) {
            basis.add(new Span("; there are more, older ones"));
        }
        if (view.unclear() > 0) {
            basis.add(new Span("; " + view.unclear() + " could not be: their recordings do not say enough"));
        }
        basis.add(new Span(". What a session did before a command is not considered."));
        add(basis);
    }

    private static NativeDetails shift(Shift shift) {
        var list = new UnorderedList();
        for (Example example : shift.examples()) {
            list.add(new ListItem(
                    new Anchor(
                            "sessions/" + example.session() + "?command=" + example.command(),
                            example.kind() + " on " + example.target()),
                    new Span(" by " + example.principal() + ", "),
                    TimeText.since(example.at())));
        }
        if (shift.count() > shift.examples().size()) {
            list.add(new ListItem("and " + (shift.count() - shift.examples().size()) + " more"));
        }
        return new NativeDetails(shift.count() + ": today " + shift.before() + ", then " + shift.after(), list);
    }
}
