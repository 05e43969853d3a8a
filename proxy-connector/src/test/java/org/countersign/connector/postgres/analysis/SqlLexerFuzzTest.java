package org.countersign.connector.postgres.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Nothing of a text gets lost between its statements, and a statement is the same whether it stands alone or not. */
class SqlLexerFuzzTest {
    static Stream<byte[]> seeds() {
        return Seeds.statements().stream().map(text -> text.getBytes(StandardCharsets.UTF_8));
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "1h")
    void splitsWithoutLosingAnything(byte[] text) {
        String sql = new String(text, StandardCharsets.UTF_8);
        List<Piece> pieces;
        try {
            pieces = SqlLexer.split(sql);
        } catch (LexException refused) {
            assertThat(refused.offset()).isBetween(0, sql.length());
            return;
        }
        int at = 0;
        for (Piece piece : pieces) {
            assertThat(piece.offset()).isGreaterThanOrEqualTo(at);
            assertThat(statements(sql.substring(at, piece.offset()))).isEmpty();
            assertThat(sql.startsWith(piece.text(), piece.offset())).isTrue();
            if (at > 0) {
                assertThat(semicolons(sql.substring(at, piece.offset()))).isPositive();
            }
            checkTokens(piece);
            at = piece.offset() + piece.text().length();
        }
        assertThat(statements(sql.substring(at))).isEmpty();
    }

    private static void checkTokens(Piece piece) {
        int at = 0;
        for (Token token : piece.tokens()) {
            int start = token.offset() - piece.offset();
            assertThat(start).isGreaterThanOrEqualTo(at);
            assertThat(statements(piece.text().substring(at, start))).isEmpty();
            assertThat(piece.text().startsWith(token.text(), start)).isTrue();
            assertThat(token.text()).isNotEmpty();
            assertThat(token.depth()).isNotNegative();
            at = start + token.text().length();
        }
        assertThat(at).isEqualTo(piece.text().length());
        assertThat(statements(piece.text()))
                .as("the statement alone")
                .singleElement()
                .satisfies(alone -> assertThat(described(alone, 0)).isEqualTo(described(piece, piece.offset())));
    }

    private static List<String> described(Piece piece, int before) {
        return piece.tokens().stream()
                .map(token -> token.type() + " " + (token.offset() - before) + " " + token.depth() + " " + token.text())
                .toList();
    }

    private static List<Piece> statements(String sql) {
        try {
            return SqlLexer.split(sql);
        } catch (LexException refused) {
            throw new AssertionError("a part of a text that could be split cannot be split", refused);
        }
    }

    /** What stands between two statements is white space, comments and semicolons. */
    private static int semicolons(String gap) {
        var quoted = new QuotedText(gap);
        int semicolons = 0;
        int at = 0;
        while (at < gap.length()) {
            if (gap.startsWith("--", at)) {
                at = quoted.endOfLineComment(at);
            } else if (gap.startsWith("/*", at)) {
                try {
                    at = quoted.endOfBlockComment(at);
                } catch (LexException open) {
                    throw new AssertionError(open);
                }
            } else {
                semicolons += gap.charAt(at) == ';' ? 1 : 0;
                at++;
            }
        }
        return semicolons;
    }
}
