package org.countersign.connector.postgres.analysis;

import java.util.Set;

/** A USING in an ALTER TABLE: it may name an index or its method, or make a column's new values of its own old ones by a plain cast. */
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

    /** Whether the word before it begins a constraint, and is not the name of a type. */
    private boolean excludes() {
        if (using < 2 || !piece.token(using - 1).is("exclude")) {
            return false;
        }
        Token before = piece.token(using - 2);
        return !before.is("type") && !before.symbol(".");
    }

    private boolean castsItself() {
        Token column = altered();
        Token source = piece.token(using + 1);
        if (!column.canName() || !source.canName() || !source.identifier().equals(column.identifier())) {
            return false;
        }
        int at = using + 2;
        if (!piece.token(at).symbol(":") || !piece.token(at + 1).symbol(":")) {
            return ends(at);
        }
        at += 2;
        if (!named(at)) {
            return false;
        }
        at++;
        while (piece.token(at).symbol(".") && named(at + 1)) {
            at += 2;
        }
        while (!ends(at)) {
            Token token = piece.token(at);
            boolean modifier = token.type() == Token.Type.NUMBER
                    || token.symbol("(")
                    || token.symbol(")")
                    || token.symbol("[")
                    || token.symbol("]")
                    || token.symbol(",") && token.depth() > 0;
            if (!modifier && !(token.type() == Token.Type.WORD && OF_TYPES.contains(token.folded()))) {
                return false;
            }
            at++;
        }
        return true;
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
