package org.countersign.model.policy;

import java.util.ArrayList;
import java.util.List;

/** Splits names in which double quotes protect dots and commas, as SQL writes them. */
final class SqlNames {
    private SqlNames() {}

    /**
     * Returns the parts between the separators that stand outside of double quotes, quotes kept.
     *
     * @throws IllegalArgumentException when a quote is not closed or a part is empty
     */
    static List<String> split(String text, char separator) {
        var parts = new ArrayList<String>();
        var part = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"') {
                quoted = !quoted;
            }
            if (c == separator && !quoted) {
                parts.add(part(part));
                part.setLength(0);
            } else {
                part.append(c);
            }
        }
        if (quoted) {
            throw new IllegalArgumentException("a double quote is not closed");
        }
        parts.add(part(part));
        return parts;
    }

    private static String part(StringBuilder text) {
        String part = text.toString().strip();
        if (part.isEmpty()) {
            throw new IllegalArgumentException("a name is empty");
        }
        return part;
    }
}
