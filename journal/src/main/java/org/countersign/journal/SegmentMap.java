package org.countersign.journal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which segments count, oldest first, and how far.
 *
 * @param damage what is missing or broken among them
 */
record SegmentMap(List<Segment> segments, List<String> damage) {
    /**
     * A segment that counts.
     *
     * @param length how far it counts; the newest counts to its last whole frame
     * @param ended no frame of it is younger
     */
    record Segment(Path file, SegmentHeader header, long length, Instant ended) {}

    static SegmentMap read(SegmentDirectory directory) throws IOException {
        Walk walk = new Walk();
        for (Map.Entry<Long, Path> entry : directory.segments().descendingMap().entrySet()) {
            walk.visit(entry.getKey(), entry.getValue());
        }
        return walk.map();
    }

    /** From the newest to the oldest: each segment says how far the one before it counts. */
    private static final class Walk {
        private final List<Segment> newestFirst = new ArrayList<>();
        private final List<String> damage = new ArrayList<>();
        private long expected = Long.MAX_VALUE;
        private long length = Long.MAX_VALUE;
        private Instant ended = Instant.MAX;

        void visit(long number, Path file) throws IOException {
            boolean named = expected != Long.MAX_VALUE;
            if (number > expected) {
                return;
            }
            if (named && number < expected) {
                lost("segment " + expected + " is missing");
            }
            Optional<SegmentHeader> header = header(file).filter(found -> found.number() == number);
            if (header.isPresent()) {
                take(file, header.get());
            } else if (named && number == expected) {
                lost(file.getFileName() + " has no whole header");
            }
        }

        SegmentMap map() {
            return new SegmentMap(newestFirst.reversed(), damage);
        }

        private void lost(String what) {
            damage.add(what);
            expected = Long.MAX_VALUE;
            length = Long.MAX_VALUE;
        }

        private void take(Path file, SegmentHeader header) {
            newestFirst.add(new Segment(file, header, length, ended));
            expected = header.previous().number();
            length = header.previous().length();
            ended = header.started();
        }

        private static Optional<SegmentHeader> header(Path file) throws IOException {
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
                return SegmentHeader.read(channel);
            } catch (NoSuchFileException e) {
                return Optional.empty();
            }
        }
    }
}
