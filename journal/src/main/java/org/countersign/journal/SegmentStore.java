package org.countersign.journal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.countersign.journal.SegmentHeader.Previous;
import org.jspecify.annotations.Nullable;

/**
 * The segments as the writer sees them: it has a segment open and everything before it is settled, or it has none. Every
 * failure leaves it with none; {@link #open} starts the next. Confined to the journal's thread.
 */
final class SegmentStore implements Closeable {
    private static final System.Logger LOG = System.getLogger(SegmentStore.class.getName());

    private final SegmentDirectory directory;
    private final JournalLimits limits;
    private final Storage storage;
    private final Clock clock;
    private final Reserve reserve;
    private final FrameEncoder encoder = new FrameEncoder();
    private final Map<UUID, Chain> advanced = new HashMap<>();
    private @Nullable DirectoryLock lock;
    private @Nullable History history;
    private @Nullable SegmentWriter segment;
    private long freeBytes = Long.MAX_VALUE;

    SegmentStore(SegmentDirectory directory, JournalLimits limits, Storage storage, Clock clock) {
        this.directory = directory;
        this.limits = limits;
        this.storage = storage;
        this.clock = clock;
        reserve = new Reserve(storage, directory.reserve(), limits.segmentBytes());
    }

    boolean isOpen() {
        return segment != null;
    }

    /** Starts a segment when none is open. */
    void open() throws IOException {
        if (segment == null) {
            directory.create();
            lock();
            start(history == null ? History.recover(directory) : history);
        }
    }

    /**
     * @throws JournalException when there is too little room; the segment stays open
     * @throws IOException when the directory is not the one any more in which the segment was opened
     */
    void checkSpace() throws IOException {
        if (lock != null && !lock.present()) {
            throw new IOException("the lock of the journal has been removed");
        }
        if (segment != null && !Files.exists(segment.path())) {
            throw new IOException("the open segment has been removed");
        }
        freeBytes = storage.usableBytes(directory.path());
        if (freeBytes < limits.minFreeBytes()) {
            throw new JournalException(
                    "the disk of the journal has " + freeBytes + " bytes free, limit " + limits.minFreeBytes());
        }
    }

    /** How much room there was when it was checked last. */
    long freeBytes() {
        return freeBytes;
    }

    /** Returns when the frames are durable; after an exception none of them counts. */
    void write(List<Append> appends) throws IOException {
        int bytes = 0;
        for (Append append : appends) {
            bytes = Math.addExact(bytes, append.bytes());
        }
        open();
        if (!openSegment().hasRoom(bytes, limits.segmentBytes())) {
            retire();
            open();
        }
        encode(appends, bytes);
        openSegment().append(encoder.bytes());
        settle(appends);
    }

    /** Gives the open segment up, as far as it is durable. */
    void abandon() {
        if (segment != null) {
            try {
                retire();
            } catch (IOException e) {
                LOG.log(System.Logger.Level.WARNING, "failed segment could not be closed", e);
            }
        }
    }

    @Override
    public void close() throws IOException {
        try (DirectoryLock held = lock;
                Reserve unused = reserve;
                SegmentWriter open = segment) {
            lock = null;
            segment = null;
        }
    }

    private void lock() throws IOException {
        DirectoryLock held = lock;
        if (held != null && !held.present()) {
            lock = null;
            held.close();
        }
        if (lock == null) {
            lock = DirectoryLock.take(directory.path());
        }
    }

    private void retire() throws IOException {
        SegmentWriter retired = openSegment();
        Previous previous = retired.asPrevious();
        history = settled().closed(previous);
        segment = null;
        retired.close();
    }

    private void start(History before) throws IOException {
        long number = before.lastNumber() + 1;
        Instant now = notBefore(before.lastInstant());
        history = before.numbered(number);
        Map<UUID, Chain> chains = before.chains().open();
        SegmentHeader header = new SegmentHeader(number, before.journal(), now, before.previous(), chains.size());
        segment = SegmentWriter.create(reserve, directory, number, header.bytes(chains));
        reserve.prepare();
        history = before.started(number, now);
    }

    private void encode(List<Append> appends, int bytes) {
        encoder.begin(bytes);
        advanced.clear();
        Instant now = after(settled().lastInstant());
        Chains chains = settled().chains();
        for (Append append : appends) {
            UUID session = append.session();
            Chain before = advanced.get(session);
            advanced.put(session, encoder.add(append, before == null ? chains.of(session) : before, now));
        }
        history = settled().at(now);
    }

    /** The frames are durable: the chains stand behind them. */
    private void settle(List<Append> appends) {
        Chains chains = settled().chains();
        for (Append append : appends) {
            chains.advance(append.session(), chainOf(append.session()), append.last());
        }
    }

    private Instant notBefore(Instant last) {
        Instant now = clock.instant();
        return now.isBefore(last) ? last : now;
    }

    /** Each write has a time of its own, by which one can tell what was written together. */
    private Instant after(Instant last) {
        Instant now = clock.instant();
        return now.isAfter(last) ? now : last.plusNanos(1);
    }

    private Chain chainOf(UUID session) {
        return advanced.getOrDefault(session, Chain.START);
    }

    private SegmentWriter openSegment() {
        if (segment == null) {
            throw new IllegalStateException("no segment is open");
        }
        return segment;
    }

    private History settled() {
        if (history == null) {
            throw new IllegalStateException("the journal was never opened");
        }
        return history;
    }
}
