package org.countersign.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/** Where segment files come from, and how much room is left for them. */
interface Storage {
    /** @throws java.nio.file.FileAlreadyExistsException when there is such a file */
    SegmentFile create(Path file) throws IOException;

    long usableBytes(Path directory) throws IOException;

    /** Files on the disk, for their owner only. */
    static Storage disk() {
        return new Disk();
    }

    /** The real one. */
    record Disk() implements Storage {
        @Override
        public SegmentFile create(Path file) throws IOException {
            return new DiskFile(FileChannel.open(
                    file,
                    Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                    SegmentDirectory.ownerOnly(file, "rw-------")));
        }

        @Override
        public long usableBytes(Path directory) throws IOException {
            return Files.getFileStore(directory).getUsableSpace();
        }
    }

    /** A file of the disk. */
    record DiskFile(FileChannel channel) implements SegmentFile {
        /** How much is copied to native memory at once. */
        private static final int CHUNK_BYTES = 1 << 20;

        @Override
        public void write(ByteBuffer bytes) throws IOException {
            int end = bytes.limit();
            while (bytes.position() < end) {
                bytes.limit(Math.min(end, bytes.position() + CHUNK_BYTES));
                channel.write(bytes);
                bytes.limit(end);
            }
        }

        @Override
        public void force() throws IOException {
            channel.force(false);
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
