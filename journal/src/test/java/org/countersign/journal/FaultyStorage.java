package org.countersign.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** The disk, until it is told to fail. */
final class FaultyStorage implements Storage {
    private final Storage real = Storage.disk();
    final AtomicInteger created = new AtomicInteger();
    final AtomicInteger forces = new AtomicInteger();
    /** How much can be made yet. */
    final AtomicLong room = new AtomicLong(Long.MAX_VALUE);

    volatile boolean readOnly;
    volatile boolean createFails;
    volatile boolean writeFails;
    volatile boolean forceFails;
    /** Uses of a file after a write or a force of it failed. */
    final AtomicInteger usesOfFailedFiles = new AtomicInteger();

    /** While it is not open, nothing that is forced gets to the disk. */
    volatile CountDownLatch disk = new CountDownLatch(0);

    volatile long usableBytes = Long.MAX_VALUE;

    @Override
    public SegmentFile create(Path file, long zeros) throws IOException {
        if (createFails) {
            throw new IOException("cannot create");
        }
        if (readOnly) {
            throw new IOException("Read-only file system");
        }
        if (room.addAndGet(-zeros) < 0) {
            room.addAndGet(zeros);
            throw new IOException("No space left on device");
        }
        created.incrementAndGet();
        return new FaultyFile(real.create(file, zeros));
    }

    @Override
    public long usableBytes(Path directory) {
        return usableBytes;
    }

    private final class FaultyFile implements SegmentFile {
        private final SegmentFile file;
        private boolean failed;

        FaultyFile(SegmentFile file) {
            this.file = file;
        }

        @Override
        public void write(ByteBuffer bytes) throws IOException {
            use();
            if (writeFails) {
                failed = true;
                bytes.limit(bytes.position() + bytes.remaining() / 2);
                file.write(bytes);
                throw new IOException("cannot write");
            }
            file.write(bytes);
        }

        @Override
        public void force() throws IOException {
            use();
            forces.incrementAndGet();
            awaitDisk();
            if (forceFails) {
                failed = true;
                throw new IOException("cannot force");
            }
            file.force();
        }

        private void use() {
            if (failed) {
                usesOfFailedFiles.incrementAndGet();
            }
        }

        private void awaitDisk() throws IOException {
            try {
                disk.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
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
