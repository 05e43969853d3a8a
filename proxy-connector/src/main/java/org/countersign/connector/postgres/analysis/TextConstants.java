package org.countersign.connector.postgres.analysis;

import java.util.List;
import org.countersign.model.masking.MaskOutput;

/** The text constants of a statement that could be what a mask shows. */
public final class TextConstants {
    private TextConstants() {}

    public static List<String> of(Piece statement) {
        return MaskOutput.possibleIn(statement.text())
                ? statement.tokens().stream()
                        .filter(token -> token.type() == Token.Type.STRING)
                        .map(TextConstants::value)
                        .filter(MaskOutput::possibleIn)
                        .toList()
                : List.of();
    }

    /** Of a text that was split before: none of one that cannot be. */
    public static List<String> of(String sql) {
        if (!MaskOutput.possibleIn(sql)) {
            return List.of();
        }
        try {
            return SqlLexer.split(sql).stream()
                    .flatMap(piece -> of(piece).stream())
                    .toList();
        } catch (LexException neverRuns) {
            return List.of();
        }
    }

    /** A constant in a rarer form, with Unicode escapes or in several parts, is taken as it is written. */
    private static String value(Token token) {
        return StringToken.value(token)
                .orElseGet(() -> token.text()
                        .substring(token.text().indexOf('\'') + 1, token.text().length() - 1));
    }
}
