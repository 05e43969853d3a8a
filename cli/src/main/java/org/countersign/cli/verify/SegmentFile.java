package org.countersign.cli.verify;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A segment of the journal by its name. */
record SegmentFile(Path path, long number) {
    private static final Pattern NAME = Pattern.compile("segment-([0-9]{20})\\.journal");

    /** Returns the segments of the directory in their order. */
    static List<SegmentFile> in(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.flatMap(SegmentFile::of)
                    .sorted((one, two) -> Long.compare(one.number, two.number))
                    .toList();
        }
    }

    private static Stream<SegmentFile> of(Path path) {
        Matcher matcher = NAME.matcher(path.getFileName().toString());
        if (!matcher.matches()) {
            return Stream.empty();
        }
        try {
            return Stream.of(new SegmentFile(path, Long.parseLong(matcher.group(1))));
        } catch (NumberFormatException e) {
            return Stream.empty();
        }
    }
}
