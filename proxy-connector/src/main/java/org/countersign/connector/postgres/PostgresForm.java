package org.countersign.connector.postgres;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.countersign.connector.intercept.ResultColumn;
import org.countersign.connector.intercept.ValueForm;
import org.countersign.wire.postgres.BackendMessage.Column;
import org.countersign.wire.postgres.Format;

/** Reads and writes values of one type in one format, as masking needs it. */
record PostgresForm(int type, Format format) implements ValueForm {
    private static final int ARRAY_HEADER_BYTES = 12;
    private static final int DIMENSION_BYTES = 8;

    static ResultColumn column(Column column, Format format) {
        return new ResultColumn(
                column.name(), Types.name(column.typeOid()), new PostgresForm(column.typeOid(), format));
    }

    @Override
    public Optional<String> text(byte[] value) {
        if (format == Format.TEXT) {
            return Optional.of(new String(value, StandardCharsets.UTF_8));
        }
        return Types.textArray(type) ? elements(ByteBuffer.wrap(value)) : BinaryText.of(type, value);
    }

    /** Only a text type has room for any masked text; a document becomes NULL. */
    @Override
    public Optional<byte[]> replaced(String masked) {
        return Types.text(type) ? bytes(masked) : Optional.empty();
    }

    @Override
    public Optional<byte[]> edited(String masked) {
        boolean room = Types.text(type)
                || type == Types.JSON
                || type == Types.JSONB
                || (format == Format.TEXT && Types.textArray(type));
        return room ? bytes(masked) : Optional.empty();
    }

    private Optional<byte[]> bytes(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        if (type != Types.JSONB || format == Format.TEXT) {
            return Optional.of(utf8);
        }
        byte[] versioned = new byte[utf8.length + 1];
        versioned[0] = 1;
        System.arraycopy(utf8, 0, versioned, 1, utf8.length);
        return Optional.of(versioned);
    }

    /** All elements of a binary array of text, one a line, for detectors to look through. */
    private static Optional<String> elements(ByteBuffer in) {
        if (in.remaining() < ARRAY_HEADER_BYTES) {
            return Optional.empty();
        }
        long dimensions = Integer.toUnsignedLong(in.getInt());
        in.getInt();
        in.getInt();
        if (dimensions * DIMENSION_BYTES > in.remaining()) {
            return Optional.empty();
        }
        in.position(in.position() + (int) dimensions * DIMENSION_BYTES);
        var lines = new StringBuilder();
        while (in.remaining() >= Integer.BYTES) {
            int length = in.getInt();
            if (length > in.remaining()) {
                return Optional.empty();
            }
            if (length > 0) {
                byte[] element = new byte[length];
                in.get(element);
                lines.append(new String(element, StandardCharsets.UTF_8)).append('\n');
            }
        }
        return Optional.of(lines.toString());
    }
}
