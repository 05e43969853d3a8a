package org.countersign.connector.postgres;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.countersign.connector.postgres.analysis.CopyOptions;

/**
 * COPY's text format. What stands for NULL is chosen by the client and could equal a value, so the target is always asked
 * for the one text that no value can look like.
 *
 * @see <a href="https://github.com/postgres/postgres/blob/master/src/backend/commands/copyto.c">CopyAttributeOutText</a>
 */
final class CopyTextForm extends CopyLines {
    private static final String CONTROLS = "\b\f\n\r\t\u000b";
    private static final String LETTERS = "bfnrtv";
    private static final int FIRST_PRINTABLE = 0x20;
    private final byte[] distinct;

    CopyTextForm(CopyOptions options, List<String> columns) {
        super(options, columns);
        distinct = options.distinct().getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    Field field(byte[] line, int start, int end) {
        var value = new ByteArrayOutputStream(32);
        int at = start;
        while (at < end && line[at] != delimiter) {
            byte c = line[at++];
            if (c == '\n' || c == '\r') {
                throw unreadable();
            }
            if (c == '\\') {
                if (at == end) {
                    throw unreadable();
                }
                byte escaped = line[at++];
                int letter = LETTERS.indexOf(escaped);
                value.write(letter < 0 ? escaped : CONTROLS.charAt(letter));
            } else {
                value.write(c);
            }
        }
        byte[] raw = Arrays.copyOfRange(line, start, at);
        return new Field(raw, Arrays.equals(raw, distinct) ? null : value.toByteArray(), at);
    }

    @Override
    void write(byte[] value, int column, ByteArrayOutputStream out) {
        for (byte c : value) {
            int control = c >= 0 && c < FIRST_PRINTABLE ? CONTROLS.indexOf(c) : -1;
            if (control >= 0) {
                out.write('\\');
                out.write(LETTERS.charAt(control));
            } else {
                if (c == '\\' || c == delimiter) {
                    out.write('\\');
                }
                out.write(c);
            }
        }
    }
}
