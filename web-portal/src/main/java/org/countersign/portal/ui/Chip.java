package org.countersign.portal.ui;

import com.vaadin.flow.component.html.Span;

/** A short word in a coloured frame. */
public final class Chip extends Span {
    private static final long serialVersionUID = 1L;

    public Chip(String text, Tone tone) {
        super(text);
        addClassNames("chip", tone.className());
    }

    /** A chip in the type of code. */
    public static Chip code(String text) {
        var chip = new Chip(text, Tone.NEUTRAL);
        chip.addClassName("code");
        return chip;
    }
}
