package org.countersign.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.UUID;
import org.countersign.journal.SegmentHeader.Previous;

/**
 * What the writer has to know of everything before: confined to the journal's thread.
 *
 * @param lastNumber the highest segment number in use
 * @param lastInstant the time of the newest frame or segment
 */
record History(UUID journal, long lastNumber, Previous previous, Chains chains, Instant lastInstant) {
    private static final System.Logger LOG = System.getLogger(History.class.getName());
    private static final int WINDOW_BYTES = 1 << 18;

    /** Reads the newest segment and cuts off what was not wholly written. */
    static History recover(SegmentDirectory directory) throws IOException {
        NavigableMap<Long, Path> segments = directory.segments();
        for (Path file : segments.descendingMap().values()) {
            Optional<History> history = recover(file, segments.lastKey());
            if (history.isPresent()) {
                return history.get();
            }
            LOG.log(System.Logger.Level.WARNING, "segment without a whole header skipped file={0}", file.getFileName());
        }
        long lastNumber = segments.isEmpty() ? 0 : segments.lastKey();
        return new History(UUID.randomUUID(), lastNumber, Previous.NONE, new Chains(), Instant.EPOCH);
    }

    History started(long number, Instant at) {
        return new History(journal, number, previous, chains, at);
    }

    History numbered(long number) {
        return new History(journal, number, previous, chains, lastInstant);
    }

    History closed(Previous closed) {
        return new History(journal, lastNumber, closed, chains, lastInstant);
    }

    History at(Instant at) {
        return new History(journal, lastNumber, previous, chains, at);
    }

    private static Optional<History> recover(Path file, long lastNumber) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            Optional<SegmentHeader> header = SegmentHeader.read(channel);
            if (header.isEmpty() || channel.size() < header.get().framesAt()) {
                return Optional.empty();
            }
            return recover(file, channel, header.get(), lastNumber);
        }
    }

    private static Optional<History> recover(Path file, FileChannel channel, SegmentHeader header, long lastNumber)
            throws IOException {
        Chains chains = new Chains();
        Optional<Map<UUID, Chain>> carried = header.readChains(channel);
        carried.ifPresent(chains.open()::putAll);
        Instant last = header.started();
        SegmentScan scan = new SegmentScan(channel, header.framesAt(), Long.MAX_VALUE);
        while (scan.next()) {
            chains.advance(scan.session(), scan.chain(), scan.last());
            last = scan.instant();
        }
        if (carried.isEmpty() && scan.wholeEnd() == header.framesAt()) {
            return Optional.empty();
        }
        repair(file, channel, scan);
        Previous previous = new Previous(header.number(), scan.wholeEnd(), digest(channel, scan.wholeEnd()));
        return Optional.of(new History(header.journal(), lastNumber, previous, chains, last));
    }

    private static void repair(Path file, FileChannel channel, SegmentScan scan) throws IOException {
        if (scan.damaged()) {
            LOG.log(System.Logger.Level.ERROR, "segment is damaged, kept as it is file={0}", file.getFileName());
        }
        if (scan.lastEnd() > scan.wholeEnd()) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "frames of an interrupted write do not count file={0} bytes={1}",
                    file.getFileName(),
                    scan.lastEnd() - scan.wholeEnd());
        }
        long behind = channel.size() - scan.lastEnd();
        if (behind > 0) {
            channel.truncate(scan.lastEnd());
            channel.force(true);
            LOG.log(
                    System.Logger.Level.INFO,
                    "segment was not closed, cut off behind its last frame file={0} bytes={1}",
                    file.getFileName(),
                    behind);
        }
    }

    private static byte[] digest(FileChannel channel, long length) throws IOException {
        MessageDigest digest = FrameLayout.sha256();
        ByteBuffer window = ByteBuffer.allocate(WINDOW_BYTES);
        for (long at = 0; at < length; ) {
            window.clear().limit((int) Math.min(WINDOW_BYTES, length - at));
            int read = channel.read(window, at);
            if (read < 0) {
                throw new IOException("segment became shorter while it was read");
            }
            digest.update(window.flip());
            at += read;
        }
        return digest.digest();
    }
}
