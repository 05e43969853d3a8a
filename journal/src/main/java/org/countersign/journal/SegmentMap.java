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
import org.jspecify.annotations.Nullable;

/**
 * Which segments count, oldest first, and how far.
 *
 * @param losses what is missing between them or before the first
 */
record SegmentMap(List<Segment> segments, List<Loss> losses) {
    /** A time from the start of one segment to the start of another. */
    interface Stretch {
        Instant started();

        Instant ended();

        default boolean meets(Instant from, Instant to) {
            return !ended().isBefore(from) && !started().isAfter(to);
        }
    }

    /**
     * A segment that counts.
     *
     * @param length how far it counts; the newest counts to its last whole frame
     * @param ended no frame of it is younger
     */
    record Segment(Path file, SegmentHeader header, long length, Instant ended) implements Stretch {
        @Override
        public Instant started() {
            return header.started();
        }
    }

    /** A segment that should be there, and the time in which its frames were written at most. */
    record Loss(String what, Instant started, Instant ended) implements Stretch {}

    static SegmentMap read(SegmentDirectory directory) throws IOException {
        Walk walk = new Walk();
        for (Map.Entry<Long, Path> entry : directory.segments().descendingMap().entrySet()) {
            walk.visit(entry.getKey(), entry.getValue());
        }
        return walk.end();
    }

    /** From the newest to the oldest: each segment says how far the one before it counts. */
    private static final class Walk {
        private static final long ANY = Long.MAX_VALUE;

        private final List<Segment> newestFirst = new ArrayList<>();
        private final List<Loss> losses = new ArrayList<>();
        private long expected = ANY;
        private long length = Long.MAX_VALUE;
        private Instant ended = Instant.MAX;
        private @Nullable String lost;

        void visit(long number, Path file) throws IOException {
            if (number > expected) {
                return;
            }
            if (number < expected && expected != ANY) {
                lose("segment " + expected + " is missing");
            }
            Optional<SegmentHeader> header = header(file).filter(found -> found.number() == number);
            if (header.isPresent()) {
                take(file, header.get());
            } else if (number == expected) {
                lose(file.getFileName() + " has no whole header");
            }
        }

        SegmentMap end() {
            if (expected != 0 && expected != ANY) {
                lose("segment " + expected + " is missing");
            }
            settle(Instant.MIN);
            return new SegmentMap(newestFirst.reversed(), losses);
        }

        private void take(Path file, SegmentHeader header) {
            settle(header.started());
            newestFirst.add(new Segment(file, header, length, ended));
            expected = header.previous().number();
            length = header.previous().length();
            ended = header.started();
        }

        /** The segment before is gone, and with it what would tell which one was before that and how far it counts. */
        private void lose(String what) {
            lost = what;
            expected = ANY;
            length = Long.MAX_VALUE;
        }

        private void settle(Instant started) {
            if (lost != null) {
                losses.add(new Loss(lost, started, ended));
                lost = null;
            }
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
