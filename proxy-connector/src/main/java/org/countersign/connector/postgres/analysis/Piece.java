package org.countersign.connector.postgres.analysis;

import java.util.List;
import java.util.Optional;

/**
 * One statement of a text.
 *
 * @param text from its first token to its last, without the semicolon
 * @param offset characters before it in the text that was split
 * @param tokens never empty; comments and white space left out
 * @param reason what the first of its comments that gives one says; of those before it and behind it too
 */
public record Piece(String text, int offset, List<Token> tokens, Optional<String> reason) {
    public Piece {
        tokens = List.copyOf(tokens);
    }

    /** A part of another one; it has no comments of its own. */
    Piece(String text, int offset, List<Token> tokens) {
        this(text, offset, tokens, Optional.empty());
    }

    /** The same; a reason that it does not give itself is this one. */
    Piece because(Optional<String> otherwise) {
        return new Piece(text, offset, tokens, reason.or(() -> otherwise));
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
