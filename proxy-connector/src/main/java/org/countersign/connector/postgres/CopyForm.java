package org.countersign.connector.postgres;

import java.util.List;
import java.util.Optional;
import org.countersign.connector.postgres.analysis.CopyOptions;
import org.countersign.wire.WireException;
import org.jspecify.annotations.Nullable;

/**
 * How the messages of a COPY TO hold their rows. A message that is not exactly what the format has there is a
 * {@link WireException}: nothing of it could be masked.
 */
interface CopyForm {
    static CopyForm of(CopyOptions options, List<String> columns) {
        return switch (options.format()) {
            case TEXT -> new CopyTextForm(options, columns);
            case CSV -> new CopyCsvForm(options, columns);
            case BINARY -> new CopyBinaryForm(columns.size());
        };
    }

    /** The values of the row that the message is; empty for a header or a trailer, which hold none. */
    Optional<List<byte @Nullable []>> row(byte[] message);

    /** The message of the last row as PostgreSQL writes it with these values; an array that was read stands for itself. */
    byte[] written(List<byte @Nullable []> values);
}
