package org.countersign.journal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Keeps a second writer out of a journal, in this process and in others. */
record DirectoryLock(Path file, FileChannel channel) implements Closeable {
    static DirectoryLock take(Path directory) throws IOException {
        Path file = directory.resolve("journal.lock");
        FileChannel channel = FileChannel.open(
                file,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                SegmentDirectory.ownerOnly(file, "rw-------"));
        if (lock(channel) == null) {
            channel.close();
            throw new IOException("another writer has the journal open");
        }
        return new DirectoryLock(file, channel);
    }

    /** Whether the file that is locked is still there for others to find. */
    boolean present() {
        return Files.exists(file);
    }

    private static @Nullable FileLock lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
