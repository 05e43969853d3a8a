package org.countersign.connector.postgres.analysis;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.countersign.connector.postgres.analysis.StatementKind.Argument;
import org.countersign.connector.postgres.analysis.StatementKind.ExecutePrepared;
import org.countersign.connector.postgres.analysis.StatementKind.Optimizable;
import org.countersign.connector.postgres.analysis.StatementKind.Prepare;
import org.countersign.connector.postgres.analysis.StatementKind.Refused;

/** Reads SQL's PREPARE and EXECUTE. */
final class PreparedReader {
    static final String TWO_PHASE =
            "Two-phase commit is not supported: a prepared transaction outlives the session that is"
                    + " recorded, and any session on the target could end it.";
    private final Piece piece;

    PreparedReader(Piece piece) {
        this.piece = piece;
    }

    /** PREPARE name [(types)] AS statement. */
    StatementKind prepare() {
        if (piece.token(1).is("transaction")) {
            return new Refused("prepare transaction", TWO_PHASE);
        }
        List<List<Token>> types = piece.token(2).symbol("(") ? listFrom(2) : List.of();
        int as = piece.token(2).symbol("(") ? closing(2) + 1 : 2;
        if (!piece.token(1).canName()
                || !piece.token(as).is("as")
                || as + 1 >= piece.tokens().size()) {
            return mistake();
        }
        int offset = piece.token(as + 1).offset() - piece.offset();
        String text = piece.text().substring(offset);
        var tokens = piece.tokens().subList(as + 1, piece.tokens().size());
        StatementKind inner = new KindReader(new Piece(text, piece.token(as + 1).offset(), tokens)).kind();
        return inner instanceof Optimizable optimizable
                ? new Prepare(
                        "prepare",
                        piece.token(1).identifier(),
                        types.stream().map(this::text).toList(),
                        optimizable,
                        text,
                        offset)
                : mistake();
    }

    /** EXECUTE name [(constants)]. */
    StatementKind execute() {
        boolean plain = piece.tokens().size() == 2;
        boolean listed =
                piece.token(2).symbol("(") && closing(2) == piece.tokens().size() - 1;
        if (!piece.token(1).canName() || !plain && !listed) {
            return mistake();
        }
        var arguments = new ArrayList<Argument>();
        for (List<Token> written : listed ? listFrom(2) : List.<List<Token>>of()) {
            Optional<Argument> constant = constant(written);
            if (constant.isEmpty()) {
                return new Refused(
                        "execute",
                        "An argument has to be a plain constant; bind others through the driver's protocol.");
            }
            arguments.add(constant.get());
        }
        return new ExecutePrepared("execute", piece.token(1).identifier(), arguments);
    }

    private static Optional<Argument> constant(List<Token> written) {
        boolean signed = written.size() == 2 && written.getFirst().symbol("-");
        if (written.size() != 1 && !signed) {
            return Optional.empty();
        }
        Token token = written.getLast();
        String text = token.text();
        return switch (token.type()) {
            case NUMBER ->
                text.matches("[0-9]{1,18}")
                        ? Optional.of(new Argument(Argument.Form.WHOLE, (signed ? "-" : "") + text))
                        : text.matches("(?=[0-9.]*[0-9])[0-9]{0,18}\\.?[0-9]{0,18}(?:[eE][+-]?[0-9]{1,2})?")
                                ? Optional.of(new Argument(Argument.Form.NUMBER, (signed ? "-" : "") + text))
                                : Optional.empty();
            case STRING ->
                text.startsWith("'") && !signed && text.indexOf('\n') < 0
                        ? Optional.of(new Argument(
                                Argument.Form.TEXT,
                                text.substring(1, text.length() - 1).replace("''", "'")))
                        : Optional.empty();
            case WORD ->
                switch (signed ? "" : token.folded()) {
                    case "null" -> Optional.of(new Argument(Argument.Form.NOTHING, ""));
                    case "true", "false" -> Optional.of(new Argument(Argument.Form.TRUTH, token.folded()));
                    default -> Optional.empty();
                };
            case QUOTED_NAME, PARAMETER, SYMBOL -> Optional.empty();
        };
    }

    /** What stands between the commas of the parenthesis that opens here. */
    private List<List<Token>> listFrom(int open) {
        var items = new ArrayList<List<Token>>();
        var item = new ArrayList<Token>();
        int depth = piece.token(open).depth() + 1;
        for (int at = open + 1; at < closing(open); at++) {
            Token token = piece.token(at);
            if (token.symbol(",") && token.depth() == depth) {
                items.add(List.copyOf(item));
                item.clear();
            } else {
                item.add(token);
            }
        }
        items.add(List.copyOf(item));
        return items;
    }

    private int closing(int open) {
        for (int at = open + 1; at < piece.tokens().size(); at++) {
            if (piece.token(at).symbol(")")
                    && piece.token(at).depth() == piece.token(open).depth()) {
                return at;
            }
        }
        return piece.tokens().size();
    }

    private String text(List<Token> tokens) {
        if (tokens.isEmpty()) {
            return "";
        }
        Token last = tokens.getLast();
        return piece.text()
                .substring(
                        tokens.getFirst().offset() - piece.offset(),
                        last.offset() - piece.offset() + last.text().length());
    }

    /** A mistake, which the server can tell, or a form that is not followed here. */
    private static Refused mistake() {
        return new Refused(
                Refused.UNKNOWN, "Only SELECT, INSERT, UPDATE, DELETE and MERGE can be prepared, under a plain name.");
    }
}
