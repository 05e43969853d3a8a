package org.countersign.connector.postgres;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.countersign.wire.WireException;
import org.jspecify.annotations.Nullable;

/**
 * COPY's binary format: a header before the first row, in its message, and a trailer behind the last.
 *
 * @see <a href="https://www.postgresql.org/docs/current/sql-copy.html">File formats</a>
 */
final class CopyBinaryForm implements CopyForm {
    /** The signature, no flags, no extension. */
    private static final byte[] HEADER = {'P', 'G', 'C', 'O', 'P', 'Y', '\n', -1, '\r', '\n', 0, 0, 0, 0, 0, 0, 0, 0, 0
    };

    private static final int TRAILER = -1;
    private static final int ABSENT = -1;
    private final int width;
    private boolean begun;
    private boolean ended;
    private boolean headed;

    CopyBinaryForm(int width) {
        this.width = width;
    }

    @Override
    public Optional<List<byte @Nullable []>> row(byte[] message) {
        var in = ByteBuffer.wrap(message);
        headed = !begun;
        if (headed) {
            begun = true;
            if (message.length < HEADER.length || !Arrays.equals(HEADER, Arrays.copyOf(message, HEADER.length))) {
                throw unreadable();
            }
            in.position(HEADER.length);
            if (!in.hasRemaining()) {
                return Optional.empty();
            }
        }
        if (ended || in.remaining() < Short.BYTES) {
            throw unreadable();
        }
        int values = in.getShort();
        if (values == TRAILER && !in.hasRemaining()) {
            ended = true;
            return Optional.empty();
        }
        if (values != width) {
            throw unreadable();
        }
        return Optional.of(row(in));
    }

    private List<byte @Nullable []> row(ByteBuffer in) {
        var row = new ArrayList<byte @Nullable []>();
        for (int i = 0; i < width; i++) {
            int length = in.remaining() < Integer.BYTES ? Integer.MAX_VALUE : in.getInt();
            if (length < ABSENT || length > in.remaining()) {
                throw unreadable();
            }
            if (length == ABSENT) {
                row.add(null);
            } else {
                byte[] value = new byte[length];
                in.get(value);
                row.add(value);
            }
        }
        if (in.hasRemaining()) {
            throw unreadable();
        }
        return row;
    }

    @Override
    public byte[] written(List<byte @Nullable []> values) {
        var out = new ByteArrayOutputStream();
        if (headed) {
            out.writeBytes(HEADER);
        }
        out.writeBytes(ByteBuffer.allocate(Short.BYTES).putShort((short) width).array());
        for (byte[] value : values) {
            int length = value == null ? ABSENT : value.length;
            out.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(length).array());
            if (value != null) {
                out.writeBytes(value);
            }
        }
        return out.toByteArray();
    }

    private static WireException unreadable() {
        return new WireException("the target sent copy data that is not one row");
    }
}
