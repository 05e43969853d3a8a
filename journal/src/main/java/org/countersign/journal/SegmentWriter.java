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

    /** @param header all bytes before the first frame; they are durable before the file has its name */
    static SegmentWriter create(Reserve reserve, SegmentDirectory directory, long number, byte[] header)
            throws IOException {
        Path path = directory.segment(number);
        SegmentWriter writer = new SegmentWriter(number, path, reserve.take(), header.length);
        Path current = reserve.path();
        try {
            writer.append(ByteBuffer.wrap(header));
            Files.move(current, path);
            current = path;
            directory.force();
        } catch (IOException | RuntimeException e) {
            writer.discard(current);
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

    /** Gives back the room behind what is durable. */
    @Override
    public void close() throws IOException {
        try (file) {
            file.cut(length);
        }
    }

    /** Closes a segment that could not be started and tries to remove it; without frames it counts nothing. */
    private void discard(Path current) {
        try {
            close();
            Files.deleteIfExists(current);
        } catch (IOException e) {
            // the file stays, and no later segment names it
        }
    }
}
