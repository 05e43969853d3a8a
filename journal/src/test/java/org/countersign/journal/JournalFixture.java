package org.countersign.journal;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Opens journals, appends to them and reads them back. */
record JournalFixture(Path directory, JournalLimits limits, Storage storage) {
    static final byte DATA = 2;
    static final UUID ANNA = new UUID(1, 1);
    static final UUID BELA = new UUID(2, 2);

    private static final Duration RETRY = Duration.ofMillis(1);

    JournalFixture(Path directory) {
        this(directory, new JournalLimits(1 << 20, 1 << 16, 1 << 20, 0), Storage.disk());
    }

    JournalFixture with(Storage other) {
        return new JournalFixture(directory, limits, other);
    }

    JournalFixture with(JournalLimits other) {
        return new JournalFixture(directory, other, storage);
    }

    Journal open() {
        return Journal.open(directory, limits, storage, Clock.systemUTC(), RETRY);
    }

    /** Appends and waits until it is durable. */
    static void append(Journal journal, UUID session, String payload) {
        append(journal, session, DATA, payload);
    }

    static void append(Journal journal, UUID session, byte type, String payload) {
        await(journal, session, type, payload);
    }

    /** What an append that has to fail fails with. */
    static JournalException refusal(Journal journal, UUID session) {
        try {
            await(journal, session, DATA, "{}");
        } catch (JournalException e) {
            return e;
        }
        throw new AssertionError("the append was accepted");
    }

    List<Frame> frames(UUID session) {
        List<Frame> frames = new ArrayList<>();
        new JournalReader(directory).frames(session, frames::add);
        return frames;
    }

    List<String> payloads(UUID session) {
        return frames(session).stream().map(JournalFixture::text).toList();
    }

    static String text(Frame frame) {
        return new String(frame.payload(), StandardCharsets.UTF_8);
    }

    private static void await(Journal journal, UUID session, byte type, String payload) {
        try {
            journal.append(session, type, payload.getBytes(StandardCharsets.UTF_8))
                    .toCompletableFuture()
                    .get(10, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw (JournalException) e.getCause();
        } catch (InterruptedException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }
}
