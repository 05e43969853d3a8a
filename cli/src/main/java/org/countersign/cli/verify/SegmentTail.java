package org.countersign.cli.verify;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** What lies behind a place of a segment at which no whole frame starts, or none that counts. */
record SegmentTail(long start, byte[] bytes) {
    private static final int BLOCK = 512;
    private static final int INSTANT = 64;
    private static final int INSTANT_LENGTH = 12;

    static SegmentTail of(Path file, long start) throws IOException {
        try (var in = Files.newInputStream(file)) {
            in.skipNBytes(start);
            return new SegmentTail(start, in.readAllBytes());
        }
    }

    /** Returns whether there is anything but zeros. */
    boolean used() {
        return !zeros(0, bytes.length);
    }

    /**
     * Returns whether an interrupted write explains it: no whole frame follows, or a block of the disk is missing and
     * all whole frames behind are of one write, the last one of a segment that was not closed.
     */
    boolean interrupted() {
        int first = frameFrom(0);
        if (first <= 0) {
            return true;
        }
        int last = first;
        int end = first + Frame.lengthAt(bytes, first);
        for (int next = frameFrom(end); next >= 0; next = frameFrom(end)) {
            last = next;
            end = next + Frame.lengthAt(bytes, next);
        }
        return end < bytes.length && blockMissing(first) && sameInstant(first, last);
    }

    /** Returns where the next whole frame is; a negative number when there is none. */
    private int frameFrom(int place) {
        for (int offset = place; offset < bytes.length; offset++) {
            if (bytes[offset] == 'C' && Frame.startsAt(bytes, offset)) {
                return offset;
            }
        }
        return -1;
    }

    private boolean blockMissing(int before) {
        int place = 0;
        for (long end = BLOCK - start % BLOCK; end <= before; end += BLOCK) {
            if (zeros(place, (int) end)) {
                return true;
            }
            place = (int) end;
        }
        return false;
    }

    private boolean zeros(int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] != 0) {
                return false;
            }
        }
        return true;
    }

    private boolean sameInstant(int frame, int other) {
        return Arrays.equals(
                bytes,
                frame + INSTANT,
                frame + INSTANT + INSTANT_LENGTH,
                bytes,
                other + INSTANT,
                other + INSTANT + INSTANT_LENGTH);
    }
}
