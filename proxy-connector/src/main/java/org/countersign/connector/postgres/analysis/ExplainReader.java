package org.countersign.connector.postgres.analysis;

import java.util.Set;
import org.countersign.connector.postgres.analysis.StatementKind.Explain;
import org.countersign.connector.postgres.analysis.StatementKind.Optimizable;
import org.countersign.connector.postgres.analysis.StatementKind.Refused;

/** Cuts the inner statement out of an EXPLAIN. */
final class ExplainReader {
    private static final Set<String> OPTIONS = Set.of(
            "analyze",
            "analyse",
            "verbose",
            "costs",
            "settings",
            "generic_plan",
            "buffers",
            "serialize",
            "wal",
            "timing",
            "summary",
            "memory",
            "format");
    private static final Set<String> OFF = Set.of("false", "off", "0");

    private final Piece piece;
    private boolean analyze;

    ExplainReader(Piece piece) {
        this.piece = piece;
    }

    StatementKind kind() {
        int at = 1;
        if (piece.token(1).symbol("(") && isOption(piece.token(2))) {
            at = afterOptions();
            if (at < 0) {
                return new Refused("explain", "This option of EXPLAIN is not supported.");
            }
        } else {
            if (piece.token(at).is("analyze") || piece.token(at).is("analyse")) {
                analyze = true;
                at++;
            }
            if (piece.token(at).is("verbose")) {
                at++;
            }
        }
        return inner(at);
    }

    private StatementKind inner(int at) {
        if (at >= piece.tokens().size()) {
            return new Refused("explain", "EXPLAIN of nothing.");
        }
        if (piece.token(at).is("execute")) {
            return new Refused("explain", "EXPLAIN EXECUTE is not supported; explain the prepared statement itself.");
        }
        int offset = piece.token(at).offset() - piece.offset();
        String text = piece.text().substring(offset);
        var tokens = piece.tokens().subList(at, piece.tokens().size());
        StatementKind inner = new KindReader(new Piece(text, piece.token(at).offset(), tokens)).kind();
        return inner instanceof Optimizable optimizable
                ? new Explain("explain", optimizable, text, offset, analyze)
                : new Refused("explain", "Only SELECT, INSERT, UPDATE, DELETE and MERGE can be explained.");
    }

    /** The token behind the option list; negative when an option is unknown. */
    private int afterOptions() {
        int at = 2;
        while (isOption(piece.token(at))) {
            boolean analyzes = piece.token(at).folded().startsWith("analy");
            at++;
            boolean valued = !piece.token(at).symbol(",") && !piece.token(at).symbol(")");
            if (valued) {
                Token.Type type = piece.token(at).type();
                if (type != Token.Type.WORD && type != Token.Type.NUMBER) {
                    return -1;
                }
            }
            if (analyzes) {
                analyze = !(valued && OFF.contains(piece.token(at).folded()));
            }
            at += valued ? 1 : 0;
            if (piece.token(at).symbol(")")) {
                return at + 1;
            }
            if (!piece.token(at).symbol(",")) {
                return -1;
            }
            at++;
        }
        return -1;
    }

    private static boolean isOption(Token token) {
        return token.type() == Token.Type.WORD && OPTIONS.contains(token.folded());
    }
}
