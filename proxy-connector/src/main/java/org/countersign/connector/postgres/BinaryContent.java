package org.countersign.connector.postgres;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.countersign.wire.postgres.Format;

/**
 * Everything in a value that can be read as text, one part a line, for detectors to look through: an agent that asks for
 * binary values, or hides a text in an array, a row, a range or bytes, is to show no more than one that does not.
 *
 * @see <a href="https://github.com/postgres/postgres/tree/master/src/backend/utils/adt">the send functions</a>
 */
final class BinaryContent {
    private static final int MAX_DIMENSIONS = 6;
    private static final int DIMENSION_BYTES = 8;
    private static final int MAX_DEPTH = 16;
    private static final int NONE = 0;
    private static final int RECORD = 2249;
    private static final int EMPTY_RANGE = 1;
    private static final int NO_LOWER_BOUND = 0x08 | 0x20;
    private static final int NO_UPPER_BOUND = 0x10 | 0x40;
    private static final String HEX = "\\x";

    /** What built-in ranges whose bounds are no text are ranges of. */
    private static final Map<Integer, Integer> RANGES = Map.of(3904, Types.INT4, 3906, Types.NUMERIC, 3926, Types.INT8);

    private static final Map<Integer, Integer> MULTIRANGES = Map.of(4451, 3904, 4532, 3906, 4536, 3926);

    private final StringBuilder lines = new StringBuilder();

    private BinaryContent() {}

    /** The content of a binary value whatever its type: its bytes as they are, and its parts if it has any. */
    static String of(int type, byte[] value) {
        var content = new BinaryContent();
        content.add(type, ByteBuffer.wrap(value), 0);
        return content.lines.toString();
    }

    /** All elements of a binary array of text; empty for what is no array. */
    static Optional<String> elements(byte[] value) {
        var content = new BinaryContent();
        return content.array(ByteBuffer.wrap(value), 0) ? Optional.of(content.lines.toString()) : Optional.empty();
    }

    /** The text of bytes, in which ASCII can be read, and in the text format as they are printed too. */
    static String ofBytes(byte[] value, Format format) {
        String plain = new String(value, StandardCharsets.ISO_8859_1);
        if (format == Format.BINARY || !plain.startsWith(HEX)) {
            return plain;
        }
        try {
            byte[] bytes = HexFormat.of().parseHex(plain, HEX.length(), plain.length());
            return plain + '\n' + new String(bytes, StandardCharsets.ISO_8859_1);
        } catch (IllegalArgumentException noHex) {
            return plain;
        }
    }

    private void add(int type, ByteBuffer in, int depth) {
        byte[] value = new byte[in.remaining()];
        in.duplicate().get(value);
        Optional<String> text = BinaryText.of(type, value);
        lines.append(text.orElseGet(() -> new String(value, StandardCharsets.ISO_8859_1)))
                .append('\n');
        if (depth < MAX_DEPTH && (text.isEmpty() || type >= Types.FIRST_USER_OID)) {
            parts(type, in, depth + 1);
        }
    }

    private void parts(int type, ByteBuffer in, int depth) {
        int bound = RANGES.getOrDefault(type, NONE);
        int range = MULTIRANGES.getOrDefault(type, NONE);
        if (bound != NONE) {
            range(bound, in, depth);
        } else if (range != NONE) {
            multirange(range, in, depth);
        } else if (type == RECORD || !array(in.duplicate(), depth)) {
            row(in, depth);
        }
    }

    /** Whether it reads as an array from the first to the last byte. */
    private boolean array(ByteBuffer in, int depth) {
        int mark = lines.length();
        if (in.remaining() < 3 * Integer.BYTES) {
            return false;
        }
        int dimensions = in.getInt();
        in.getInt();
        int type = in.getInt();
        if (dimensions < 0 || dimensions > MAX_DIMENSIONS || dimensions * DIMENSION_BYTES > in.remaining()) {
            return false;
        }
        in.position(in.position() + dimensions * DIMENSION_BYTES);
        while (in.hasRemaining()) {
            if (!element(type, in, depth)) {
                lines.setLength(mark);
                return false;
            }
        }
        return true;
    }

    private void row(ByteBuffer in, int depth) {
        if (in.remaining() < Integer.BYTES) {
            return;
        }
        in.getInt();
        boolean readable = true;
        while (readable && in.remaining() >= 2 * Integer.BYTES) {
            readable = element(in.getInt(), in, depth);
        }
    }

    private void range(int type, ByteBuffer in, int depth) {
        if (!in.hasRemaining()) {
            return;
        }
        int flags = in.get();
        boolean readable = (flags & EMPTY_RANGE) == 0;
        if (readable && (flags & NO_LOWER_BOUND) == 0) {
            readable = element(type, in, depth);
        }
        if (readable && (flags & NO_UPPER_BOUND) == 0) {
            element(type, in, depth);
        }
    }

    private void multirange(int type, ByteBuffer in, int depth) {
        if (in.remaining() < Integer.BYTES) {
            return;
        }
        in.getInt();
        boolean readable = true;
        while (readable && in.hasRemaining()) {
            readable = element(type, in, depth);
        }
    }

    /** Reads a value behind its length; false when there is none. */
    private boolean element(int type, ByteBuffer in, int depth) {
        int length = in.remaining() < Integer.BYTES ? Integer.MAX_VALUE : in.getInt();
        if (length < -1 || length > in.remaining()) {
            return false;
        }
        if (length > 0) {
            add(type, in.slice(in.position(), length), depth);
            in.position(in.position() + length);
        }
        return true;
    }
}
