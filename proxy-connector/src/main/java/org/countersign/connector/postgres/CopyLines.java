package org.countersign.connector.postgres;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.countersign.connector.postgres.analysis.CopyOptions;
import org.countersign.wire.WireException;
import org.jspecify.annotations.Nullable;

/** What the text and the CSV format have in common: a line for each row, values between delimiters. */
abstract class CopyLines implements CopyForm {
    final byte delimiter;
    final byte[] absent;
    private final List<String> columns;
    private boolean header;
    private List<Field> fields = List.of();

    /**
     * A value of a line.
     *
     * @param raw as it is written
     * @param end where it ends in the line
     */
    record Field(byte[] raw, byte @Nullable [] value, int end) {}

    CopyLines(CopyOptions options, List<String> columns) {
        this.columns = List.copyOf(columns);
        delimiter = one(options.delimiter());
        absent = options.absent().getBytes(StandardCharsets.UTF_8);
        header = options.header();
    }

    static byte one(String character) {
        byte[] bytes = character.getBytes(StandardCharsets.UTF_8);
        if (bytes.length != 1) {
            throw new WireException("the target accepted a delimiter that is no single byte");
        }
        return bytes[0];
    }

    /** Reads the value that starts here; the line's end is its last byte but the line feed. */
    abstract Field field(byte[] line, int start, int end);

    /** Writes a value that was not read. */
    abstract void write(byte[] value, int column, ByteArrayOutputStream out);

    final String column(int index) {
        return columns.get(index);
    }

    final int width() {
        return columns.size();
    }

    @Override
    public final Optional<List<byte @Nullable []>> row(byte[] message) {
        int end = message.length - 1;
        if (end < 0 || message[end] != '\n') {
            throw unreadable();
        }
        fields = columns.isEmpty() ? none(end) : split(message, end);
        var values = new ArrayList<byte @Nullable []>();
        fields.forEach(field -> values.add(field.value()));
        if (!header) {
            return Optional.of(values);
        }
        header = false;
        for (int i = 0; i < values.size(); i++) {
            byte[] name = values.get(i);
            if (name == null || !column(i).equals(new String(name, StandardCharsets.UTF_8))) {
                throw unreadable();
            }
        }
        return Optional.empty();
    }

    private static List<Field> none(int end) {
        if (end != 0) {
            throw unreadable();
        }
        return List.of();
    }

    private List<Field> split(byte[] line, int end) {
        var found = new ArrayList<Field>();
        int at = 0;
        while (true) {
            Field next = field(line, at, end);
            found.add(next);
            if (next.end() == end) {
                break;
            }
            if (line[next.end()] != delimiter || found.size() == columns.size()) {
                throw unreadable();
            }
            at = next.end() + 1;
        }
        if (found.size() != columns.size()) {
            throw unreadable();
        }
        return found;
    }

    @Override
    public final byte[] written(List<byte @Nullable []> values) {
        var out = new ByteArrayOutputStream();
        for (int i = 0; i < values.size(); i++) {
            if (i > 0) {
                out.write(delimiter);
            }
            byte[] value = values.get(i);
            if (value == null) {
                out.writeBytes(absent);
            } else if (value == fields.get(i).value()) {
                out.writeBytes(fields.get(i).raw());
            } else {
                write(value, i, out);
            }
        }
        out.write('\n');
        return out.toByteArray();
    }

    static WireException unreadable() {
        return new WireException("the target sent copy data that is not one row");
    }
}
