package org.countersign.connector.postgres.analysis;

import org.jspecify.annotations.Nullable;

/** The tokens of PostgreSQL's node text: brackets, and words in which a backslash takes the next character as it is. */
final class NodeTokens {
    static final String TORN = "a quoted word is torn";

    private static final String BRACKETS = "(){}";
    private static final String QUOTE = "\"";

    private final String text;
    private int at;
    private boolean structural;
    private boolean nothing;
    private boolean endsInQuote;

    NodeTokens(String text) {
        this.text = text;
    }

    /** The next token without its escapes, or null at the end. */
    @Nullable
    String next() throws TreeException {
        skipSpace();
        structural = false;
        nothing = false;
        endsInQuote = false;
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

    /** Whether the word just read ends in a quote that it does not begin with: in a list it is the rest of a torn one. */
    boolean endsInQuote() {
        return endsInQuote;
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
        boolean quoted = word.startsWith(QUOTE);
        if (quoted && (word.length() == 1 || !word.endsWith(QUOTE))) {
            throw new TreeException(TORN);
        }
        // of a name that is not quoted only the first character is escaped
        endsInQuote = !quoted && word.endsWith(QUOTE);
        return escaped ? unescape(word) : word;
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
