package org.countersign.journal;

import java.nio.ByteBuffer;
import java.security.DigestException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.zip.CRC32C;

/** Turns appends into the bytes of their frames, all in one array. Confined to the journal's thread. */
final class FrameEncoder {
    private static final int KEPT_BYTES = 1 << 20;

    private final MessageDigest digest = FrameLayout.sha256();
    private final CRC32C crc = new CRC32C();
    private final ByteBuffer kept = ByteBuffer.allocate(KEPT_BYTES);
    private ByteBuffer out = kept;

    /** Forgets what it has and makes room. */
    void begin(int bytes) {
        out = bytes > KEPT_BYTES ? ByteBuffer.allocate(bytes) : kept.clear();
    }

    /**
     * Adds the frames of an append.
     *
     * @param before where the session's chain stands
     * @return where it stands behind them
     */
    Chain add(Append append, Chain before, Instant at) {
        byte[] hash = before.hash().clone();
        long sequence = before.sequence();
        for (Entry entry : append.entries()) {
            int start = out.position();
            sequence++;
            out.putInt(FrameLayout.MARK).putInt(entry.payload().length).put(hash);
            FrameLayout.putUuid(out, append.session());
            out.putLong(sequence);
            FrameLayout.putInstant(out, at);
            out.put(entry.type()).put(entry.payload());
            hash(start + FrameLayout.PREVIOUS_AT, hash);
            out.put(hash);
            crc.reset();
            crc.update(out.array(), start, out.position() - start);
            out.putInt((int) crc.getValue());
        }
        return new Chain(sequence, hash);
    }

    /** All that was added; good until the next beginning. */
    ByteBuffer bytes() {
        return out.flip();
    }

    private void hash(int from, byte[] hash) {
        digest.update(out.array(), from, out.position() - from);
        try {
            digest.digest(hash, 0, hash.length);
        } catch (DigestException e) {
            throw new IllegalStateException("a digest fits its own length", e);
        }
    }
}
