package org.countersign.connector.postgres;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.countersign.connector.postgres.analysis.CopyOptions;

/**
 * COPY's CSV format. A value that looks like NULL is quoted and NULL never is, so they can be told apart.
 *
 * @see <a href="https://github.com/postgres/postgres/blob/master/src/backend/commands/copyto.c">CopyAttributeOutCSV</a>
 */
final class CopyCsvForm extends CopyLines {
    private static final byte[] END_OF_DATA = "\\.".getBytes(StandardCharsets.US_ASCII);
    private final CopyOptions options;
    private final byte quote;
    private final byte escape;

    CopyCsvForm(CopyOptions options, List<String> columns) {
        super(options, columns);
        this.options = options;
        quote = one(options.quote());
        escape = one(options.escape());
    }

    @Override
    Field field(byte[] line, int start, int end) {
        if (start < end && line[start] == quote) {
            return quoted(line, start, end);
        }
        int at = start;
        while (at < end && line[at] != delimiter) {
            if (line[at] == quote || line[at] == '\n' || line[at] == '\r') {
                throw unreadable();
            }
            at++;
        }
        byte[] raw = Arrays.copyOfRange(line, start, at);
        return new Field(raw, Arrays.equals(raw, absent) ? null : raw, at);
    }

    private Field quoted(byte[] line, int start, int end) {
        var value = new ByteArrayOutputStream(32);
        int at = start + 1;
        while (at < end) {
            byte c = line[at];
            boolean escaped = c == escape && at + 1 < end && (line[at + 1] == quote || line[at + 1] == escape);
            if (escaped) {
                value.write(line[at + 1]);
                at += 2;
            } else if (c == quote) {
                return new Field(Arrays.copyOfRange(line, start, at + 1), value.toByteArray(), at + 1);
            } else if (c == escape) {
                throw unreadable();
            } else {
                value.write(c);
                at++;
            }
        }
        throw unreadable();
    }

    @Override
    void write(byte[] value, int column, ByteArrayOutputStream out) {
        if (!options.forcesQuotes(column(column)) && !needsQuotes(value)) {
            out.writeBytes(value);
            return;
        }
        out.write(quote);
        for (byte c : value) {
            if (c == quote || c == escape) {
                out.write(escape);
            }
            out.write(c);
        }
        out.write(quote);
    }

    private boolean needsQuotes(byte[] value) {
        if (Arrays.equals(value, absent) || width() == 1 && Arrays.equals(value, END_OF_DATA)) {
            return true;
        }
        for (byte c : value) {
            if (c == delimiter || c == quote || c == '\n' || c == '\r') {
                return true;
            }
        }
        return false;
    }
}
