package org.countersign.journal;

/**
 * What a journal may take.
 *
 * @param segmentBytes size at which a new segment is started; at least 4,096
 * @param maxFrameBytes largest payload; 1 to 16,777,216. An append with a larger one fails: what cannot be recorded is
 *     not done
 * @param maxQueuedBytes frames waiting for the disk, beyond which an append fails at once; for appends larger than a
 *     256th of it, three quarters are the limit, so that large values leave the room for small frames that others need
 * @param minFreeBytes free space on the disk below which nothing more is recorded
 */
public record JournalLimits(long segmentBytes, int maxFrameBytes, long maxQueuedBytes, long minFreeBytes) {
    private static final long MIN_SEGMENT_BYTES = 4_096;
    private static final long MEBIBYTE = 1L << 20;
    private static final long LOW_WATER = 4;

    public JournalLimits {
        if (segmentBytes < MIN_SEGMENT_BYTES) {
            throw new IllegalArgumentException("segmentBytes " + segmentBytes + " is below " + MIN_SEGMENT_BYTES);
        }
        if (maxFrameBytes < 1 || maxFrameBytes > FrameLayout.MAX_PAYLOAD_BYTES) {
            throw new IllegalArgumentException(
                    "maxFrameBytes " + maxFrameBytes + " is not within 1.." + FrameLayout.MAX_PAYLOAD_BYTES);
        }
        if (maxQueuedBytes < maxFrameBytes || minFreeBytes < 0) {
            throw new IllegalArgumentException("maxQueuedBytes must hold a frame, minFreeBytes must not be negative");
        }
    }

    /** The low-water mark: free space on the disk below which those who record the most should end. */
    public long lowFreeBytes() {
        return minFreeBytes * LOW_WATER;
    }

    public static JournalLimits defaults() {
        return new JournalLimits(64 * MEBIBYTE, 16 << 20, 64 * MEBIBYTE, 256 * MEBIBYTE);
    }
}
