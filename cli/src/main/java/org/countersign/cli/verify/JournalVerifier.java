package org.countersign.cli.verify;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * Checks a journal from its files alone: the chain of segments, the frames' checksums and hashes, the chain and the
 * sequence of every session. It cannot know of segments and frames that are gone from the very end without a trace.
 */
public final class JournalVerifier {
    private final List<Report.Segment> segments = new ArrayList<>();
    private final List<String> remarks = new ArrayList<>();
    private final Sessions sessions = new Sessions();

    private JournalVerifier() {}

    /** A segment and what it says about itself. */
    private record Linked(SegmentFile file, SegmentHeader header) {}

    public static Report verify(Path directory) throws IOException {
        return new JournalVerifier().run(directory);
    }

    private Report run(Path directory) throws IOException {
        Optional<Fault> fault = Optional.empty();
        try {
            check(directory);
        } catch (FaultException e) {
            fault = Optional.of(e.fault());
        }
        return new Report(segments, sessions.all(), remarks, fault);
    }

    private void check(Path directory) throws IOException, FaultException {
        SequencedMap<Long, Linked> headers = new LinkedHashMap<>();
        List<SegmentFile> unfinished = new ArrayList<>();
        for (SegmentFile file : SegmentFile.in(directory)) {
            Optional<SegmentHeader> header = SegmentHeader.read(file);
            header.ifPresentOrElse(
                    found -> headers.put(file.number(), new Linked(file, found)), () -> unfinished.add(file));
        }
        List<Linked> chain = chain(headers);
        for (int i = 0; i < chain.size(); i++) {
            check(chain.get(i), i + 1 < chain.size() ? Optional.of(chain.get(i + 1)) : Optional.empty());
        }
        for (SegmentFile file : unfinished) {
            if (chain.isEmpty() || file.number() > chain.getLast().file().number()) {
                throw fault(file, 0, "the header is incomplete", true);
            }
            remarks.add("segment " + file.number() + " was never finished and holds nothing");
        }
    }

    /** Follows the headers from the newest segment back and returns the segments in their order. */
    private List<Linked> chain(SequencedMap<Long, Linked> headers) throws IOException, FaultException {
        Deque<Linked> chain = new ArrayDeque<>();
        Optional<Linked> next = Optional.ofNullable(headers.lastEntry()).map(Map.Entry::getValue);
        while (next.isPresent()) {
            Linked current = next.orElseThrow();
            headers.remove(current.file().number());
            chain.addFirst(current);
            next = previous(current, headers);
        }
        for (Linked stray : headers.values()) {
            if (SegmentTail.of(stray.file().path(), stray.header().length()).used()) {
                throw fault(stray.file(), 0, "it holds frames, but no later segment names it as its previous", false);
            }
            remarks.add("segment " + stray.file().number() + " holds no frame and is not part of the chain");
        }
        return List.copyOf(chain);
    }

    private static Optional<Linked> previous(Linked current, Map<Long, Linked> headers) throws FaultException {
        SegmentHeader header = current.header();
        if (header.previous() == 0) {
            if (header.previousLength() != 0
                    || !header.previousDigest().equals(Digest.NONE)
                    || !header.open().isEmpty()) {
                throw fault(
                        current.file(), 44, "it says that it is the first, and yet that there was one before", false);
            }
            return Optional.empty();
        }
        Linked previous = headers.get(header.previous());
        if (header.previous() >= current.file().number() || previous == null) {
            throw fault(current.file(), 44, "the segment before it, " + header.previous() + ", is missing", false);
        }
        if (!previous.header().journal().equals(header.journal())) {
            throw fault(current.file(), 16, "it belongs to another journal", false);
        }
        return Optional.of(previous);
    }

    private void check(Linked segment, Optional<Linked> next) throws IOException, FaultException {
        SegmentFile file = segment.file();
        if (!segment.header().open().equals(sessions.open())) {
            throw fault(file, 100, "its open chains are not those that the segments before it leave open", false);
        }
        long size = Files.size(file.path());
        long end = next.map(linked -> linked.header().previousLength()).orElse(size);
        if (end > size || end < segment.header().length()) {
            throw fault(
                    file,
                    size,
                    "segment " + next.orElseThrow().file().number() + " says that " + end
                            + " bytes of it count, it has " + size,
                    false);
        }
        try (var in = new SegmentBytes(file.path(), end)) {
            in.next(segment.header().length());
            frames(file, in, next.isEmpty());
            if (next.isPresent()
                    && !in.digest().equals(next.orElseThrow().header().previousDigest())) {
                throw fault(file, 0, "its digest is not the one that the next segment holds", false);
            }
        }
        if (next.isPresent() && SegmentTail.of(file.path(), end).used()) {
            remarks.add("segment " + file.number() + " has " + (size - end)
                    + " bytes behind the ones that count: a write that failed and was never acknowledged");
        }
    }

    private void frames(SegmentFile file, SegmentBytes in, boolean newest) throws IOException, FaultException {
        long frames = 0;
        long good = in.position();
        try {
            while (in.remaining() > 0 && frame(file, in, newest)) {
                frames++;
                good = in.position();
            }
        } finally {
            segments.add(new Report.Segment(file.number(), frames, good));
        }
    }

    /** Returns false where the frames end: in the newest segment, zeros may follow them. */
    private boolean frame(SegmentFile file, SegmentBytes in, boolean newest) throws IOException, FaultException {
        long start = in.position();
        Frame frame;
        try {
            frame = Frame.read(in);
        } catch (Frame.BrokenException e) {
            SegmentTail tail = SegmentTail.of(file.path(), start);
            if (newest && !tail.used()) {
                return false;
            }
            throw new FaultException(
                    new Fault(file.number(), start, e.frame(), e.what(), newest && tail.interrupted()));
        }
        Optional<String> wrong = sessions.add(frame);
        if (wrong.isPresent()) {
            throw new FaultException(new Fault(
                    file.number(),
                    start,
                    Optional.of(new Fault.Place(frame.session(), frame.sequence())),
                    wrong.orElseThrow(),
                    false));
        }
        return true;
    }

    private static FaultException fault(SegmentFile file, long offset, String what, boolean unfinished) {
        return new FaultException(new Fault(file.number(), offset, Optional.empty(), what, unfinished));
    }
}
