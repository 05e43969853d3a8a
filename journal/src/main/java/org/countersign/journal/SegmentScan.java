package org.countersign.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.time.Instant;
import java.util.UUID;

/**
 * Walks over the whole frames of one segment in a window of memory that is no larger than the largest frame. Broken
 * bytes are skipped up to the next whole frame.
 */
final class SegmentScan {
    private static final int WINDOW_BYTES = 1 << 18;

    private final FileChannel channel;
    private final long limit;
    private byte[] window = new byte[WINDOW_BYTES];
    private long windowAt;
    private int windowBytes;
    private long next;
    private int at;
    private int payloadBytes;
    private long wholeEnd;
    private boolean damaged;

    /**
     * @param from where the frames begin
     * @param limit the length that counts; the file may be shorter
     */
    SegmentScan(FileChannel channel, long from, long limit) throws IOException {
        this.channel = channel;
        this.limit = Math.min(limit, channel.size());
        windowAt = from;
        next = from;
        wholeEnd = from;
    }

    /** Moves to the next whole frame; false when there is none. */
    boolean next() throws IOException {
        long place = next;
        boolean broken = false;
        while (limit - place >= FrameLayout.OVERHEAD_BYTES) {
            if (frameAt(place)) {
                damaged |= broken;
                next = place + FrameLayout.OVERHEAD_BYTES + payloadBytes;
                wholeEnd = next;
                return true;
            }
            broken = true;
            place = nextMark(place + 1);
        }
        return false;
    }

    /** Whether broken bytes lay before a whole frame. */
    boolean damaged() {
        return damaged;
    }

    /** The end of the last whole frame so far. */
    long wholeEnd() {
        return wholeEnd;
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
            for (int i = from; i <= windowBytes - Integer.BYTES; i++) {
                if (window[i] == 'C' && window[i + 1] == 'S' && window[i + 2] == 'F' && window[i + 3] == '1') {
                    return windowAt + i;
                }
            }
            candidate = windowAt + windowBytes - Integer.BYTES + 1;
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
