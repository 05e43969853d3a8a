package org.countersign.portal.ui;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;

/** One thing the reader has to know before anything else on the page. */
public final class Callout extends Div {
    private static final long serialVersionUID = 1L;

    public Callout(String title, String text, Tone tone) {
        addClassNames("callout", tone.className());
        getElement().setAttribute("role", "status");
        var heading = new Paragraph(title);
        heading.addClassName("callout-title");
        add(heading);
        if (!text.isEmpty()) {
            add(new Paragraph(text));
        }
    }
}
