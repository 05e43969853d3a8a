package org.countersign.portal.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Section;

/** A titled part of a page. */
public final class Panel extends Section {
    private static final long serialVersionUID = 1L;

    public Panel(String title, Component... content) {
        addClassName("panel");
        var heading = new H2(title);
        add(heading);
        add(content);
        getElement().setAttribute("aria-label", title);
    }
}
