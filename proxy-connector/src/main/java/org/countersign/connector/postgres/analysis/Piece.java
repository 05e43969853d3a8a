package org.countersign.connector.postgres.analysis;

import java.util.List;

/**
 * One statement of a text.
 *
 * @param text from its first token to its last, without the semicolon
 * @param offset characters before it in the text that was split
 * @param tokens never empty; comments and white space left out
 */
public record Piece(String text, int offset, List<Token> tokens) {
    public Piece {
        tokens = List.copyOf(tokens);
    }

    /** The token at this place, or an empty symbol beyond the end. */
    Token token(int index) {
        return index < tokens.size() ? tokens.get(index) : new Token(Token.Type.SYMBOL, "", offset + text.length(), 0);
    }

    /** Statements may hold values: they stay out of logs. */
    @Override
    public String toString() {
        return "Piece[" + tokens.size() + " tokens]";
    }
}
