package org.countersign.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/** The disk, until it is told to fail. */
final class FaultyStorage implements Storage {
    private final Storage disk = Storage.disk();
    final AtomicInteger created = new AtomicInteger();
    final AtomicInteger forces = new AtomicInteger();
    volatile boolean createFails;
    volatile boolean writeFails;
    volatile boolean forceFails;
    volatile long usableBytes = Long.MAX_VALUE;

    @Override
    public SegmentFile create(Path file, long zeros) throws IOException {
        if (createFails) {
            throw new IOException("cannot create");
        }
        created.incrementAndGet();
        return new FaultyFile(disk.create(file, zeros));
    }

    @Override
    public long usableBytes(Path directory) {
        return usableBytes;
    }

    private final class FaultyFile implements SegmentFile {
        private final SegmentFile file;

        FaultyFile(SegmentFile file) {
            this.file = file;
        }

        @Override
        public void write(ByteBuffer bytes) throws IOException {
            if (writeFails) {
                bytes.limit(bytes.position() + bytes.remaining() / 2);
                file.write(bytes);
                throw new IOException("cannot write");
            }
            file.write(bytes);
        }

        @Override
        public void force() throws IOException {
            forces.incrementAndGet();
            if (forceFails) {
                throw new IOException("cannot force");
            }
            file.force();
        }

        @Override
        public void cut(long length) throws IOException {
            file.cut(length);
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
