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
    /** How much is copied to native memory at once. */
    int CHUNK_BYTES = 1 << 20;

    /**
     * Creates a file that holds zeros, durably; they are overwritten from its start.
     *
     * @throws java.nio.file.FileAlreadyExistsException when there is such a file
     */
    SegmentFile create(Path file, long zeros) throws IOException;

    /** Room for more; 0 also when there is no such directory. */
    long usableBytes(Path directory);

    /** Files on the disk, for their owner only. */
    static Storage disk() {
        return new Disk();
    }

    /** The real one. */
    record Disk() implements Storage {
        @Override
        public SegmentFile create(Path file, long zeros) throws IOException {
            FileChannel channel = FileChannel.open(
                    file,
                    Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                    SegmentDirectory.ownerOnly(file, "rw-------"));
            try {
                fill(channel, zeros);
            } catch (IOException | RuntimeException e) {
                try (channel) {
                    Files.deleteIfExists(file);
                }
                throw e;
            }
            return new DiskFile(channel);
        }

        /** In steps, so that what others force in the meantime does not wait for all of it. */
        private static void fill(FileChannel channel, long zeros) throws IOException {
            ByteBuffer step = ByteBuffer.allocateDirect((int) Math.min(zeros, CHUNK_BYTES));
            for (long left = zeros; left > 0; left -= step.limit()) {
                step.clear().limit((int) Math.min(left, CHUNK_BYTES));
                while (step.hasRemaining()) {
                    channel.write(step);
                }
                channel.force(true);
            }
            channel.position(0);
        }

        @Override
        public long usableBytes(Path directory) {
            return directory.toFile().getUsableSpace();
        }
    }

    /** A file of the disk. */
    record DiskFile(FileChannel channel) implements SegmentFile {
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
        public void cut(long length) throws IOException {
            channel.truncate(length);
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
