package org.countersign.connector.postgres;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a client's copy data for the recording: not too large, and text at the end of a line, so that no value is torn in
 * two where that can be helped. Not even a character is: what a detector looks for may stand anywhere.
 */
final class CopyParts {
    private static final int CONTINUATION_MASK = 0xC0;
    private static final int CONTINUATION = 0x80;
    private final int most;
    private final boolean binary;
    private byte[] waiting = new byte[0];
    private int from;
    private int to;
    private boolean ended;

    /** @param most bytes of a part */
    CopyParts(int most, boolean binary) {
        this.most = most;
        this.binary = binary;
    }

    void add(byte[] data) {
        if (to + data.length > waiting.length) {
            int length = to - from;
            byte[] larger = new byte[Math.max(length + data.length, 2 * length)];
            System.arraycopy(waiting, from, larger, 0, length);
            waiting = larger;
            from = 0;
            to = length;
        }
        System.arraycopy(data, 0, waiting, to, data.length);
        to += data.length;
    }

    /** No more data comes. */
    void end() {
        ended = true;
    }

    int bytes() {
        return to - from;
    }

    /**
     * Returns the next part, or null when it is better to wait.
     *
     * @param small whether a part may be smaller than the most
     */
    byte @Nullable [] next(boolean small) {
        int length = length(small);
        if (length == 0) {
            return null;
        }
        byte[] part = Arrays.copyOfRange(waiting, from, from + length);
        from += length;
        if (from == to) {
            from = 0;
            to = 0;
        }
        return part;
    }

    private int length(boolean small) {
        int all = to - from;
        if (all < most && !small && !ended) {
            return 0;
        }
        int length = Math.min(all, most);
        if (binary || length == all && ended) {
            return length;
        }
        int line = length;
        while (line > 0 && waiting[from + line - 1] != '\n') {
            line--;
        }
        return line > 0 ? line : all <= most ? 0 : character(length);
    }

    /** The longest beginning of a line that ends between two characters. */
    private int character(int length) {
        int cut = length;
        while (cut > length - 4 && (waiting[from + cut] & CONTINUATION_MASK) == CONTINUATION) {
            cut--;
        }
        return cut;
    }

    /** The part as text; empty for what is none. */
    Optional<String> text(byte[] part) {
        return binary ? Optional.empty() : BinaryText.utf8(ByteBuffer.wrap(part));
    }
}
