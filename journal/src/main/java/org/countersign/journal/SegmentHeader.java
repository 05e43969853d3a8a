package org.countersign.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The fixed part of a segment's header; see the package's page.
 *
 * @param openChains how many chains follow it
 */
record SegmentHeader(long number, UUID journal, Instant started, Previous previous, int openChains) {
    private static final long MAGIC =
            ByteBuffer.wrap("CSJRNL01".getBytes(StandardCharsets.US_ASCII)).getLong();
    private static final int FIXED_BYTES = 100;
    private static final int CRC_BYTES = 4;
    private static final int CHAIN_BYTES = 56;

    /** What the next segment says of the one before it: how far it counts and the digest of that much. */
    record Previous(long number, long length, byte[] digest) {
        static final Previous NONE = new Previous(0, 0, new byte[FrameLayout.DIGEST_BYTES]);
    }

    /** Where the frames begin. */
    int framesAt() {
        return FIXED_BYTES + openChains * CHAIN_BYTES + CRC_BYTES;
    }

    byte[] bytes(Map<UUID, Chain> chains) {
        ByteBuffer out = ByteBuffer.allocate(framesAt());
        out.putLong(MAGIC).putLong(number);
        FrameLayout.putUuid(out, journal);
        FrameLayout.putInstant(out, started);
        out.putLong(previous.number()).putLong(previous.length()).put(previous.digest());
        out.putInt(openChains);
        out.putInt(FrameLayout.crc(out.array(), 0, out.position()));
        chains.forEach((session, chain) -> {
            FrameLayout.putUuid(out, session);
            out.putLong(chain.sequence()).put(chain.hash());
        });
        out.putInt(FrameLayout.crc(out.array(), FIXED_BYTES, out.position() - FIXED_BYTES));
        return out.array();
    }

    /** Reads the fixed part; empty when it is not whole. */
    static Optional<SegmentHeader> read(FileChannel channel) throws IOException {
        ByteBuffer in = ByteBuffer.allocate(FIXED_BYTES);
        if (!fill(channel, in, 0)
                || in.getLong(0) != MAGIC
                || FrameLayout.crc(in.array(), 0, FIXED_BYTES - CRC_BYTES) != in.getInt(FIXED_BYTES - CRC_BYTES)) {
            return Optional.empty();
        }
        in.position(Long.BYTES);
        SegmentHeader header = new SegmentHeader(
                in.getLong(), FrameLayout.uuid(in), FrameLayout.instant(in), readPrevious(in), in.getInt());
        return header.openChains < 0 || header.openChains > Chains.MAX_OPEN ? Optional.empty() : Optional.of(header);
    }

    /** Reads the chains behind the fixed part; empty when they are not whole. */
    Optional<Map<UUID, Chain>> readChains(FileChannel channel) throws IOException {
        int bytes = openChains * CHAIN_BYTES;
        ByteBuffer in = ByteBuffer.allocate(bytes + CRC_BYTES);
        if (!fill(channel, in, FIXED_BYTES) || FrameLayout.crc(in.array(), 0, bytes) != in.getInt(bytes)) {
            return Optional.empty();
        }
        Map<UUID, Chain> chains = new LinkedHashMap<>();
        for (int i = 0; i < openChains; i++) {
            UUID session = FrameLayout.uuid(in);
            long sequence = in.getLong();
            chains.put(session, new Chain(sequence, digest(in)));
        }
        return Optional.of(chains);
    }

    private static Previous readPrevious(ByteBuffer in) {
        long number = in.getLong();
        long length = in.getLong();
        return new Previous(number, length, digest(in));
    }

    private static byte[] digest(ByteBuffer in) {
        byte[] digest = new byte[FrameLayout.DIGEST_BYTES];
        in.get(digest);
        return digest;
    }

    private static boolean fill(FileChannel channel, ByteBuffer in, long at) throws IOException {
        while (in.hasRemaining()) {
            if (channel.read(in, at + in.position()) < 0) {
                return false;
            }
        }
        in.rewind();
        return true;
    }
}
