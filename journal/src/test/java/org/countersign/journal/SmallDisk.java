package org.countersign.journal;

import java.io.IOException;
import java.nio.file.Path;

/** A file system of its own in memory, where the user may mount one. */
record SmallDisk(Path directory, boolean mounted) implements AutoCloseable {
    static SmallDisk mount(Path directory, String options) throws IOException, InterruptedException {
        return new SmallDisk(directory, run("mount", "-t", "tmpfs", "-o", options, "tmpfs", directory.toString()) == 0);
    }

    void remount(String options) throws IOException, InterruptedException {
        if (run("mount", "-o", "remount," + options, directory.toString()) != 0) {
            throw new IOException("cannot remount " + directory);
        }
    }

    @Override
    public void close() throws IOException, InterruptedException {
        if (mounted && run("umount", directory.toString()) != 0) {
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
