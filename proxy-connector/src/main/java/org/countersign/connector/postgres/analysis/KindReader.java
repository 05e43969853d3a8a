package org.countersign.connector.postgres.analysis;

import java.util.Locale;
import java.util.Set;
import org.countersign.connector.postgres.analysis.StatementKind.Emulated;
import org.countersign.connector.postgres.analysis.StatementKind.Optimizable;
import org.countersign.connector.postgres.analysis.StatementKind.Refused;
import org.countersign.connector.postgres.analysis.StatementKind.TransactionControl;

/** Tells a statement's kind by its leading keywords. What it does not know is refused. */
final class KindReader {
    private static final Set<String> READS = Set.of("select", "values", "table");
    private static final Set<String> VERBS = Set.of("select", "values", "table", "insert", "update", "delete", "merge");

    private final Piece piece;

    KindReader(Piece piece) {
        this.piece = piece;
    }

    StatementKind kind() {
        Token first = piece.token(0);
        if (first.symbol("(")) {
            return parenthesised();
        }
        if (first.type() != Token.Type.WORD) {
            return new Refused("unknown", "The statement starts with no keyword.");
        }
        String word = first.folded();
        return switch (word) {
            case "select" -> selectsInto() ? UtilityReader.filled(UtilityReader.SELECT_INTO) : new Optimizable(word);
            case "values", "table", "insert", "update", "delete", "merge" -> new Optimizable(word);
            case "with" -> new Optimizable(verbBehindWith());
            case "begin", "start", "commit", "end", "rollback", "abort", "savepoint", "release" -> transaction(word);
            case "set", "reset", "show" -> new SettingReader(piece).kind();
            case "explain" -> new ExplainReader(piece).kind();
            case "discard", "deallocate" -> emulated(word);
            case CopyReader.NAME -> new CopyReader(piece).kind();
            case "prepare" -> new PreparedReader(piece).prepare();
            case "execute" -> new PreparedReader(piece).execute();
            case "declare", "fetch", "move", "close" -> new CursorReader(piece).kind();
            case "load" -> refused(word, "LOAD brings foreign code into the server.");
            default -> new UtilityReader(piece).kind();
        };
    }

    private StatementKind parenthesised() {
        int at = 0;
        while (piece.token(at).symbol("(")) {
            at++;
        }
        Token inner = piece.token(at);
        return inner.type() == Token.Type.WORD && (READS.contains(inner.folded()) || inner.is("with"))
                ? new Optimizable("select")
                : refused("unknown", "A parenthesised statement has to be a SELECT.");
    }

    /** INTO is a name only behind AS and behind a dot. The forms that are not found here are refused for their trees. */
    private boolean selectsInto() {
        for (int i = 1; i < piece.tokens().size(); i++) {
            Token before = piece.token(i - 1);
            if (piece.token(i).depth() == 0 && piece.token(i).is("into") && !before.is("as") && !before.symbol(".")) {
                return true;
            }
        }
        return false;
    }

    /** Only a label: what the statement does is read from its trees. */
    private String verbBehindWith() {
        for (int i = 2; i < piece.tokens().size(); i++) {
            Token token = piece.token(i);
            if (token.depth() == 0
                    && token.type() == Token.Type.WORD
                    && piece.token(i - 1).symbol(")")
                    && VERBS.contains(token.folded())) {
                return token.folded();
            }
        }
        return "with";
    }

    private StatementKind transaction(String word) {
        if (piece.token(1).is("prepared")) {
            return refused(word + " prepared", PreparedReader.TWO_PHASE);
        }
        for (Token token : piece.tokens()) {
            if (token.is("prepared")) {
                return refused(word, PreparedReader.TWO_PHASE);
            }
        }
        return switch (word) {
            case "start" ->
                piece.token(1).is("transaction")
                        ? new TransactionControl("start transaction")
                        : refused(word, "START begins only START TRANSACTION.");
            case "rollback", "abort" -> new TransactionControl(rollsBackToSavepoint() ? "rollback to savepoint" : word);
            case "release" -> new TransactionControl("release savepoint");
            default -> new TransactionControl(word);
        };
    }

    private boolean rollsBackToSavepoint() {
        return piece.tokens().stream().anyMatch(token -> token.is("to"));
    }

    /** Names on the target are the gateway's own, so these may not reach it as they are. */
    private StatementKind emulated(String word) {
        boolean whole = piece.tokens().size() == 2
                || piece.tokens().size() == 3 && piece.token(1).is("prepare");
        String what = piece.token(piece.tokens().size() - 1).type() == Token.Type.WORD
                ? piece.token(piece.tokens().size() - 1).folded()
                : "";
        boolean known = word.equals("deallocate")
                ? what.equals("all")
                : piece.tokens().size() == 2
                        && Set.of("all", "plans", "sequences", "temp", "temporary")
                                .contains(what);
        if (whole && known) {
            return new Emulated(word + " " + what);
        }
        Token last = piece.token(piece.tokens().size() - 1);
        return whole && word.equals("deallocate") && (last.type() == Token.Type.WORD || last.quotedName())
                ? new Emulated(word, last.identifier())
                : refused(word, "This form of " + word.toUpperCase(Locale.ROOT) + " is not supported.");
    }

    private static Refused refused(String name, String reason) {
        return new Refused(name, reason);
    }
}
