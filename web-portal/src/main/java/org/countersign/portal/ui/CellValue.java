package org.countersign.portal.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.NativeDetails;
import com.vaadin.flow.component.html.Span;
import java.util.Optional;

/** One value in a table. */
public final class CellValue {
    private static final int LONG = 120;

    private CellValue() {}

    /**
     * Draws NULL unlike the text «NULL», and a long value folded.
     *
     * @param value empty for NULL
     */
    public static Component of(Optional<String> value) {
        if (value.isEmpty()) {
            var none = new Span("NULL");
            none.addClassName("null");
            return none;
        }
        String text = value.get();
        if (text.codePointCount(0, text.length()) <= LONG) {
            return CommandText.inline(text);
        }
        String beginning = text.substring(0, text.offsetByCodePoints(0, LONG));
        var folded = new NativeDetails(CommandText.inline(beginning + "…"), CommandText.inline(text));
        folded.addClassName("folded");
        return folded;
    }
}
