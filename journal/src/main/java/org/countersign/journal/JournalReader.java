package org.countersign.journal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * The reading side of a journal; for any thread, also while the journal is being written: reading stops at the first
 * frame that is not wholly there. Every frame that is handed out has the hash it claims and continues its session's
 * chain.
 *
 * <p>All methods throw a {@link JournalException} at once when a chain is broken, and at their end, when everything that
 * could be read was handed out, if something of the time they read is damaged or missing.
 */
public final class JournalReader {
    private static final Duration SLACK = Duration.ofMinutes(1);

    private final SegmentDirectory directory;

    public JournalReader(Path directory) {
        this.directory = new SegmentDirectory(directory);
    }

    /** Hands out all frames of a session in order. */
    public void frames(UUID session, Consumer<Frame> consumer) {
        read(Instant.MIN, Instant.MAX, session::equals, consumer);
    }

    /**
     * Hands out the frames of a session in order and leaves out the parts of the journal that hold nothing of the time
     * between. The times choose where to look; frames a little earlier or later are handed out too.
     */
    public void frames(UUID session, Instant from, Instant to, Consumer<Frame> consumer) {
        Instant earliest = from.isBefore(Instant.EPOCH) ? Instant.MIN : from.minus(SLACK);
        Instant latest = to.isAfter(Instant.MAX.minus(SLACK)) ? Instant.MAX : to.plus(SLACK);
        read(earliest, latest, session::equals, consumer);
    }

    /** Hands out the frames of all sessions in the order in which they were recorded. */
    public void frames(Consumer<Frame> consumer) {
        read(Instant.MIN, Instant.MAX, session -> true, consumer);
    }

    /**
     * Hands out the frames of all sessions from a time on, segment by segment, the newest segment first and the frames of
     * each in their order. Before each segment it asks whether there is enough.
     */
    public void latest(Instant from, BooleanSupplier enough, Consumer<Frame> consumer) {
        try {
            SegmentMap map = SegmentMap.read(directory);
            var damage = new ArrayList<String>();
            for (SegmentMap.Segment segment : map.segments().reversed()) {
                if (segment.meets(from, Instant.MAX) && !enough.getAsBoolean()) {
                    // chains run the other way: within a segment they are still verified
                    Reading reading = new Reading(session -> true, consumer);
                    reading.read(segment);
                    damage.addAll(reading.damage());
                }
            }
            map.losses().stream()
                    .filter(loss -> loss.meets(from, Instant.MAX))
                    .forEach(loss -> damage.add(loss.what()));
            if (!damage.isEmpty()) {
                throw new JournalException("the journal is damaged: " + String.join(", ", damage));
            }
        } catch (IOException e) {
            throw new JournalException("the journal cannot be read: " + e, e);
        }
    }

    private void read(Instant from, Instant to, Predicate<UUID> sessions, Consumer<Frame> consumer) {
        try {
            SegmentMap map = SegmentMap.read(directory);
            Reading reading = new Reading(sessions, consumer);
            map.losses().stream().filter(loss -> loss.meets(from, to)).forEach(loss -> reading.damaged(loss.what()));
            for (SegmentMap.Segment segment : map.segments()) {
                if (segment.meets(from, to)) {
                    reading.read(segment);
                }
            }
            reading.end();
        } catch (IOException e) {
            throw new JournalException("the journal cannot be read: " + e, e);
        }
    }

    /** One pass over the segments. */
    private record Reading(
            Predicate<UUID> sessions, Consumer<Frame> consumer, List<String> damage, Map<UUID, Chain> chains) {
        Reading(Predicate<UUID> sessions, Consumer<Frame> consumer) {
            this(sessions, consumer, new ArrayList<>(), new HashMap<>());
        }

        void damaged(String what) {
            damage.add(what);
        }

        void read(SegmentMap.Segment segment) throws IOException {
            try (FileChannel channel = FileChannel.open(segment.file(), StandardOpenOption.READ)) {
                SegmentScan scan = new SegmentScan(channel, segment.header().framesAt(), segment.length());
                while (scan.next()) {
                    if (sessions.test(scan.session())) {
                        accept(scan.frame());
                    }
                }
                boolean cut = segment.length() != Long.MAX_VALUE && scan.wholeEnd() != segment.length();
                if (scan.damaged() || cut) {
                    damaged(segment.file().getFileName() + " has broken frames");
                }
            }
        }

        void end() {
            if (!damage.isEmpty()) {
                throw new JournalException("the journal is damaged: " + String.join(", ", damage));
            }
        }

        private void accept(Frame frame) {
            Optional.ofNullable(chains.get(frame.session())).ifPresent(chain -> verify(frame, chain));
            if (frame.sequence() == 1) {
                verify(frame, Chain.START);
            }
            chains.put(frame.session(), new Chain(frame.sequence(), frame.hash()));
            consumer.accept(frame);
        }

        private static void verify(Frame frame, Chain before) {
            if (frame.sequence() != before.sequence() + 1 || !Arrays.equals(frame.previous(), before.hash())) {
                throw new JournalException("frame " + frame.sequence() + " of session " + frame.session()
                        + " does not continue frame " + before.sequence());
            }
        }
    }
}
