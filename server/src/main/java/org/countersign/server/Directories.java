package org.countersign.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** What is done to whole trees of files. */
final class Directories {

    private Directories() {}

    /** Makes a directory's content; must leave nothing outside of it. */
    @FunctionalInterface
    interface Filling {
        void fill(Path directory) throws IOException;
    }

    /**
     * Returns {@code directory}, filled once: a half-made one never gets the final name, so whatever has the name is
     * complete. Two processes may do it at the same time; the first wins.
     */
    static Path once(Path directory, Filling filling) {
        if (Files.isDirectory(directory)) {
            return directory;
        }
        Path partial = directory.resolveSibling(
                directory.getFileName() + ".partial-" + ProcessHandle.current().pid());
        try {
            delete(partial);
            Files.createDirectories(partial);
            filling.fill(partial);
            try {
                Files.move(partial, directory);
            } catch (FileAlreadyExistsException | java.nio.file.DirectoryNotEmptyException e) {
                delete(partial);
            }
            return directory;
        } catch (IOException e) {
            throw new LaunchException("cannot make " + directory + ": " + e, e);
        } finally {
            delete(partial);
        }
    }

    /** Deletes the tree, if there is one. */
    static void delete(Path tree) {
        if (!Files.exists(tree)) {
            return;
        }
        try {
            Files.walkFileTree(tree, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.delete(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
                        throws IOException {
                    if (failure != null) {
                        throw failure;
                    }
                    Files.delete(directory);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Copies the tree; existing files are replaced, others stay. */
    static void copy(Path from, Path to) {
        try (var paths = Files.walk(from)) {
            for (Path path : (Iterable<Path>) paths::iterator) {
                Path copy = to.resolve(from.relativize(path).toString());
                if (Files.isDirectory(path)) {
                    Files.createDirectories(copy);
                } else {
                    Files.copy(path, copy, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the first 16 hex digits of the SHA-256 over the stream, which is closed. */
    static String digest(InputStream content) {
        try (DigestInputStream in = new DigestInputStream(content, sha256())) {
            in.transferTo(java.io.OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(in.getMessageDigest().digest(), 0, 8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }
}
