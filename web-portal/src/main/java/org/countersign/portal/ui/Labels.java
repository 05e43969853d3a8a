package org.countersign.portal.ui;

import com.vaadin.flow.component.html.Span;
import java.util.Map;
import java.util.TreeMap;

/** The labels of a target: {@code env=prod}. */
public final class Labels extends Span {
    private static final long serialVersionUID = 1L;

    private Labels() {
        addClassName("labels");
    }

    public static Labels of(Map<String, String> labels) {
        var all = new Labels();
        new TreeMap<>(labels).forEach((name, value) -> all.add(Chip.code(name + "=" + value)));
        return all;
    }
}
