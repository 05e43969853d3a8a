package org.countersign.connector.postgres.analysis;

import java.util.Set;

/** A USING in an ALTER TABLE: it may name an index or its method, or make a column's new values of its own by a plain cast. */
final class UsingClause {
    /** What types of several words are made of; no operator can be written with these words alone. */
    private static final Set<String> OF_TYPES = Set.of("precision", "varying", "with", "without", "time", "zone");

    private final Piece piece;
    private final int using;

    /** @param using the token */
    UsingClause(Piece piece, int using) {
        this.piece = piece;
        this.using = using;
    }

    /** Whether it may bring a value of another column, or of no column, into a column. */
    boolean movesValues() {
        return !piece.token(using + 1).is("index") && !excludes() && !castsItself();
    }

    /** Whether the word before it begins a constraint, and is not the name of a type or a collation. */
    private boolean excludes() {
        return using > 2
                && piece.token(using - 1).is("exclude")
                && (piece.token(using - 2).is("add") || piece.token(using - 3).is("constraint"));
    }

    /** {@code column}, {@code column::type} or one of them in parentheses, and nothing behind it. */
    private boolean castsItself() {
        boolean inParentheses = piece.token(using + 1).symbol("(");
        int at = inParentheses ? using + 2 : using + 1;
        Token column = altered();
        Token source = piece.token(at++);
        if (!column.canName() || !source.canName() || !source.identifier().equals(column.identifier())) {
            return false;
        }
        if (piece.token(at).symbol(":") && piece.token(at + 1).symbol(":")) {
            at = behindType(at + 2);
        }
        if (at > 0 && inParentheses) {
            at = piece.token(at).symbol(")") ? at + 1 : 0;
        }
        return at > 0 && ends(at);
    }

    /** Where the name of a type ends that begins here; 0 when none does. */
    private int behindType(int from) {
        if (!named(from)) {
            return 0;
        }
        int at = from + 1;
        while (piece.token(at).symbol(".") && named(at + 1)) {
            at += 2;
        }
        int open = 0;
        while (true) {
            Token token = piece.token(at);
            if (token.symbol("(") || token.symbol("[")) {
                open++;
            } else if (open > 0 && (token.symbol(")") || token.symbol("]"))) {
                open--;
            } else if (!(open > 0 ? token.type() == Token.Type.NUMBER || token.symbol(",") : ofType(token))) {
                return open == 0 ? at : 0;
            }
            at++;
        }
    }

    private static boolean ofType(Token token) {
        return token.type() == Token.Type.WORD && OF_TYPES.contains(token.folded());
    }

    /** The name behind the last {@code ALTER [COLUMN]} before it. */
    private Token altered() {
        int alter = using;
        while (alter > 0
                && !(piece.token(alter).depth() == 0 && piece.token(alter).is("alter"))) {
            alter--;
        }
        return piece.token(piece.token(alter + 1).is("column") ? alter + 2 : alter + 1);
    }

    private boolean named(int at) {
        return piece.token(at).type() == Token.Type.WORD || piece.token(at).quotedName();
    }

    private boolean ends(int at) {
        return at >= piece.tokens().size()
                || piece.token(at).depth() == 0
                        && (piece.token(at).symbol(",") || piece.token(at).symbol(";"));
    }
}
