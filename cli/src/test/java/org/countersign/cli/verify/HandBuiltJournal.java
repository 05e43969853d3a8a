package org.countersign.cli.verify;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.zip.CRC32C;

/** Writes a journal by hand, field by field, true or not. */
final class HandBuiltJournal {
    static final UUID ID = new UUID(0x1111, 0x2222);

    private final Path directory;
    private final Map<UUID, Long> sequences = new LinkedHashMap<>();
    private final Map<UUID, byte[]> hashes = new LinkedHashMap<>();
    private ByteArrayOutputStream segment = new ByteArrayOutputStream();
    private byte[] before = new byte[0];
    private long number;
    private long previous;
    private long clock = 1_000;

    HandBuiltJournal(Path directory) {
        this.directory = directory;
    }

    /** Starts the next segment; {@code counted} bytes of the one before count. */
    HandBuiltJournal segment(int skipped) {
        number += 1 + skipped;
        var head = new Bytes();
        head.text("CSJRNL01").number(number).id(ID).instant(clock);
        head.number(previous).number(before.length);
        head.bytes(previous == 0 ? new byte[32] : sha256(before));
        head.count(sequences.size()).crc(0);
        int chains = head.size();
        sequences.forEach(
                (session, sequence) -> head.id(session).number(sequence).bytes(hash(session)));
        head.crc(chains);
        segment = new ByteArrayOutputStream();
        segment.writeBytes(head.all());
        return save();
    }

    HandBuiltJournal segment() {
        return segment(0);
    }

    /** Appends a true frame. */
    HandBuiltJournal frame(UUID session, int type, String payload) {
        long sequence = sequences.getOrDefault(session, 0L) + 1;
        return frame(session, sequence, hash(session), ++clock, type, payload);
    }

    HandBuiltJournal frame(UUID session, long sequence, byte[] previousHash, long seconds, int type, String payload) {
        var frame = new Bytes();
        byte[] utf8 = payload.getBytes(StandardCharsets.UTF_8);
        frame.text("CSF1")
                .count(utf8.length)
                .bytes(previousHash)
                .id(session)
                .number(sequence)
                .instant(seconds);
        frame.octet(type).bytes(utf8);
        byte[] hash = sha256(Arrays.copyOfRange(frame.all(), 8, frame.size()));
        frame.bytes(hash).crc(0);
        segment.writeBytes(frame.all());
        if (type == 8) {
            sequences.remove(session);
            hashes.remove(session);
        } else {
            sequences.put(session, sequence);
            hashes.put(session, hash);
        }
        return save();
    }

    /** Appends bytes that do not count when another segment follows. */
    HandBuiltJournal junk(String text) {
        byte[] whole = segment.toByteArray();
        segment.writeBytes(text.getBytes(StandardCharsets.UTF_8));
        save();
        before = whole;
        return this;
    }

    byte[] hash(UUID session) {
        return hashes.getOrDefault(session, new byte[32]);
    }

    Path file(long segmentNumber) {
        return directory.resolve("segment-%020d.journal".formatted(segmentNumber));
    }

    private HandBuiltJournal save() {
        before = segment.toByteArray();
        previous = number;
        try {
            Files.write(file(number), before);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Big-endian fields. */
    private static final class Bytes {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final DataOutputStream out = new DataOutputStream(bytes);

        Bytes text(String ascii) {
            return bytes(ascii.getBytes(StandardCharsets.US_ASCII));
        }

        Bytes bytes(byte[] value) {
            bytes.writeBytes(value);
            return this;
        }

        Bytes number(long value) {
            return write(() -> out.writeLong(value));
        }

        Bytes count(int value) {
            return write(() -> out.writeInt(value));
        }

        Bytes octet(int value) {
            return write(() -> out.writeByte(value));
        }

        Bytes id(UUID value) {
            return number(value.getMostSignificantBits()).number(value.getLeastSignificantBits());
        }

        Bytes instant(long seconds) {
            return number(seconds).count(7);
        }

        Bytes crc(int from) {
            var crc = new CRC32C();
            crc.update(all(), from, size() - from);
            return count((int) crc.getValue());
        }

        int size() {
            return bytes.size();
        }

        byte[] all() {
            return bytes.toByteArray();
        }

        private Bytes write(Write write) {
            try {
                write.run();
                return this;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private interface Write {
            void run() throws IOException;
        }
    }
}
