package org.countersign.connector.postgres.analysis;

import java.util.Set;
import org.countersign.connector.postgres.analysis.StatementKind.CursorUse;
import org.countersign.connector.postgres.analysis.StatementKind.Declare;
import org.countersign.connector.postgres.analysis.StatementKind.Optimizable;
import org.countersign.connector.postgres.analysis.StatementKind.Refused;

/** Reads the statements about SQL cursors: where their names stand, for a client's name never reaches the target. */
final class CursorReader {
    private static final Set<String> OPTIONS = Set.of("binary", "asensitive", "insensitive", "scroll", "no");

    private final Piece piece;

    CursorReader(Piece piece) {
        this.piece = piece;
    }

    StatementKind kind() {
        String word = piece.token(0).folded();
        return switch (word) {
            case "declare" -> declare();
            case "close" ->
                piece.tokens().size() == 2 && piece.token(1).is("all")
                        ? new CursorUse("close all", "", 0, 0)
                        : piece.tokens().size() == 2 ? use("close") : refused();
            default -> use(word);
        };
    }

    /** DECLARE name [options] CURSOR [WITH HOLD | WITHOUT HOLD] FOR query. */
    private StatementKind declare() {
        Token name = piece.token(1);
        int at = 2;
        boolean binary = false;
        while (piece.token(at).type() == Token.Type.WORD
                && OPTIONS.contains(piece.token(at).folded())) {
            binary |= piece.token(at).is("binary");
            at++;
        }
        boolean holds = piece.token(at + 1).is("with");
        boolean chosen = holds || piece.token(at + 1).is("without");
        int query = at + (chosen ? 4 : 2);
        boolean form = name.canName()
                && piece.token(at).is("cursor")
                && (!chosen || piece.token(at + 2).is("hold"))
                && piece.token(query - 1).is("for")
                && query < piece.tokens().size();
        if (!form) {
            return refused();
        }
        int offset = piece.token(query).offset() - piece.offset();
        String text = piece.text().substring(offset);
        var tokens = piece.tokens().subList(query, piece.tokens().size());
        StatementKind inner = new KindReader(new Piece(text, piece.token(query).offset(), tokens)).kind();
        return inner instanceof Optimizable optimizable
                ? new Declare(
                        "declare",
                        name.identifier(),
                        name.offset() - piece.offset(),
                        name.text().length(),
                        holds,
                        binary,
                        optimizable,
                        text,
                        offset)
                : new Refused(Refused.UNKNOWN, "A cursor is for a SELECT or VALUES.");
    }

    /** In every form of FETCH, MOVE and CLOSE the cursor's name comes last. */
    private StatementKind use(String word) {
        Token name = piece.token(piece.tokens().size() - 1);
        return piece.tokens().size() > 1 && name.canName()
                ? new CursorUse(
                        word,
                        name.identifier(),
                        name.offset() - piece.offset(),
                        name.text().length())
                : refused();
    }

    /** A mistake, which the server can tell, or a name in a form that is not followed here. */
    private static Refused refused() {
        return new Refused(Refused.UNKNOWN, "The name of a cursor has to be a plain or plainly quoted identifier.");
    }
}
