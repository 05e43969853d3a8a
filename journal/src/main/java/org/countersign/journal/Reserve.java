package org.countersign.journal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/**
 * The file for the next segment, made ahead on a thread of its own and full of zeros: forcing frames that are written
 * over them waits for no metadata. Confined to the journal's thread.
 */
final class Reserve implements Closeable {
    private static final System.Logger LOG = System.getLogger(Reserve.class.getName());

    private final Storage storage;
    private final Path path;
    private final long bytes;
    private @Nullable FutureTask<SegmentFile> making;

    Reserve(Storage storage, Path path, long bytes) {
        this.storage = storage;
        this.path = path;
        this.bytes = bytes;
    }

    /** Where the file is until it is moved to its own name. */
    Path path() {
        return path;
    }

    /** Starts making a file unless there is one. */
    void prepare() {
        if (making == null) {
            FutureTask<SegmentFile> task = new FutureTask<>(this::make);
            making = task;
            Thread.ofPlatform().daemon().name("countersign-journal-reserve").start(task);
        }
    }

    /** Hands the file over; waits for it, and makes it here where that failed before. */
    SegmentFile take() throws IOException {
        SegmentFile made = made();
        return made == null ? make() : made;
    }

    /** Removes the file if there is one. */
    @Override
    public void close() throws IOException {
        try (SegmentFile made = made()) {
            if (made != null) {
                Files.deleteIfExists(path);
            }
        }
    }

    private SegmentFile make() throws IOException {
        Files.deleteIfExists(path);
        return storage.create(path, bytes);
    }

    private @Nullable SegmentFile made() throws IOException {
        FutureTask<SegmentFile> task = making;
        making = null;
        if (task == null) {
            return null;
        }
        try {
            return task.get();
        } catch (ExecutionException e) {
            LOG.log(System.Logger.Level.WARNING, "no file could be made ahead for the next segment", e.getCause());
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the next segment was made", e);
        }
    }
}
