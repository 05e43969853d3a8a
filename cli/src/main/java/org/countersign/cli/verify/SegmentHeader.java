package org.countersign.cli.verify;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.zip.CRC32C;

/**
 * What a segment says about itself and about the one before.
 *
 * @param previous number of the previous segment, 0 for the first
 * @param previousLength how much of the previous segment counts
 * @param open the chains that are open at its start
 * @param length bytes of the header itself
 */
record SegmentHeader(
        UUID journal, long previous, long previousLength, Digest previousDigest, Map<UUID, Chain> open, int length) {
    private static final byte[] MAGIC = "CSJRNL01".getBytes(StandardCharsets.US_ASCII);
    private static final int FIXED = 100;
    private static final int CHAIN = 56;
    private static final int CRC = 4;
    private static final int MAX_OPEN = 65_536;

    /** Returns nothing for a file that is too short for a header or holds nothing but zeros: it was never finished. */
    static Optional<SegmentHeader> read(SegmentFile file) throws IOException, FaultException {
        try (var in = new DataInputStream(Files.newInputStream(file.path()))) {
            byte[] fixed = in.readNBytes(FIXED);
            if (fixed.length < FIXED || blank(fixed)) {
                return Optional.empty();
            }
            ByteBuffer buffer = ByteBuffer.wrap(fixed);
            check(file, Arrays.equals(fixed, 0, MAGIC.length, MAGIC, 0, MAGIC.length), 0, "the magic is wrong");
            check(file, crc(fixed, FIXED - CRC) == buffer.getInt(FIXED - CRC), 0, "the header's checksum is wrong");
            check(file, buffer.getLong(8) == file.number(), 8, "the number is not that of the file's name");
            int count = buffer.getInt(92);
            check(file, count >= 0 && count <= MAX_OPEN, 92, "the number of open chains is impossible");
            byte[] digest = Arrays.copyOfRange(fixed, 60, 92);
            return Optional.of(new SegmentHeader(
                    new UUID(buffer.getLong(16), buffer.getLong(24)),
                    buffer.getLong(44),
                    buffer.getLong(52),
                    new Digest(digest),
                    chains(file, in, count),
                    FIXED + count * CHAIN + CRC));
        }
    }

    private static Map<UUID, Chain> chains(SegmentFile file, InputStream in, int count)
            throws IOException, FaultException {
        byte[] bytes = in.readNBytes(count * CHAIN + CRC);
        check(file, bytes.length == count * CHAIN + CRC, FIXED, "the open chains are incomplete");
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        check(
                file,
                crc(bytes, count * CHAIN) == buffer.getInt(count * CHAIN),
                FIXED,
                "the checksum of the open chains is wrong");
        Map<UUID, Chain> chains = new HashMap<>();
        for (int i = 0; i < count; i++) {
            var session = new UUID(buffer.getLong(), buffer.getLong());
            long sequence = buffer.getLong();
            byte[] hash = new byte[Digest.LENGTH];
            buffer.get(hash);
            boolean first = chains.put(session, new Chain(sequence, new Digest(hash))) == null;
            check(file, first, FIXED + (long) i * CHAIN, "session " + session + " is open twice");
        }
        return chains;
    }

    private static boolean blank(byte[] bytes) {
        for (byte b : bytes) {
            if (b != 0) {
                return false;
            }
        }
        return true;
    }

    private static int crc(byte[] bytes, int length) {
        var crc = new CRC32C();
        crc.update(bytes, 0, length);
        return (int) crc.getValue();
    }

    private static void check(SegmentFile file, boolean right, long offset, String otherwise) throws FaultException {
        if (!right) {
            throw new FaultException(new Fault(file.number(), offset, Optional.empty(), otherwise, false));
        }
    }
}
