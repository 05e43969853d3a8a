package org.countersign.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Set;

/** Files and directories that only their owner may read: secrets and state. */
final class PrivateFile {

    private static final SecureRandom RANDOM = new SecureRandom();

    private PrivateFile() {}

    /** Returns the directory, created with mode 0700 where it is missing. */
    static Path directory(Path directory) {
        try {
            if (!Files.isDirectory(directory)) {
                Files.createDirectories(
                        directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            }
            return directory;
        } catch (IOException e) {
            throw new LaunchException("cannot create " + directory + ": " + e.getMessage(), e);
        }
    }

    /** Returns the content of the file; a missing one is first made with 192 random bits (mode 0600). */
    static String secret(Path file) {
        byte[] bytes = new byte[24];
        RANDOM.nextBytes(bytes);
        return secret(file, Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    /** Returns the content of the file; a missing one is first written with {@code initial} (mode 0600). */
    static String secret(Path file, String initial) {
        try {
            if (!Files.exists(file)) {
                write(file, initial);
            }
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes the file with mode 0600, whole or not at all. */
    static void write(Path file, String content) {
        directory(parent(file));
        Path partial = file.resolveSibling(file.getFileName() + ".partial");
        try {
            Files.deleteIfExists(partial);
            try (var out = Files.newByteChannel(
                    partial,
                    Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
                out.write(java.nio.ByteBuffer.wrap(content.getBytes(StandardCharsets.UTF_8)));
            }
            Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileAlreadyExistsException e) {
            throw new LaunchException("somebody else writes " + file + " at the same time", e);
        } catch (IOException e) {
            throw new LaunchException("cannot write " + file + ": " + e.getMessage(), e);
        }
    }

    private static Path parent(Path file) {
        Path parent = file.toAbsolutePath().getParent();
        if (parent == null) {
            throw new IllegalArgumentException("no file: " + file);
        }
        return parent;
    }
}
