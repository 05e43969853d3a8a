package org.countersign.connector.postgres;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.countersign.connector.postgres.analysis.LexException;
import org.countersign.connector.postgres.analysis.SqlLexer;
import org.countersign.connector.postgres.analysis.StatementKind;
import org.countersign.connector.postgres.analysis.StatementKind.Copy;
import org.countersign.wire.WireException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CopyFormTest {
    private static final String HEADER = "PGCOPY\n\u00ff\r\n\0\0\0\0\0\0\0\0\0";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n",
                "a\n",
                "a\tb",
                "a\tb\tc\n",
                "a\tb\nc\td\n",
                "a\tb\n\n",
                "a\rb\tc\n",
                "a\\\tb\n",
                "a\tb\\\n"
            })
    void takesNoTextMessageThatIsNotOneRow(String message) throws Exception {
        unreadable("", message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n",
                "a,b",
                "a,b,c\n",
                "a,b\nc,d\n",
                "\"a,b\n",
                "\"a\"b,c\n",
                "a\"b,c\n",
                "a,\"b\"\"\n",
                "a,b\r\n"
            })
    void takesNoCsvMessageThatIsNotOneRow(String message) throws Exception {
        unreadable("csv", message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "PGCOPY",
                "\0\2\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff",
                HEADER + "\0",
                HEADER + "\0\1\u00ff\u00ff\u00ff\u00ff",
                HEADER + "\0\2\u00ff\u00ff\u00ff\u00ff",
                HEADER + "\0\2\u00ff\u00ff\u00ff\u00ff\0\0\0\2a",
                HEADER + "\0\2\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00fe",
                HEADER + "\0\2\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ffx",
                HEADER + "\u00ff\u00ffx",
            })
    void takesNoBinaryMessageThatIsNotOneRow(String message) throws Exception {
        unreadable("binary", message);
    }

    @Test
    void takesNothingBehindTheTrailer() throws Exception {
        CopyForm form = form("binary");
        assertThat(form.row(bytes(HEADER))).isEmpty();
        assertThat(form.row(bytes("\u00ff\u00ff"))).isEmpty();
        assertThatThrownBy(() -> form.row(bytes("\u00ff\u00ff"))).isInstanceOf(WireException.class);
    }

    @Test
    void takesNoHeaderWithOtherNames() throws Exception {
        assertThatThrownBy(() -> form("csv header").row(bytes("a,4111\n"))).isInstanceOf(WireException.class);
        assertThat(form("csv header").row(bytes("a,b\n"))).isEmpty();
    }

    @Test
    void writesOtherValuesAsTheServerWould() throws Exception {
        assertThat(rewritten("", "x\ty\n", "a\tb\\c\n", null)).isEqualTo("a\\tb\\\\c\\n\t\\N\n");
        assertThat(rewritten("(delimiter '|', null '-')", "x|\\N\n", "a|b", null))
                .isEqualTo("a\\|b|-\n");
        assertThat(rewritten("csv", "x,\"y\"\n", "a,b", "c\"d")).isEqualTo("\"a,b\",\"c\"\"d\"\n");
        assertThat(rewritten("csv null 'z'", "x,y\n", "z", null)).isEqualTo("\"z\",z\n");
        assertThat(rewritten("csv force quote b", "x,\"y\"\n", "p", "q")).isEqualTo("p,\"q\"\n");
        assertThat(rewritten("csv escape '!'", "x,y\n", "p!\"", "q!")).isEqualTo("\"p!!!\"\",q!\n");
        assertThat(rewritten("binary", HEADER + "\0\2\0\0\0\1x\0\0\0\1y", "pq", null))
                .isEqualTo(HEADER + "\0\2\0\0\0\2pq\u00ff\u00ff\u00ff\u00ff");
    }

    private static String rewritten(String options, String message, @Nullable String... values) throws Exception {
        CopyForm form = form(options);
        assertThat(form.row(bytes(message))).isPresent();
        var others = new ArrayList<byte @Nullable []>();
        Arrays.stream(values).forEach(value -> others.add(value == null ? null : bytes(value)));
        return new String(form.written(others), ISO_8859_1);
    }

    private static void unreadable(String options, String message) throws LexException {
        CopyForm form = form(options);
        assertThatThrownBy(() -> form.row(bytes(message))).isInstanceOf(WireException.class);
    }

    private static CopyForm form(String options) throws LexException {
        var kind =
                StatementKind.of(SqlLexer.split("copy t to stdout " + options).getFirst());
        return CopyForm.of(((Copy) kind).options(), List.of("a", "b"));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(ISO_8859_1);
    }
}
