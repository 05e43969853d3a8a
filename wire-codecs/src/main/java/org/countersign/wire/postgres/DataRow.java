package org.countersign.wire.postgres;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.countersign.wire.WireException;
import org.jspecify.annotations.Nullable;

/** One row: one copy of the message's content and where each value lies in it. Immutable, holds no buffer. */
public final class DataRow implements BackendMessage {
    private static final int NULL = -1;

    private final byte[] content;
    private final int[] offsets;
    private final int[] lengths;

    private DataRow(byte[] content, int[] offsets, int[] lengths) {
        this.content = content;
        this.offsets = offsets;
        this.lengths = lengths;
    }

    public static DataRow of(List<byte @Nullable []> values) {
        int size = 0;
        for (byte @Nullable [] value : values) {
            size = Math.addExact(size, value == null ? 0 : value.length);
        }
        byte[] content = new byte[size];
        int[] offsets = new int[values.size()];
        int[] lengths = new int[values.size()];
        int at = 0;
        for (int i = 0; i < offsets.length; i++) {
            byte @Nullable [] value = values.get(i);
            offsets[i] = at;
            lengths[i] = value == null ? NULL : value.length;
            if (value != null) {
                System.arraycopy(value, 0, content, at, value.length);
                at += value.length;
            }
        }
        return new DataRow(content, offsets, lengths);
    }

    static DataRow read(Body body) {
        int columns = body.uint16("column count");
        if ((long) columns * Integer.BYTES > body.remaining()) {
            throw new WireException("row declares " + columns + " columns, content left " + body.remaining());
        }
        byte[] content = body.rest();
        int[] offsets = new int[columns];
        int[] lengths = new int[columns];
        int at = 0;
        for (int i = 0; i < columns; i++) {
            if (content.length - at < Integer.BYTES) {
                throw new WireException("row ends before column " + (i + 1) + " of " + columns);
            }
            int length = intAt(content, at);
            at += Integer.BYTES;
            if (length < NULL || length > content.length - at) {
                throw new WireException("value declares " + length + " bytes, content left " + (content.length - at));
            }
            offsets[i] = at;
            lengths[i] = length;
            at += Math.max(length, 0);
        }
        if (at != content.length) {
            throw new WireException("row has " + (content.length - at) + " bytes too many");
        }
        return new DataRow(content, offsets, lengths);
    }

    public int columns() {
        return offsets.length;
    }

    public boolean isNull(int column) {
        return lengths[column] == NULL;
    }

    /** The length of a value in bytes; 0 for NULL. */
    public int length(int column) {
        return Math.max(lengths[column], 0);
    }

    /** The bytes of all values together. */
    public int valueBytes() {
        int sum = 0;
        for (int length : lengths) {
            sum += Math.max(length, 0);
        }
        return sum;
    }

    /** A copy of the value; null is SQL's NULL. */
    public byte @Nullable [] value(int column) {
        return isNull(column) ? null : Arrays.copyOfRange(content, offsets[column], offsets[column] + lengths[column]);
    }

    /**
     * The value as text; null is SQL's NULL.
     *
     * @throws WireException when it is not UTF-8
     */
    public @Nullable String text(int column) {
        if (isNull(column)) {
            return null;
        }
        String text = new String(content, offsets[column], lengths[column], StandardCharsets.UTF_8);
        return text.indexOf('\uFFFD') < 0
                ? text
                : Utf8.strict(Arrays.copyOfRange(content, offsets[column], offsets[column] + lengths[column]), "value");
    }

    void write(int column, ByteBuf out) {
        out.writeBytes(content, offsets[column], length(column));
    }

    private static int intAt(byte[] bytes, int at) {
        return (bytes[at] & 0xff) << 24
                | (bytes[at + 1] & 0xff) << 16
                | (bytes[at + 2] & 0xff) << 8
                | (bytes[at + 3] & 0xff);
    }
}
