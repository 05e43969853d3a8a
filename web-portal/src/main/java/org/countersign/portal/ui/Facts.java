package org.countersign.portal.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.DescriptionList;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;

/** Names and values, one pair a line. */
public final class Facts extends DescriptionList {
    private static final long serialVersionUID = 1L;

    public Facts() {
        addClassName("facts");
    }

    public Facts with(String name, Component... values) {
        var description = new Description();
        description.add(values);
        add(new Div(new Term(name), description));
        return this;
    }

    public Facts with(String name, String value) {
        return with(name, new Span(value));
    }
}
