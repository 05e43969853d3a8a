package org.countersign.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** A directory in which nobody can make a file, root included, until it is closed. */
final class UnwritableDirectory implements AutoCloseable {
    private final Path directory;

    UnwritableDirectory(Path directory) throws IOException, InterruptedException {
        this.directory = directory;
        Files.createDirectories(directory);
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("r-x------"));
        if (writable()) {
            chattr("+i");
        }
        if (writable()) {
            throw new IllegalStateException("no way to make " + directory + " read-only for this user");
        }
    }

    private boolean writable() throws IOException {
        try {
            Files.delete(Files.createTempFile(directory, "probe", ""));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private void chattr(String change) throws IOException, InterruptedException {
        new ProcessBuilder("chattr", change, directory.toString()).start().waitFor();
    }

    @Override
    public void close() throws IOException, InterruptedException {
        chattr("-i");
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
    }
}
