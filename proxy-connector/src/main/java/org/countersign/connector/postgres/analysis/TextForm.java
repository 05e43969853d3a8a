package org.countersign.connector.postgres.analysis;

/**
 * What two texts share that differ only in white space, comments and plain literals: the key under which what one turned
 * out to mean predicts the other.
 */
public final class TextForm {
    private static final int INT_DIGITS = 9;
    private static final int BIGINT_DIGITS = 18;

    private TextForm() {}

    /** Tokens as written, plain strings as {@code '}, numbers by the type they get. */
    public static String of(Piece piece) {
        var form = new StringBuilder(piece.text().length());
        for (Token token : piece.tokens()) {
            switch (token.type()) {
                case STRING -> form.append(token.text().startsWith("'") ? "'" : token.text());
                case NUMBER -> number(token.text(), form);
                default -> form.append(token.text());
            }
            form.append('\n');
        }
        return form.toString();
    }

    private static void number(String text, StringBuilder form) {
        for (int i = 0; i < text.length(); i++) {
            if (!QuotedText.digit(text.charAt(i))) {
                form.append(text);
                return;
            }
        }
        if (text.length() <= INT_DIGITS) {
            form.append('1');
        } else if (text.length() <= BIGINT_DIGITS) {
            form.append('2');
        } else {
            form.append(text);
        }
    }
}
