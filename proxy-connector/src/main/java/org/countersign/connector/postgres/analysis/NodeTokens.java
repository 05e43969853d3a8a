package org.countersign.connector.postgres.analysis;

import org.jspecify.annotations.Nullable;

/** The tokens of PostgreSQL's node text: brackets, and words in which a backslash takes the next character as it is. */
final class NodeTokens {
    private static final String BRACKETS = "(){}";

    private final String text;
    private int at;
    private boolean structural;
    private boolean nothing;

    NodeTokens(String text) {
        this.text = text;
    }

    /** The next token without its escapes, or null at the end. */
    @Nullable
    String next() throws TreeException {
        skipSpace();
        structural = false;
        nothing = false;
        if (at >= text.length()) {
            return null;
        }
        char c = text.charAt(at);
        if (BRACKETS.indexOf(c) >= 0) {
            structural = true;
            at++;
            return String.valueOf(c);
        }
        int start = at;
        String word = scan();
        nothing = at - start == 2 && word.equals("<>");
        return word;
    }

    /** Whether the token just read is a bracket. */
    boolean structural() {
        return structural;
    }

    /** Whether the token just read is an unescaped {@code <>}. */
    boolean nothing() {
        return nothing;
    }

    /** The next token, which has to be there. */
    String word() throws TreeException {
        String word = next();
        if (word == null || word.isEmpty()) {
            throw new TreeException("the tree ends too early");
        }
        return word;
    }

    /** Whether a list goes on as {@code (b}, {@code (i}, {@code (o} or {@code (x}. */
    boolean numbersAhead() {
        boolean kind = at + 1 < text.length() && "biox".indexOf(text.charAt(at)) >= 0;
        return kind && (text.charAt(at + 1) == ')' || space(text.charAt(at + 1)));
    }

    /** Whether the bytes of a constant follow: {@code 4 [ 1 0 0 0 ]}. */
    boolean bytesAhead() {
        skipSpace();
        return at < text.length() && text.charAt(at) == '[';
    }

    String bytes() throws TreeException {
        int close = text.indexOf(']', at);
        if (close < 0) {
            throw new TreeException("the tree ends too early");
        }
        String bytes = text.substring(at + 1, close).strip();
        at = close + 1;
        for (int i = 0; i < bytes.length(); i++) {
            char c = bytes.charAt(i);
            if (!QuotedText.digit(c) && c != '-' && !space(c)) {
                throw new TreeException("a constant holds something that is no byte");
            }
        }
        return bytes;
    }

    private String scan() throws TreeException {
        int start = at;
        boolean escaped = false;
        while (at < text.length() && !space(text.charAt(at)) && BRACKETS.indexOf(text.charAt(at)) < 0) {
            if (text.charAt(at) == '\\') {
                escaped = true;
                at++;
            }
            at++;
        }
        if (at > text.length()) {
            throw new TreeException("the tree ends too early");
        }
        String word = text.substring(start, at);
        boolean wellQuoted = word.length() > 1 && word.startsWith("\"") && word.endsWith("\"");
        if (word.indexOf('"') >= 0 && !wellQuoted && !plainName(word)) {
            throw new TreeException("a quoted word is torn");
        }
        return escaped ? unescape(word) : word;
    }

    /** A name that holds quotes without being quoted: only the first character of a word is escaped. */
    private static boolean plainName(String word) {
        return !word.startsWith("\"") && !word.endsWith("\"");
    }

    private static String unescape(String word) {
        var plain = new StringBuilder(word.length());
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            if (c == '\\' && i + 1 < word.length()) {
                i++;
                c = word.charAt(i);
            }
            plain.append(c);
        }
        return plain.toString();
    }

    private void skipSpace() {
        while (at < text.length() && space(text.charAt(at))) {
            at++;
        }
    }

    private static boolean space(char c) {
        return c == ' ' || c == '\n' || c == '\t' || c == '\r';
    }
}
