package org.countersign.portal.ui;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;

/** What a list says instead of nothing. */
public final class EmptyState extends Div {
    private static final long serialVersionUID = 1L;

    public EmptyState(Symbol symbol, String title, String text) {
        addClassName("empty");
        add(symbol.icon(), new H2(title), new Paragraph(text));
    }
}
