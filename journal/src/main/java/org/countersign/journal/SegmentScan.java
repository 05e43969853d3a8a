package org.countersign.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.time.Instant;
import java.util.Arrays;
import java.util.UUID;

/**
 * Walks over the whole frames of one segment in a window of memory that is no larger than the largest frame. Broken
 * bytes are skipped up to the next whole frame, and what an interrupted write left is not walked over.
 */
final class SegmentScan {
    private static final int WINDOW_BYTES = 1 << 18;

    /** What a disk writes wholly or not at all. */
    private static final int BLOCK_BYTES = 512;

    private static final byte[] ZEROS = new byte[WINDOW_BYTES];

    private final FileChannel channel;
    private final long limit;
    private final boolean newest;
    private byte[] window = new byte[WINDOW_BYTES];
    private long windowAt;
    private int windowBytes;
    private long next;
    private int at;
    private int payloadBytes;
    private long wholeEnd;
    private boolean damaged;
    private long lastEnd;
    private Instant lastInstant = Instant.MIN;

    /**
     * @param from where the frames begin
     * @param limit the length that counts, {@link Long#MAX_VALUE} for the newest; the file may be shorter
     */
    SegmentScan(FileChannel channel, long from, long limit) throws IOException {
        this.channel = channel;
        this.limit = Math.min(limit, channel.size());
        newest = limit == Long.MAX_VALUE;
        windowAt = from;
        next = from;
        wholeEnd = from;
    }

    /** Moves to the next whole frame; false when there is none. */
    boolean next() throws IOException {
        long place = next;
        if (!frameAt(place)) {
            long behind = frameBehind(place);
            if (behind < 0 || interrupted(place, behind)) {
                return false;
            }
            windowBytes = 0;
            if (!frameAt(place)) {
                damaged = true;
                frameAt(behind);
            }
        }
        next = end();
        wholeEnd = next;
        return true;
    }

    /** Whether broken bytes lay before a whole frame. */
    boolean damaged() {
        return damaged;
    }

    /** The end of the last whole frame so far. */
    long wholeEnd() {
        return wholeEnd;
    }

    /** The end of the last whole frame there is, also of a write that was interrupted. */
    long lastEnd() {
        return Math.max(wholeEnd, lastEnd);
    }

    UUID session() {
        return FrameLayout.session(window, at);
    }

    Instant instant() {
        return FrameLayout.instant(window, at);
    }

    Chain chain() {
        return FrameLayout.chain(window, at, payloadBytes);
    }

    boolean last() {
        return FrameLayout.type(window, at) == FrameLayout.LAST;
    }

    /** @throws JournalException when its hash is wrong */
    Frame frame() {
        return FrameLayout.frame(window, at, payloadBytes);
    }

    /**
     * Whether broken bytes and the frame behind them are of the last write, which was interrupted then: its blocks may
     * reach the disk in any order, and until all of them have nothing of it is acknowledged. A segment that was closed
     * has nothing behind its last frame; there, broken bytes are damage.
     */
    private boolean interrupted(long broken, long behind) throws IOException {
        if (!newest || !blockMissing(broken, behind)) {
            return false;
        }
        frameAt(behind);
        Instant written = instant();
        if (lastEnd == 0) {
            findLast(behind);
        }
        return lastEnd < limit && written.equals(lastInstant);
    }

    /** Whether a block between these places was never written. */
    private boolean blockMissing(long from, long to) throws IOException {
        long place = from;
        for (long end = from - from % BLOCK_BYTES + BLOCK_BYTES; end <= to; end += BLOCK_BYTES) {
            if (zeros(place, (int) (end - place))) {
                return true;
            }
            place = end;
        }
        return false;
    }

    private boolean zeros(long place, int bytes) throws IOException {
        if (!load(place, bytes)) {
            return false;
        }
        int from = (int) (place - windowAt);
        return Arrays.equals(window, from, from + bytes, ZEROS, 0, bytes);
    }

    private void findLast(long from) throws IOException {
        for (long place = from; place >= 0; place = frameBehind(lastEnd - 1)) {
            frameAt(place);
            lastInstant = instant();
            lastEnd = end();
        }
    }

    /** Where the next whole frame behind this place is; -1 when there is none. */
    private long frameBehind(long place) throws IOException {
        long candidate = place + 1;
        while (limit - candidate >= FrameLayout.OVERHEAD_BYTES) {
            if (frameAt(candidate)) {
                return candidate;
            }
            candidate = nextMark(candidate + 1);
        }
        return -1;
    }

    /** The end of the frame that was found last. */
    private long end() {
        return windowAt + at + FrameLayout.OVERHEAD_BYTES + payloadBytes;
    }

    private boolean frameAt(long place) throws IOException {
        if (!load(place, FrameLayout.HEAD_BYTES)) {
            return false;
        }
        payloadBytes = FrameLayout.payloadBytes(window, (int) (place - windowAt));
        if (payloadBytes < 0 || !load(place, FrameLayout.OVERHEAD_BYTES + payloadBytes)) {
            return false;
        }
        at = (int) (place - windowAt);
        return FrameLayout.whole(window, at, payloadBytes);
    }

    private long nextMark(long place) throws IOException {
        long candidate = place;
        while (load(candidate, Integer.BYTES)) {
            int from = (int) (candidate - windowAt);
            int to = Math.min(windowBytes, from + WINDOW_BYTES);
            if (!Arrays.equals(window, from, to, ZEROS, 0, to - from)) {
                for (int i = from; i <= to - Integer.BYTES; i++) {
                    if (window[i] == 'C' && window[i + 1] == 'S' && window[i + 2] == 'F' && window[i + 3] == '1') {
                        return windowAt + i;
                    }
                }
            }
            candidate = windowAt + to - Integer.BYTES + 1;
        }
        return limit;
    }

    /** Makes the window hold these bytes of the file; false when the segment ends before. */
    private boolean load(long place, int bytes) throws IOException {
        if (place + bytes > limit) {
            return false;
        }
        if (place >= windowAt && place + bytes <= windowAt + windowBytes) {
            return true;
        }
        if (bytes > window.length) {
            window = new byte[bytes];
        }
        windowAt = place;
        ByteBuffer in = ByteBuffer.wrap(window, 0, (int) Math.min(window.length, limit - place));
        while (in.hasRemaining() && channel.read(in, place + in.position()) >= 0) {
            // until the window is full or the file ends
        }
        windowBytes = in.position();
        return windowBytes >= bytes;
    }
}
