package org.countersign.journal;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.UUID;
import java.util.zip.CRC32C;

/** Where the parts of a frame lie; see the package's page. */
final class FrameLayout {
    static final int MAX_PAYLOAD_BYTES = 16 << 20;
    static final int MARK = 0x43534631;
    static final int DIGEST_BYTES = 32;
    static final int OVERHEAD_BYTES = 113;
    static final int HEAD_BYTES = 8;
    /** The type that ends a session's chain. */
    static final byte LAST = 8;

    static final int PREVIOUS_AT = 8;
    private static final int SESSION_AT = 40;
    private static final int SEQUENCE_AT = 56;
    private static final int INSTANT_AT = 64;
    private static final int TYPE_AT = 76;
    private static final int PAYLOAD_AT = 77;
    private static final int CRC_BYTES = 4;

    private FrameLayout() {}

    /** The payload's length at this place, or -1 when no frame begins here. */
    static int payloadBytes(byte[] bytes, int at) {
        ByteBuffer head = ByteBuffer.wrap(bytes, at, HEAD_BYTES);
        int mark = head.getInt();
        int length = head.getInt();
        return mark == MARK && length >= 0 && length <= MAX_PAYLOAD_BYTES ? length : -1;
    }

    static boolean whole(byte[] bytes, int at, int payloadBytes) {
        int covered = OVERHEAD_BYTES - CRC_BYTES + payloadBytes;
        return crc(bytes, at, covered) == ByteBuffer.wrap(bytes).getInt(at + covered);
    }

    static UUID session(byte[] bytes, int at) {
        return uuid(ByteBuffer.wrap(bytes, at + SESSION_AT, 16));
    }

    static Chain chain(byte[] bytes, int at, int payloadBytes) {
        byte[] hash = new byte[DIGEST_BYTES];
        System.arraycopy(bytes, at + PAYLOAD_AT + payloadBytes, hash, 0, DIGEST_BYTES);
        return new Chain(ByteBuffer.wrap(bytes).getLong(at + SEQUENCE_AT), hash);
    }

    static byte type(byte[] bytes, int at) {
        return bytes[at + TYPE_AT];
    }

    static Instant instant(byte[] bytes, int at) {
        return instant(ByteBuffer.wrap(bytes, at + INSTANT_AT, 12));
    }

    /** @throws JournalException when the frame's hash is not that of its content */
    static Frame frame(byte[] bytes, int at, int payloadBytes) {
        Chain chain = chain(bytes, at, payloadBytes);
        byte[] hash = sha256(bytes, at + PREVIOUS_AT, PAYLOAD_AT - PREVIOUS_AT + payloadBytes);
        if (!MessageDigest.isEqual(hash, chain.hash())) {
            throw new JournalException("frame " + chain.sequence() + " of session " + session(bytes, at)
                    + " does not have the hash it claims");
        }
        byte[] payload = new byte[payloadBytes];
        System.arraycopy(bytes, at + PAYLOAD_AT, payload, 0, payloadBytes);
        byte[] previous = new byte[DIGEST_BYTES];
        System.arraycopy(bytes, at + PREVIOUS_AT, previous, 0, DIGEST_BYTES);
        return new Frame(
                session(bytes, at), chain.sequence(), instant(bytes, at), type(bytes, at), payload, previous, hash);
    }

    static void putUuid(ByteBuffer out, UUID id) {
        out.putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
    }

    static UUID uuid(ByteBuffer in) {
        return new UUID(in.getLong(), in.getLong());
    }

    static void putInstant(ByteBuffer out, Instant at) {
        out.putLong(at.getEpochSecond()).putInt(at.getNano());
    }

    static Instant instant(ByteBuffer in) {
        try {
            return Instant.ofEpochSecond(in.getLong(), in.getInt());
        } catch (DateTimeException | ArithmeticException e) {
            throw new JournalException("a frame's time is out of range", e);
        }
    }

    static int crc(byte[] bytes, int from, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, from, length);
        return (int) crc.getValue();
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static byte[] sha256(byte[] bytes, int from, int length) {
        MessageDigest digest = sha256();
        digest.update(bytes, from, length);
        return digest.digest();
    }
}
