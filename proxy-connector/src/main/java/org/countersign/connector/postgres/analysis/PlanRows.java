package org.countersign.connector.postgres.analysis;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Reads how many rows the plans of {@code EXPLAIN (FORMAT JSON)} expect. The target is not trusted: what is not such a
 * document has no number.
 */
public final class PlanRows {
    private static final int MAX_DEPTH = 400;

    private final String json;
    private int at;
    private int depth;

    private PlanRows(String json) {
        this.json = json;
    }

    /**
     * Returns the rows that would come back or that writes would change, whichever are more; of several statements that a
     * rule made of one, those of all.
     */
    public static OptionalLong of(String json) {
        try {
            var reader = new PlanRows(json);
            Object document = reader.value();
            reader.space();
            if (!(document instanceof List<?> statements) || reader.at != json.length()) {
                return OptionalLong.empty();
            }
            double rows = 0;
            for (Object statement : statements) {
                if (!(statement instanceof Map<?, ?> object) || !(object.get("Plan") instanceof Map<?, ?> plan)) {
                    return OptionalLong.empty();
                }
                rows += Math.max(rows(plan), changed(plan));
            }
            return OptionalLong.of((long) Math.min(rows, Long.MAX_VALUE / 2.0));
        } catch (NotJsonException e) {
            return OptionalLong.empty();
        }
    }

    private static double rows(Map<?, ?> node) throws NotJsonException {
        if (node.get("Plan Rows") instanceof Double rows && rows >= 0) {
            return rows;
        }
        throw new NotJsonException();
    }

    /** What comes out of the plan below a write is what it changes. */
    private static double changed(Map<?, ?> node) throws NotJsonException {
        double changed = 0;
        if (node.get("Plans") instanceof List<?> children) {
            boolean writes = "ModifyTable".equals(node.get("Node Type"));
            for (Object child : children) {
                if (!(child instanceof Map<?, ?> plan)) {
                    throw new NotJsonException();
                }
                changed += changed(plan);
                if (writes && "Outer".equals(plan.get("Parent Relationship"))) {
                    changed += rows(plan);
                }
            }
        }
        return changed;
    }

    private static final class NotJsonException extends Exception {
        private static final long serialVersionUID = 1L;

        NotJsonException() {
            super("not the JSON of a plan", null, false, false);
        }
    }

    private Object value() throws NotJsonException {
        if (++depth > MAX_DEPTH) {
            throw new NotJsonException();
        }
        space();
        Object value = switch (peek()) {
            case '{' -> object();
            case '[' -> array();
            case '"' -> string();
            default -> literal();
        };
        depth--;
        return value;
    }

    private Map<String, Object> object() throws NotJsonException {
        var members = new HashMap<String, Object>();
        at++;
        space();
        while (peek() != '}') {
            String name = string();
            space();
            expect(':');
            members.put(name, value());
            next('}');
        }
        at++;
        return members;
    }

    private List<Object> array() throws NotJsonException {
        var items = new ArrayList<>();
        at++;
        space();
        while (peek() != ']') {
            items.add(value());
            next(']');
        }
        at++;
        return items;
    }

    private void next(char end) throws NotJsonException {
        space();
        if (peek() != end) {
            expect(',');
            space();
        }
    }

    /** The letters behind a backslash do not matter here: no name that is looked for has any. */
    private String string() throws NotJsonException {
        expect('"');
        var text = new StringBuilder();
        while (peek() != '"') {
            if (json.charAt(at) == '\\') {
                at++;
                text.append('\\');
            }
            text.append(peek());
            at++;
        }
        at++;
        return text.toString();
    }

    private Object literal() throws NotJsonException {
        int from = at;
        while (at < json.length() && "+-.0123456789abcdefghijklmnopqrstuvwxyzE".indexOf(json.charAt(at)) >= 0) {
            at++;
        }
        String text = json.substring(from, at);
        if (text.equals("true") || text.equals("false") || text.equals("null")) {
            return text;
        }
        try {
            return Double.valueOf(text);
        } catch (NumberFormatException e) {
            throw new NotJsonException();
        }
    }

    private void space() {
        while (at < json.length() && " \t\r\n".indexOf(json.charAt(at)) >= 0) {
            at++;
        }
    }

    private char peek() throws NotJsonException {
        if (at >= json.length()) {
            throw new NotJsonException();
        }
        return json.charAt(at);
    }

    private void expect(char wanted) throws NotJsonException {
        if (peek() != wanted) {
            throw new NotJsonException();
        }
        at++;
    }
}
