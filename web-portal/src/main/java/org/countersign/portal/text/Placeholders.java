package org.countersign.portal.text;

import java.util.ArrayList;
import java.util.List;

/**
 * Finds where a statement uses its parameters, so that their values can be shown beside {@code $1}. Only an aid for the
 * eye: the text itself is shown whole, and the values once more in a table.
 */
public final class Placeholders {
    /** @param number of the parameter, from 1 */
    public record Use(int from, int to, int number) {}

    private final String text;
    private final List<Use> uses = new ArrayList<>();
    private int at;

    private Placeholders(String text) {
        this.text = text;
    }

    /** Returns every {@code $n} outside literals, quoted names and comments, in order. */
    public static List<Use> in(String text) {
        var search = new Placeholders(text);
        while (search.at < text.length()) {
            search.step();
        }
        return List.copyOf(search.uses);
    }

    private void step() {
        char c = text.charAt(at);
        if (c == '\'') {
            skipQuoted('\'', followsEscapePrefix());
        } else if (c == '"') {
            skipQuoted('"', false);
        } else if (text.startsWith("--", at)) {
            skipLine();
        } else if (text.startsWith("/*", at)) {
            skipComment();
        } else if (Character.isLetter(c) || c == '_') {
            skipWord();
        } else if (c == '$') {
            dollar();
        } else {
            at++;
        }
    }

    private void skipQuoted(char quote, boolean escapes) {
        at++;
        while (at < text.length() && text.charAt(at) != quote) {
            at += escapes && text.charAt(at) == '\\' ? 2 : 1;
        }
        at++;
    }

    /** {@code E'…'} takes backslashes as escapes; a longer word before the quote is no prefix. */
    private boolean followsEscapePrefix() {
        return at > 0
                && (text.charAt(at - 1) == 'E' || text.charAt(at - 1) == 'e')
                && (at == 1 || !Character.isLetterOrDigit(text.charAt(at - 2)));
    }

    private void skipLine() {
        while (at < text.length() && text.charAt(at) != '\n' && text.charAt(at) != '\r') {
            at++;
        }
    }

    private void skipComment() {
        int depth = 0;
        do {
            if (text.startsWith("/*", at)) {
                depth++;
                at += 2;
            } else if (text.startsWith("*/", at)) {
                depth--;
                at += 2;
            } else {
                at++;
            }
        } while (depth > 0 && at < text.length());
    }

    /** A dollar sign belongs to a name that has begun. */
    private void skipWord() {
        while (at < text.length()
                && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '_' || text.charAt(at) == '$')) {
            at++;
        }
    }

    private void dollar() {
        int end = at + 1;
        while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
            end++;
        }
        if (end > at + 1 && end - at <= 6) {
            uses.add(new Use(at, end, Integer.parseInt(text.substring(at + 1, end))));
            at = end;
            return;
        }
        while (end < text.length() && (Character.isLetterOrDigit(text.charAt(end)) || text.charAt(end) == '_')) {
            end++;
        }
        if (end < text.length() && text.charAt(end) == '$') {
            String tag = text.substring(at, end + 1);
            int close = text.indexOf(tag, end + 1);
            at = close < 0 ? text.length() : close + tag.length();
        } else {
            at = end;
        }
    }
}
