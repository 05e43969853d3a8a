package org.countersign.connector.postgres.analysis;

import java.util.ArrayList;
import java.util.List;
import org.countersign.connector.postgres.analysis.StatementKind.Copy;
import org.countersign.connector.postgres.analysis.StatementKind.Optimizable;
import org.countersign.connector.postgres.analysis.StatementKind.Refused;

/**
 * Takes a COPY apart: what is copied, in which direction, under which options. Whatever it does not know is refused; what
 * it reads is written anew for the target, so a mistake here could not reach it.
 *
 * @see <a href="https://www.postgresql.org/docs/current/sql-copy.html">COPY</a>
 */
final class CopyReader {
    static final String NAME = "copy";
    private final CopyTokens tokens;
    private final Piece piece;

    CopyReader(Piece piece) {
        this.piece = piece;
        tokens = new CopyTokens(piece);
    }

    StatementKind kind() {
        try {
            tokens.next();
            return tokens.sees("(") ? query() : table();
        } catch (CopyTokens.UnknownFormException e) {
            return new Refused(NAME, e.reason());
        }
    }

    private StatementKind query() throws CopyTokens.UnknownFormException {
        int open = tokens.place();
        int depth = piece.token(open).depth();
        int close = open + 1;
        while (close < piece.tokens().size()
                && !(piece.token(close).symbol(")") && piece.token(close).depth() == depth)) {
            close++;
        }
        if (close >= piece.tokens().size() || close == open + 1) {
            throw tokens.unknown();
        }
        Token first = piece.token(open + 1);
        Token last = piece.token(close - 1);
        int offset = first.offset() - piece.offset();
        String text = piece.text()
                .substring(offset, last.offset() - piece.offset() + last.text().length());
        var inner = new Piece(text, first.offset(), piece.tokens().subList(open + 1, close));
        if (!(new KindReader(inner).kind() instanceof Optimizable optimizable)) {
            throw new CopyTokens.UnknownFormException("COPY takes its rows from a query, nothing else.");
        }
        tokens.jump(close + 1);
        tokens.expect("to");
        stream();
        return new Copy(NAME, new Copy.Query(optimizable, text, offset), false, new CopyOptionReader(tokens).options());
    }

    private StatementKind table() throws CopyTokens.UnknownFormException {
        var options = new ArrayList<CopyOption>();
        if (tokens.sees("binary") && !tokens.seesBehind("from") && !tokens.seesBehind("to")) {
            tokens.next();
            options.add(CopyOption.text("format", "binary"));
        }
        var name = new ArrayList<>(List.of(tokens.name()));
        while (tokens.skip(".")) {
            name.add(tokens.name());
        }
        List<String> columns = tokens.sees("(") ? tokens.names() : List.of();
        boolean in = tokens.skip("from");
        if (!in) {
            tokens.expect("to");
        }
        stream();
        boolean using = tokens.skip("using");
        if (tokens.skip("delimiters")) {
            options.add(CopyOption.text("delimiter", tokens.string()));
        } else if (using) {
            throw tokens.unknown();
        }
        var reader = new CopyOptionReader(tokens);
        options.addAll((in ? reader.optionsBeforeWhere() : reader.options()).given());
        var given = new CopyOptions(options);
        if (tokens.over()) {
            return new Copy(NAME, new Copy.Table(name, columns), in, given);
        }
        tokens.expect("where");
        if (tokens.over()) {
            throw tokens.unknown();
        }
        if (given.defaults()) {
            throw new CopyTokens.UnknownFormException("COPY … WHERE cannot be inspected together with DEFAULT.");
        }
        int at = tokens.peek().offset() - piece.offset();
        return new Copy(NAME, new Copy.Table(name, columns, piece.text().substring(at), at), in, given);
    }

    /** As for PostgreSQL both words mean the client, whatever the direction. */
    private void stream() throws CopyTokens.UnknownFormException {
        if (tokens.sees("program") || tokens.seesString()) {
            throw new CopyTokens.UnknownFormException(
                    "COPY with files or programs of the server cannot be inspected; use STDIN or STDOUT.");
        }
        if (!tokens.skip("stdin")) {
            tokens.expect("stdout");
        }
    }
}
