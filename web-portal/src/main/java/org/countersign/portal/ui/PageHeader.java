package org.countersign.portal.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.Header;
import com.vaadin.flow.component.html.Paragraph;

/** Title of a page, one line about it, and what can be done with all of it at the right. */
public final class PageHeader extends Header {
    private static final long serialVersionUID = 1L;

    public PageHeader(String title, String about, Component... actions) {
        addClassName("page-header");
        var words = new Div(new H1(title));
        if (!about.isEmpty()) {
            var line = new Paragraph(about);
            line.addClassName("about");
            words.add(line);
        }
        add(words);
        if (actions.length > 0) {
            var right = new Div(actions);
            right.addClassName("actions");
            add(right);
        }
    }
}
