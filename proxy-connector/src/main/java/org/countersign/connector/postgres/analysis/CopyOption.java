package org.countersign.connector.postgres.analysis;

import java.util.List;
import java.util.stream.Collectors;

/**
 * One option of a COPY with its value as it is written for the target.
 *
 * @param name lower case, in the form of the parenthesised list: {@code force_quote}
 * @param values the one word, text or number, or the names of columns; empty for an option that stands alone
 */
public record CopyOption(String name, Form form, List<String> values) {
    /** What stands behind an option's name. */
    public enum Form {
        NOTHING,
        TEXT,
        NUMBER,
        COLUMNS,
        ALL_COLUMNS
    }

    public CopyOption {
        values = List.copyOf(values);
    }

    static CopyOption text(String name, String value) {
        return new CopyOption(name, Form.TEXT, List.of(value));
    }

    /** The value as a text; empty for an option that stands alone or names columns. */
    String text() {
        return form == Form.TEXT || form == Form.NUMBER ? values.getFirst() : "";
    }

    String sql() {
        return switch (form) {
            case NOTHING -> name;
            case TEXT -> name + " '" + values.getFirst().replace("'", "''") + "'";
            case NUMBER -> name + " " + values.getFirst();
            case COLUMNS ->
                name + values.stream().map(QuotedNames::quoted).collect(Collectors.joining(", ", " (", ")"));
            case ALL_COLUMNS -> name + " *";
        };
    }
}
