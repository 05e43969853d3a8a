package org.countersign.connector.postgres;

import java.util.Optional;
import org.countersign.connector.postgres.analysis.Piece;
import org.countersign.connector.postgres.analysis.Token;
import org.countersign.wire.postgres.Diagnostic;
import org.countersign.wire.postgres.Subject;

/** In a simple Query nothing is bound: the server knows no parameter there, whatever type it could have. */
final class NoParameters {
    private static final String INDETERMINATE_TYPE = "42P18";

    private NoParameters() {}

    /** What the server would find about a statement of a simple Query, by what it finds when it is prepared. */
    static Finding finding(Talk talk, Piece piece, Finding prepared) {
        return switch (prepared) {
            case Finding.Understood understood -> {
                if (understood.statement().parameterTypes().isEmpty()) {
                    yield prepared;
                }
                understood.statement().target().ifPresent(name -> talk.leave(Subject.STATEMENT, name));
                yield new Finding.Mistaken(noParameter(piece));
            }
            case Finding.Mistaken mistaken ->
                mistaken.diagnostic().sqlState().equals(INDETERMINATE_TYPE)
                        ? new Finding.Mistaken(noParameter(piece))
                        : prepared;
            case Finding.Unreadable unreadable -> prepared;
        };
    }

    private static Diagnostic noParameter(Piece piece) {
        Optional<Token> parameter = piece.tokens().stream()
                .filter(token -> token.type() == Token.Type.PARAMETER)
                .findFirst();
        var error = Diagnostic.of(
                "ERROR",
                "42P02",
                "there is no parameter " + parameter.map(Token::text).orElse("$1"));
        return parameter
                .map(token -> error.with(
                        Diagnostic.POSITION,
                        Integer.toString(piece.text().codePointCount(0, token.offset() - piece.offset()) + 1)))
                .orElse(error);
    }
}
