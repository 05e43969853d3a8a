package org.countersign.cli.verify;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;

/** The bytes of a segment that count, read once from the front, and their digest so far. */
final class SegmentBytes implements AutoCloseable {
    private static final int BUFFER = 1 << 16;

    private final InputStream in;
    private final MessageDigest digest = Digest.algorithm();
    private final long end;
    private long position;

    /** @param end where the bytes that count end */
    SegmentBytes(Path path, long end) throws IOException {
        this.in = new BufferedInputStream(Files.newInputStream(path), BUFFER);
        this.end = end;
    }

    long position() {
        return position;
    }

    long remaining() {
        return end - position;
    }

    /** Returns fewer bytes where the bytes that count end. */
    byte[] next(int count) throws IOException {
        byte[] bytes = in.readNBytes((int) Math.min(count, remaining()));
        digest.update(bytes);
        position += bytes.length;
        return bytes;
    }

    /** The digest of everything read; can be asked once. */
    Digest digest() {
        return new Digest(digest.digest());
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
