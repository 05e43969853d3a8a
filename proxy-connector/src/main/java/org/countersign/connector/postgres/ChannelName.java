package org.countersign.connector.postgres;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.countersign.connector.postgres.analysis.LexException;
import org.countersign.connector.postgres.analysis.Piece;
import org.countersign.connector.postgres.analysis.SqlLexer;

/** The channel that a LISTEN names, folded and cut as the server does. */
final class ChannelName {
    private static final int MAX_BYTES = 63;

    private ChannelName() {}

    /** Empty when it cannot be told; nothing of that channel is shown then. */
    static Optional<String> of(String listen) {
        List<Piece> pieces;
        try {
            pieces = SqlLexer.split(listen);
        } catch (LexException e) {
            return Optional.empty();
        }
        return pieces.size() == 1 && pieces.getFirst().tokens().size() == 2
                ? Optional.of(cut(pieces.getFirst().tokens().getLast().identifier()))
                : Optional.empty();
    }

    private static String cut(String name) {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        if (bytes.length <= MAX_BYTES) {
            return name;
        }
        int end = MAX_BYTES;
        while ((bytes[end] & 0xc0) == 0x80) {
            end--;
        }
        return new String(bytes, 0, end, StandardCharsets.UTF_8);
    }
}
