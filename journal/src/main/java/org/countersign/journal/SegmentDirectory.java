package org.countersign.journal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.NavigableMap;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The directory of a journal: which file is which segment. */
record SegmentDirectory(Path path) {
    private static final Pattern SEGMENT = Pattern.compile("segment-([0-9]{20})\\.journal");

    Path segment(long number) {
        return path.resolve(String.format(Locale.ROOT, "segment-%020d.journal", number));
    }

    /** What becomes the next segment. */
    Path reserve() {
        return path.resolve("journal.reserve");
    }

    /** The segment files by number; empty when the directory does not exist. */
    NavigableMap<Long, Path> segments() throws IOException {
        NavigableMap<Long, Path> segments = new TreeMap<>();
        if (!Files.exists(path)) {
            return segments;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(path)) {
            for (Path file : files) {
                number(file.getFileName().toString()).ifPresent(number -> segments.put(number, file));
            }
        }
        return segments;
    }

    void create() throws IOException {
        if (!Files.isDirectory(path)) {
            Files.createDirectories(path, ownerOnly(path.toAbsolutePath(), "rwx------"));
        }
    }

    /** Makes the names of new files durable. */
    void force() throws IOException {
        try (FileChannel directory = FileChannel.open(path, StandardOpenOption.READ)) {
            directory.force(true);
        }
    }

    static FileAttribute<?>[] ownerOnly(Path path, String permissions) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }

    private static OptionalLong number(String name) {
        Matcher matcher = SEGMENT.matcher(name);
        if (!matcher.matches()) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(Long.parseLong(matcher.group(1)));
        } catch (NumberFormatException e) {
            return OptionalLong.empty();
        }
    }
}
