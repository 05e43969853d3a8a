package org.countersign.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.countersign.journal.JournalFixture.ANNA;
import static org.countersign.journal.JournalFixture.BELA;
import static org.countersign.journal.JournalFixture.append;
import static org.countersign.journal.JournalFixture.refusal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {
    @TempDir
    Path temporary;

    private JournalFixture fixture;

    @BeforeEach
    void place() {
        fixture = new JournalFixture(temporary.resolve("journal"));
    }

    @Test
    void chainsTheFramesOfEachSession() throws Exception {
        try (Journal journal = fixture.open()) {
            append(journal, ANNA, "a1");
            append(journal, BELA, "b1");
            append(journal, ANNA, "a2");
        }

        List<Frame> frames = fixture.frames(ANNA);
        assertThat(frames).extracting(JournalFixture::text).containsExactly("a1", "a2");
        assertThat(frames).extracting(Frame::sequence).containsExactly(1L, 2L);
        assertThat(frames.getFirst().previous()).containsOnly(0);
        assertThat(frames.getLast().previous()).isEqualTo(frames.getFirst().hash());
        assertThat(frames.getLast().hash()).isEqualTo(hashAsDocumented(frames.getLast()));
        assertThat(fixture.payloads(BELA)).containsExactly("b1");
    }

    @Test
    void keepsStrangersOut() throws IOException {
        fixture.open().close();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(fixture.directory())))
                .isEqualTo("rwx------");
        try (var files = Files.list(fixture.directory())) {
            assertThat(files)
                    .hasSize(2)
                    .allSatisfy(file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                            .isEqualTo("rw-------"));
        }
    }

    @Test
    void continuesAChainAfterReopening() {
        for (int i = 1; i <= 3; i++) {
            try (Journal journal = fixture.open()) {
                append(journal, ANNA, "a" + i);
            }
            try (Journal journal = fixture.open()) {
                append(journal, BELA, "b" + i);
            }
        }

        assertThat(fixture.frames(ANNA)).extracting(Frame::sequence).containsExactly(1L, 2L, 3L);
        assertThat(fixture.payloads(BELA)).containsExactly("b1", "b2", "b3");
    }

    @Test
    void doesNotStartASecondChainForALateFrame() {
        try (Journal journal = fixture.open()) {
            append(journal, ANNA, "a1");
            append(journal, ANNA, FrameLayout.LAST, "end");
            append(journal, ANNA, "late");
        }

        assertThat(fixture.frames(ANNA)).extracting(Frame::sequence).containsExactly(1L, 2L, 3L);
    }

    @Test
    void carriesOnlyOpenChainsIntoTheNextSegment() throws IOException {
        try (Journal journal = fixture.open()) {
            append(journal, ANNA, "a1");
            append(journal, BELA, FrameLayout.LAST, "end");
        }
        fixture.open().close();

        assertThat(SegmentMap.read(new SegmentDirectory(fixture.directory()))
                        .segments()
                        .getLast()
                        .header()
                        .openChains())
                .isEqualTo(1);
    }

    @Test
    void rollsOverAndBindsEachSegmentToTheOneBefore() throws Exception {
        JournalFixture small = fixture.with(new JournalLimits(4_096, 1_024, 1 << 20, 0));
        List<String> written = new ArrayList<>();
        try (Journal journal = small.open()) {
            for (int i = 0; i < 40; i++) {
                written.add(i + "x".repeat(500));
                append(journal, ANNA, written.getLast());
            }
        }

        assertThat(small.payloads(ANNA)).isEqualTo(written);
        List<SegmentMap.Segment> segments =
                SegmentMap.read(new SegmentDirectory(small.directory())).segments();
        assertThat(segments).hasSizeGreaterThan(4);
        for (int i = 1; i < segments.size(); i++) {
            byte[] before = Files.readAllBytes(segments.get(i - 1).file());
            SegmentHeader.Previous previous = segments.get(i).header().previous();
            assertThat(before.length).isLessThanOrEqualTo(4_096);
            assertThat(previous.length()).isEqualTo(before.length);
            assertThat(previous.digest()).isEqualTo(sha256(before));
        }
    }

    @Test
    void keepsTheOrderOfEverySessionUnderConcurrentAppends() throws Exception {
        int threads = 8;
        int frames = 500;
        FaultyStorage storage = new FaultyStorage();
        try (Journal journal = fixture.with(storage).open();
                ExecutorService executor = Executors.newFixedThreadPool(threads)) {
            List<Future<?>> done = new ArrayList<>();
            for (int thread = 0; thread < threads; thread++) {
                UUID session = new UUID(9, thread);
                done.add(executor.submit(() -> {
                    List<CompletableFuture<Void>> durable = new ArrayList<>();
                    for (int i = 0; i < frames; i++) {
                        durable.add(journal.append(session, JournalFixture.DATA, utf8(Integer.toString(i)))
                                .toCompletableFuture());
                    }
                    CompletableFuture.allOf(durable.toArray(CompletableFuture[]::new))
                            .join();
                }));
            }
            for (Future<?> future : done) {
                future.get(30, TimeUnit.SECONDS);
            }
        }

        for (int thread = 0; thread < threads; thread++) {
            List<String> payloads = fixture.payloads(new UUID(9, thread));
            assertThat(payloads).hasSize(frames);
            for (int i = 0; i < frames; i++) {
                assertThat(payloads.get(i)).isEqualTo(Integer.toString(i));
            }
        }
        assertThat(storage.forces).as("one force serves many frames").hasValueLessThan(threads * frames);
    }

    @Test
    void failsWhatIsOnItsWayAndHealsIntoANewSegment() {
        FaultyStorage storage = new FaultyStorage();
        try (Journal journal = fixture.with(storage).open()) {
            append(journal, ANNA, "before");
            storage.forceFails = true;
            assertThat(refusal(journal, ANNA)).hasRootCauseMessage("cannot force");
            assertThat(journal.writable()).isFalse();

            storage.forceFails = false;
            appendOnceHealed(journal, "after");
            assertThat(journal.writable()).isTrue();
            assertThat(storage.created).hasValueGreaterThan(1);
        }

        assertThat(fixture.payloads(ANNA)).containsExactly("before", "after");
        assertThat(fixture.frames(ANNA)).extracting(Frame::sequence).containsExactly(1L, 2L);
    }

    @Test
    void countsNothingOfAFailedWriteEvenWhenHalfOfItIsInTheFile() throws IOException {
        FaultyStorage storage = new FaultyStorage();
        try (Journal journal = fixture.with(storage).open()) {
            append(journal, ANNA, "before");
            storage.writeFails = true;
            assertThat(refusal(journal, ANNA)).hasRootCauseMessage("cannot write");
            storage.writeFails = false;
            appendOnceHealed(journal, "after");
        }
        fixture.open().close();

        assertThat(fixture.payloads(ANNA)).containsExactly("before", "after");
    }

    @Test
    void healsWhenSegmentsCanBeCreatedAgain() {
        FaultyStorage storage = new FaultyStorage();
        storage.createFails = true;
        try (Journal journal = fixture.with(storage).open()) {
            assertThat(journal.writable()).isFalse();
            assertThat(refusal(journal, ANNA)).hasRootCauseMessage("cannot create");
            storage.createFails = false;
            appendOnceHealed(journal, "after");
        }

        assertThat(fixture.payloads(ANNA)).containsExactly("after");
    }

    @Test
    void isNotWritableWithoutItsDirectoryAndHealsWhenItCanBeMade() throws IOException {
        Files.createFile(fixture.directory());
        try (Journal journal = fixture.open()) {
            assertThat(journal.writable()).isFalse();
            assertThat(refusal(journal, ANNA)).hasMessageContaining("journal");

            Files.delete(fixture.directory());
            appendOnceHealed(journal, "after");
        }

        assertThat(fixture.payloads(ANNA)).containsExactly("after");
    }

    @Test
    void healsByItselfWhenNobodyAppends() {
        FaultyStorage storage = new FaultyStorage();
        storage.createFails = true;
        try (Journal journal = fixture.with(storage).open()) {
            storage.createFails = false;
            awaitWritable(journal);
        }
    }

    @Test
    void refusesBelowTheLowWaterMarkAndHealsAboveIt() {
        FaultyStorage storage = new FaultyStorage();
        JournalFixture low = fixture.with(storage).with(new JournalLimits(1 << 20, 1 << 16, 1 << 20, 1_000));
        storage.usableBytes = 999;
        try (Journal journal = low.open()) {
            assertThat(journal.writable()).isFalse();
            assertThat(refusal(journal, ANNA)).hasMessageContaining("999 bytes free, limit 1000");

            storage.usableBytes = 1_000;
            awaitWritable(journal);
            append(journal, ANNA, "after");
        }
        assertThat(low.directory().resolve("segment-00000000000000000002.journal"))
                .doesNotExist();
    }

    @Test
    void keepsASecondWriterOutUntilTheFirstIsGone() {
        Journal first = fixture.open();
        try (Journal second = fixture.open()) {
            assertThat(second.writable()).isFalse();
            assertThat(refusal(second, ANNA)).hasStackTraceContaining("another writer has the journal open");

            append(first, ANNA, "first");
            first.close();
            appendOnceHealed(second, "second");
        }

        assertThat(fixture.payloads(ANNA)).containsExactly("first", "second");
    }

    @Test
    void recordsTheFramesOfAnAppendTogether() throws IOException {
        FaultyStorage storage = new FaultyStorage();
        try (Journal journal = fixture.with(storage).open()) {
            append(journal, ANNA, "a1");
            int before = storage.forces.get();
            List<Entry> entries = List.of(entry("a2"), entry("a3"), new Entry(FrameLayout.LAST, utf8("end")));
            journal.append(ANNA, entries).toCompletableFuture().join();
            append(journal, BELA, "b1");

            assertThat(storage.forces).hasValue(before + 2);
        }
        assertThat(fixture.payloads(ANNA)).containsExactly("a1", "a2", "a3", "end");
        assertThat(fixture.frames(ANNA)).extracting(Frame::sequence).containsExactly(1L, 2L, 3L, 4L);
        fixture.open().close();
        assertThat(openChains()).containsExactly(BELA);
    }

    @Test
    void refusesAllFramesOfAnAppendWhenOneIsTooLarge() {
        try (Journal journal = fixture.open()) {
            List<Entry> entries = List.of(entry("a1"), entry("x".repeat((1 << 16) + 1)));
            assertThat(journal.append(ANNA, entries).toCompletableFuture()).isCompletedExceptionally();
        }
        assertThat(fixture.payloads(ANNA)).isEmpty();
    }

    @Test
    void completesAppendsInTheirOrder() {
        List<Integer> completed = new ArrayList<>();
        try (Journal journal = fixture.open()) {
            List<CompletionStage<Void>> all = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                int number = i;
                UUID session = new UUID(3, i % 7);
                all.add(journal.append(session, List.of(entry("x"), entry("y"))).thenRun(() -> completed.add(number)));
            }
            all.forEach(stage -> stage.toCompletableFuture().join());
        }
        assertThat(completed).isSorted().hasSize(100);
    }

    @Test
    void refusesFramesBeyondTheLimit() {
        try (Journal journal = fixture.open()) {
            CompletionStage<Void> refused = journal.append(ANNA, JournalFixture.DATA, new byte[(1 << 16) + 1]);

            assertThat(refused.toCompletableFuture()).isCompletedExceptionally();
        }
    }

    @Test
    void writesWhatWaitsWhenItIsClosedAndNothingLater() {
        Journal journal = fixture.open();
        CompletableFuture<Void> last =
                journal.append(ANNA, JournalFixture.DATA, utf8("last")).toCompletableFuture();
        journal.close();

        assertThat(last).isCompleted();
        assertThat(journal.writable()).isFalse();
        assertThat(refusal(journal, ANNA)).hasMessage("the journal is closed");
        assertThat(fixture.payloads(ANNA)).containsExactly("last");
    }

    private static void appendOnceHealed(Journal journal, String payload) {
        awaitWritable(journal);
        append(journal, ANNA, payload);
    }

    private static void awaitWritable(Journal journal) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!journal.writable()) {
            assertThat(System.nanoTime()).as("healing takes too long").isLessThan(deadline);
            Thread.onSpinWait();
        }
    }

    private static byte[] hashAsDocumented(Frame frame) throws Exception {
        ByteBuffer covered = ByteBuffer.allocate(69 + frame.payload().length);
        covered.put(frame.previous());
        covered.putLong(frame.session().getMostSignificantBits());
        covered.putLong(frame.session().getLeastSignificantBits());
        covered.putLong(frame.sequence());
        covered.putLong(frame.at().getEpochSecond());
        covered.putInt(frame.at().getNano());
        covered.put(frame.type());
        covered.put(frame.payload());
        return sha256(covered.array());
    }

    private static byte[] sha256(byte[] bytes) throws Exception {
        return MessageDigest.getInstance("SHA-256").digest(bytes);
    }

    private Set<UUID> openChains() throws IOException {
        SegmentMap.Segment newest = SegmentMap.read(new SegmentDirectory(fixture.directory()))
                .segments()
                .getLast();
        try (FileChannel channel = FileChannel.open(newest.file())) {
            return newest.header().readChains(channel).orElseThrow().keySet();
        }
    }

    private static Entry entry(String payload) {
        return new Entry(JournalFixture.DATA, utf8(payload));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
