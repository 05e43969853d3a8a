package org.countersign.cli.verify;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import java.util.zip.CRC32C;

/**
 * One frame, true to its own checksum and hash.
 *
 * @param length bytes of the whole frame in the file
 */
record Frame(Digest previous, UUID session, long sequence, Instant at, byte type, Digest hash, int length) {
    private static final byte[] MARK = "CSF1".getBytes(StandardCharsets.US_ASCII);
    private static final int FIXED = 77;
    private static final int TRAILER = 36;
    private static final int MAX_PAYLOAD = 16_777_216;
    private static final int NANOS = 1_000_000_000;

    /** Why the bytes are no frame. */
    static final class BrokenException extends Exception {
        private static final long serialVersionUID = 1L;

        private final transient Optional<Fault.Place> frame;

        BrokenException(String what, Optional<Fault.Place> frame) {
            super(what, null, false, false);
            this.frame = frame;
        }

        /** The name that the broken bytes give the frame; it may be broken as well. */
        Optional<Fault.Place> frame() {
            return frame;
        }

        String what() {
            return String.valueOf(getMessage());
        }
    }

    static Frame read(SegmentBytes in) throws IOException, BrokenException {
        byte[] fixed = in.next(FIXED);
        var start = new Start(fixed);
        start.check(fixed.length >= 4 && Arrays.equals(fixed, 0, 4, MARK, 0, 4), "there is no frame mark");
        start.check(fixed.length == FIXED, "the frame is incomplete");
        int payload = ByteBuffer.wrap(fixed).getInt(4);
        start.check(payload >= 0 && payload <= MAX_PAYLOAD, "the frame's length is impossible");
        start.check(in.remaining() >= (long) payload + TRAILER, "the frame is incomplete");
        var whole = new ByteArrayOutputStream(FIXED + payload + TRAILER);
        whole.writeBytes(fixed);
        whole.writeBytes(in.next(payload + TRAILER));
        return of(whole.toByteArray(), start);
    }

    /** Returns whether a whole frame starts at this place of the bytes. */
    static boolean startsAt(byte[] bytes, int offset) {
        return lengthAt(bytes, offset) > 0;
    }

    /** Returns the length of the whole frame that starts at this place of the bytes, or 0. */
    static int lengthAt(byte[] bytes, int offset) {
        if (!Arrays.equals(bytes, offset, Math.min(bytes.length, offset + 4), MARK, 0, 4)
                || bytes.length - offset < FIXED + TRAILER) {
            return 0;
        }
        int payload = ByteBuffer.wrap(bytes).getInt(offset + 4);
        if (payload < 0 || payload > bytes.length - offset - FIXED - TRAILER) {
            return 0;
        }
        int length = FIXED + payload + TRAILER;
        var crc = new CRC32C();
        crc.update(bytes, offset, length - 4);
        return (int) crc.getValue() == ByteBuffer.wrap(bytes).getInt(offset + length - 4) ? length : 0;
    }

    private static Frame of(byte[] whole, Start start) throws BrokenException {
        start.check(startsAt(whole, 0), "the frame's checksum is wrong");
        ByteBuffer buffer = ByteBuffer.wrap(whole);
        int hashed = whole.length - TRAILER;
        MessageDigest digest = Digest.algorithm();
        digest.update(whole, 8, hashed - 8);
        var hash = new Digest(Arrays.copyOfRange(whole, hashed, hashed + Digest.LENGTH));
        start.check(hash.equals(new Digest(digest.digest())), "the frame's hash is wrong");
        int nanos = buffer.getInt(72);
        start.check(nanos >= 0 && nanos < NANOS, "the frame's time is impossible");
        long seconds = buffer.getLong(64);
        start.check(
                seconds >= Instant.MIN.getEpochSecond() && seconds <= Instant.MAX.getEpochSecond(),
                "the frame's time is impossible");
        return new Frame(
                new Digest(Arrays.copyOfRange(whole, 8, 40)),
                new UUID(buffer.getLong(40), buffer.getLong(48)),
                buffer.getLong(56),
                Instant.ofEpochSecond(seconds, nanos),
                whole[76],
                hash,
                whole.length);
    }

    /** The part of a frame that has its name. */
    private record Start(byte[] fixed) {
        void check(boolean right, String otherwise) throws BrokenException {
            if (!right) {
                throw new BrokenException(otherwise, name());
            }
        }

        private Optional<Fault.Place> name() {
            if (fixed.length < FIXED) {
                return Optional.empty();
            }
            ByteBuffer buffer = ByteBuffer.wrap(fixed);
            var session = new UUID(buffer.getLong(40), buffer.getLong(48));
            return Optional.of(new Fault.Place(session, buffer.getLong(56)));
        }
    }
}
