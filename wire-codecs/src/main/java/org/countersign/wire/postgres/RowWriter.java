package org.countersign.wire.postgres;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** Writes a DataRow value by value, so that a masked row needs no copy of the values that stay as they are. */
public final class RowWriter {
    private final MessageWriter writer;
    private int columnsLeft;

    /** @param columns 0 to 65,535 */
    public RowWriter(ByteBuf out, int columns) {
        writer = MessageWriter.tagged(out, 'D').count(columns);
        columnsLeft = columns;
    }

    /** Writes a value of a row as it is. */
    public RowWriter copy(DataRow row, int column) {
        next();
        if (row.isNull(column)) {
            writer.value(null);
        } else {
            writer.int32(row.length(column));
            row.write(column, writer.out());
        }
        return this;
    }

    public RowWriter value(byte @Nullable [] value) {
        next();
        writer.value(value);
        return this;
    }

    /** @throws IllegalStateException when a value is missing */
    public void end() {
        if (columnsLeft != 0) {
            throw new IllegalStateException(columnsLeft + " values are missing");
        }
        writer.end();
    }

    private void next() {
        if (columnsLeft-- == 0) {
            throw new IllegalStateException("a value too many");
        }
    }
}
