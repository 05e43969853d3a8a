package org.countersign.connector.postgres.analysis;

import java.util.ArrayList;
import java.util.List;

/** The tokens of a COPY, read one after the other. */
final class CopyTokens {
    private final Piece piece;
    private int at;

    /** A form of COPY that is not known here. */
    static final class UnknownFormException extends Exception {
        private static final long serialVersionUID = 1;

        UnknownFormException(String reason) {
            super(reason, null, false, false);
        }

        String reason() {
            return String.valueOf(getMessage());
        }
    }

    CopyTokens(Piece piece) {
        this.piece = piece;
    }

    int place() {
        return at;
    }

    void jump(int place) {
        at = place;
    }

    Token next() {
        return piece.token(at++);
    }

    Token peek() {
        return piece.token(at);
    }

    boolean over() {
        return at >= piece.tokens().size();
    }

    /** Whether the next token is this keyword or symbol. */
    boolean sees(String what) {
        return is(piece.token(at), what);
    }

    boolean seesBehind(String what) {
        return is(piece.token(at + 1), what);
    }

    boolean seesString() {
        return piece.token(at).type() == Token.Type.STRING;
    }

    private static boolean is(Token token, String what) {
        return token.is(what) || token.symbol(what);
    }

    /** Takes the keyword or symbol if it is the next token. */
    boolean skip(String what) {
        boolean seen = sees(what);
        at += seen ? 1 : 0;
        return seen;
    }

    void expect(String what) throws UnknownFormException {
        if (!skip(what)) {
            throw unknown();
        }
    }

    /** A name, bare or in plain quotes. */
    String name() throws UnknownFormException {
        Token token = next();
        if (token.type() != Token.Type.WORD && !token.quotedName()) {
            throw unknown();
        }
        return token.identifier();
    }

    /** Names in parentheses. */
    List<String> names() throws UnknownFormException {
        expect("(");
        var names = new ArrayList<>(List.of(name()));
        while (skip(",")) {
            names.add(name());
        }
        expect(")");
        return names;
    }

    String string() throws UnknownFormException {
        return StringToken.value(next())
                .orElseThrow(() -> new UnknownFormException("This form of a string cannot be read in a COPY."));
    }

    UnknownFormException unknown() {
        return new UnknownFormException("This form of COPY is not known to the gateway.");
    }
}
