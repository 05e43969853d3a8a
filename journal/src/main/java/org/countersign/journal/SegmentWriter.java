package org.countersign.journal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import org.countersign.journal.SegmentHeader.Previous;

/** The segment being written. Its length and digest cover what is durable and nothing else. */
final class SegmentWriter implements Closeable {
    private final long number;
    private final Path path;
    private final SegmentFile file;
    private final MessageDigest digest = FrameLayout.sha256();
    private final long framesAt;
    private long length;

    private SegmentWriter(long number, Path path, SegmentFile file, long framesAt) {
        this.number = number;
        this.path = path;
        this.file = file;
        this.framesAt = framesAt;
    }

    /** @param header all bytes before the first frame */
    static SegmentWriter create(Storage storage, SegmentDirectory directory, long number, byte[] header)
            throws IOException {
        Path path = directory.segment(number);
        SegmentFile file = storage.create(path);
        SegmentWriter writer = new SegmentWriter(number, path, file, header.length);
        try {
            writer.append(ByteBuffer.wrap(header));
            directory.force();
        } catch (IOException | RuntimeException e) {
            writer.discard();
            throw e;
        }
        return writer;
    }

    /** Returns when the bytes are durable. After a failure the segment must not be used again. */
    void append(ByteBuffer bytes) throws IOException {
        ByteBuffer written = bytes.duplicate();
        int size = bytes.remaining();
        file.write(bytes);
        file.force();
        digest.update(written);
        length += size;
    }

    boolean hasRoom(int bytes, long segmentBytes) {
        return length == framesAt || length + bytes <= segmentBytes;
    }

    Path path() {
        return path;
    }

    /** What the next segment says of this one. */
    Previous asPrevious() {
        return new Previous(number, length, digest.digest());
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    /** Closes a segment whose header did not become durable and tries to remove it; without frames it counts nothing. */
    private void discard() {
        try (file) {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            // the file stays, and no later segment names it
        }
    }
}
