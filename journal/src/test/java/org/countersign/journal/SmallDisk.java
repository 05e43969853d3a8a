package org.countersign.journal;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** A disk that is small or read-only at first: a file system of its own, or the same injected where none can be mounted. */
sealed interface SmallDisk extends AutoCloseable {
    /** Which of the two; the injected one is tried everywhere. */
    enum Kind {
        MOUNTED,
        INJECTED
    }

    /** Where the journal's segments are made. */
    Storage storage();

    void grow(int kibibytes) throws IOException, InterruptedException;

    void makeWritable() throws IOException, InterruptedException;

    @Override
    void close() throws IOException, InterruptedException;

    /** Says so on the build's output, and skips the test, where the user may not mount. */
    static SmallDisk of(Kind kind, Path directory, int kibibytes, boolean readOnly)
            throws IOException, InterruptedException {
        if (kind == Kind.INJECTED) {
            var storage = new FaultyStorage();
            storage.room.set((long) kibibytes << 10);
            storage.readOnly = readOnly;
            return new Injected(storage);
        }
        String options = "size=" + kibibytes + "k" + (readOnly ? ",ro" : "");
        if (Mounted.run("mount", "-t", "tmpfs", "-o", options, "tmpfs", directory.toString()) != 0) {
            String told = "NOT TESTED on a file system of its own, because this user cannot mount one (run as root, or"
                    + " with CAP_SYS_ADMIN): the same is tested with injected files only";
            System.err.println("WARNING: " + told);
            Assumptions.abort(told);
        }
        return new Mounted(directory);
    }

    /** A file system in memory. */
    record Mounted(Path directory) implements SmallDisk {
        @Override
        public Storage storage() {
            return Storage.disk();
        }

        @Override
        public void grow(int kibibytes) throws IOException, InterruptedException {
            remount("size=" + kibibytes + "k");
        }

        @Override
        public void makeWritable() throws IOException, InterruptedException {
            remount("rw");
        }

        private void remount(String options) throws IOException, InterruptedException {
            if (run("mount", "-o", "remount," + options, directory.toString()) != 0) {
                throw new IOException("cannot remount " + directory);
            }
        }

        @Override
        public void close() throws IOException, InterruptedException {
            if (run("umount", directory.toString()) != 0) {
                throw new IOException("cannot unmount " + directory);
            }
        }

        private static int run(String... command) throws IOException, InterruptedException {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        }
    }

    /** Files that fail as those of a full or a read-only file system do. */
    record Injected(FaultyStorage storage) implements SmallDisk {
        @Override
        public void grow(int kibibytes) {
            storage.room.addAndGet((long) kibibytes << 10);
        }

        @Override
        public void makeWritable() {
            storage.readOnly = false;
        }

        @Override
        public void close() {}
    }
}
