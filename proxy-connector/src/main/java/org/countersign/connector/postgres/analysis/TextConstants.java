package org.countersign.connector.postgres.analysis;

import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.countersign.model.masking.MaskOutput;

/** The text constants of a statement that could be what a mask shows. */
public final class TextConstants {
    private static final int HEX = 16;
    private static final Pattern UNICODE = Pattern.compile("[uU]&'");
    private static final Pattern CONTINUED = Pattern.compile("'\\s*[\r\n]\\s*'");
    private static final Pattern ESCAPE = Pattern.compile(
            "[^0-9a-zA-Z+'\"\\s](?:\\+([0-9a-fA-F]{6})|U([0-9a-fA-F]{8})|u([0-9a-fA-F]{4})|x([0-9a-fA-F]{1,2})|([0-9a-fA-F]{4}))");

    private TextConstants() {}

    public static List<String> of(Piece statement) {
        return possibleIn(statement.text())
                ? statement.tokens().stream()
                        .filter(token -> token.type() == Token.Type.STRING)
                        .flatMap(TextConstants::values)
                        .filter(MaskOutput::possibleIn)
                        .toList()
                : List.of();
    }

    /** Behind a backslash any character may be written. */
    private static boolean possibleIn(String sql) {
        return MaskOutput.possibleIn(sql)
                || sql.indexOf('\\') >= 0
                || UNICODE.matcher(sql).find();
    }

    /** Of a text that was split before: none of one that cannot be. */
    public static List<String> of(String sql) {
        if (!possibleIn(sql)) {
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

    private static Stream<String> values(Token token) {
        return StringToken.value(token).map(Stream::of).orElseGet(() -> rarer(token.text()));
    }

    /**
     * A constant with Unicode escapes, or in several parts, as it is written and without them. Which character escapes
     * stands behind the constant, so every one that can is tried where its digits follow.
     */
    private static Stream<String> rarer(String written) {
        String body = CONTINUED
                .matcher(written.substring(written.indexOf('\'') + 1, written.length() - 1))
                .replaceAll("");
        String plain = ESCAPE.matcher(body)
                .replaceAll(escape -> Matcher.quoteReplacement(character(Stream.of(1, 2, 3, 4, 5)
                        .map(escape::group)
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElseThrow())));
        return Stream.of(body, plain);
    }

    private static String character(String digits) {
        long point = Long.parseLong(digits, HEX);
        return point <= Character.MAX_CODE_POINT ? Character.toString((int) point) : "";
    }
}
