package org.countersign.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.countersign.journal.JournalFixture.ANNA;
import static org.countersign.journal.JournalFixture.BELA;
import static org.countersign.journal.JournalFixture.append;
import static org.countersign.journal.JournalFixture.refusal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Disks that are full, read-only, broken, slow or gone: nothing is acknowledged that does not count, and it heals. */
class JournalFaultTest {
    private static final JournalLimits SMALL = new JournalLimits(1 << 16, 1 << 15, 1 << 20, 0);

    @TempDir
    Path temporary;

    private final FaultyStorage storage = new FaultyStorage();
    private JournalFixture fixture;

    @BeforeEach
    void place() {
        fixture = new JournalFixture(temporary.resolve("journal"));
    }

    @Test
    void recordsInTheRoomMadeAheadWhileNoFileCanBeMade() {
        JournalFixture full = fixture.with(storage).with(SMALL);
        List<String> recorded = new ArrayList<>();
        try (Journal journal = full.open()) {
            storage.createFails = true;
            appendUntilRefused(journal, recorded);
            assertThat(recorded).hasSizeGreaterThan(3);
            storage.createFails = false;
            appendOnceHealed(journal, ANNA, "after");
        }
        assertThat(full.payloads(ANNA))
                .startsWith(recorded.toArray(String[]::new))
                .endsWith("after");
    }

    @Test
    void neverUsesAFileAgainWhoseForceFailed() {
        try (Journal journal = fixture.with(storage).open()) {
            append(journal, ANNA, "before");
            storage.forceFails = true;
            assertThat(refusal(journal, ANNA)).hasRootCauseMessage("cannot force");
            storage.forceFails = false;
            appendOnceHealed(journal, ANNA, "after");
        }
        assertThat(storage.usesOfFailedFiles).hasValue(0);
        assertThat(fixture.payloads(ANNA)).containsExactly("before", "after");
    }

    @Test
    void neverUsesAFileAgainWhoseWriteFailed() {
        try (Journal journal = fixture.with(storage).open()) {
            append(journal, ANNA, "before");
            storage.writeFails = true;
            assertThat(refusal(journal, ANNA)).hasRootCauseMessage("cannot write");
            storage.writeFails = false;
            appendOnceHealed(journal, ANNA, "after");
        }
        assertThat(storage.usesOfFailedFiles).hasValue(0);
        assertThat(fixture.payloads(ANNA)).containsExactly("before", "after");
    }

    @Test
    void acknowledgesNothingWhileTheDiskIsSlowAndEverythingAfterwards() {
        List<String> acknowledged = new CopyOnWriteArrayList<>();
        try (Journal journal = fixture.with(storage).open()) {
            CountDownLatch slow = new CountDownLatch(1);
            int forces = storage.forces.get();
            storage.disk = slow;
            List<CompletableFuture<Void>> all = new ArrayList<>();
            all.add(journal.append(ANNA, JournalFixture.DATA, utf8("a1"))
                    .thenRun(() -> acknowledged.add("a1"))
                    .toCompletableFuture());
            await(() -> storage.forces.get() > forces);
            all.add(journal.append(BELA, JournalFixture.DATA, utf8("b1"))
                    .thenRun(() -> acknowledged.add("b1"))
                    .toCompletableFuture());

            assertThat(journal.writable()).isTrue();
            assertThat(acknowledged).isEmpty();
            slow.countDown();
            CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).join();
        }
        assertThat(acknowledged).containsExactly("a1", "b1");
    }

    @Test
    void refusesWhatASlowDiskCannotTakeInTimeAndRecordsWhatItTook() {
        List<CompletableFuture<Void>> taken = new ArrayList<>();
        try (Journal journal = fixture.with(storage).with(SMALL).open()) {
            CountDownLatch slow = new CountDownLatch(1);
            storage.disk = slow;
            CompletableFuture<Void> next = large(journal);
            while (!next.isCompletedExceptionally()) {
                taken.add(next);
                next = large(journal);
            }
            CompletableFuture<Void> small =
                    journal.append(BELA, JournalFixture.DATA, utf8("b1")).toCompletableFuture();
            assertThat(small).as("small frames still have room").isNotDone();
            slow.countDown();
            taken.forEach(CompletableFuture::join);
            small.join();
            large(journal).join();
        }
        assertThat(fixture.payloads(ANNA)).hasSize(taken.size() + 1);
    }

    @Test
    void givesUpASegmentThatSomebodyRemoved() throws IOException {
        try (Journal journal = fixture.open()) {
            append(journal, ANNA, "lost");
            Files.delete(new SegmentDirectory(fixture.directory()).segment(1));
            await(() -> Files.exists(new SegmentDirectory(fixture.directory()).segment(2)));
            appendOnceHealed(journal, ANNA, "kept");
        }

        List<String> read = new ArrayList<>();
        assertThatThrownBy(() -> new JournalReader(fixture.directory())
                        .frames(ANNA, frame -> read.add(JournalFixture.text(frame))))
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("segment 1 is missing");
        assertThat(read).containsExactly("kept");
    }

    @Test
    void makesItsDirectoryAgainWhenSomebodyRemovedItAndStaysTheOnlyWriter() throws IOException {
        Path moved = temporary.resolve("moved");
        try (Journal journal = fixture.open()) {
            append(journal, ANNA, "before");
            Files.move(fixture.directory(), moved);
            await(() -> Files.exists(fixture.directory().resolve("journal.lock")));
            appendOnceHealed(journal, ANNA, "after");
            try (Journal second = fixture.open()) {
                assertThat(refusal(second, BELA)).hasStackTraceContaining("another writer has the journal open");
            }
        }
        Files.copy(new SegmentDirectory(moved).segment(1), new SegmentDirectory(fixture.directory()).segment(1));

        assertThat(fixture.payloads(ANNA)).as("with what was moved put back").containsExactly("before", "after");
    }

    @Test
    void tellsWhenTheDiskGetsLowAndRefusesOnlyBelowItsEnd() {
        JournalFixture low = fixture.with(storage).with(new JournalLimits(1 << 20, 1 << 16, 1 << 20, 1_000));
        storage.usableBytes = 4_000;
        try (Journal journal = low.open()) {
            List<JournalState> told = new CopyOnWriteArrayList<>();
            journal.watch(told::add);
            await(() -> told.contains(new JournalState(true, 4_000, false)));
            storage.usableBytes = 3_999;
            await(() -> told.contains(new JournalState(true, 3_999, true)));
            append(journal, ANNA, "low");
            storage.usableBytes = 999;
            await(() -> told.contains(new JournalState(false, 999, true)));
            assertThat(refusal(journal, ANNA)).hasMessageContaining("999 bytes free");
            storage.usableBytes = 5_000;
            await(() -> journal.state().equals(new JournalState(true, 5_000, false)));
        }
    }

    @ParameterizedTest
    @EnumSource
    void recordsUpToTheEndOfAFullDiskAndAgainWhenThereIsRoom(SmallDisk.Kind kind) throws Exception {
        try (SmallDisk disk = SmallDisk.of(kind, Files.createDirectory(fixture.directory()), 512, false)) {
            JournalFixture full = fixture.with(disk.storage()).with(SMALL);
            List<String> recorded = new ArrayList<>();
            try (Journal journal = full.open()) {
                appendUntilRefused(journal, recorded);
                assertThat(recorded).hasSizeGreaterThan(100);
                assertThat(journal.writable()).isFalse();
                disk.grow(2048);
                appendOnceHealed(journal, ANNA, "after");
            }
            assertThat(full.payloads(ANNA))
                    .startsWith(recorded.toArray(String[]::new))
                    .endsWith("after");
        }
    }

    @ParameterizedTest
    @EnumSource
    void healsWhenAReadOnlyDiskBecomesWritable(SmallDisk.Kind kind) throws Exception {
        try (SmallDisk disk = SmallDisk.of(kind, Files.createDirectory(fixture.directory()), 8192, true)) {
            try (Journal journal = fixture.with(disk.storage()).open()) {
                assertThat(refusal(journal, ANNA)).hasStackTraceContaining("Read-only file system");
                disk.makeWritable();
                appendOnceHealed(journal, ANNA, "after");
            }
            assertThat(fixture.payloads(ANNA)).containsExactly("after");
        }
    }

    private static void appendUntilRefused(Journal journal, List<String> recorded) {
        try {
            while (recorded.size() < 10_000) {
                String payload = recorded.size() + "x".repeat(2_000);
                append(journal, ANNA, payload);
                recorded.add(payload);
            }
        } catch (JournalException e) {
            return;
        }
        throw new AssertionError("nothing was refused");
    }

    private static CompletableFuture<Void> large(Journal journal) {
        return journal.append(ANNA, JournalFixture.DATA, new byte[1 << 15]).toCompletableFuture();
    }

    private static void appendOnceHealed(Journal journal, UUID session, String payload) {
        await(journal::writable);
        append(journal, session, payload);
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("it takes too long").isLessThan(deadline);
            Thread.onSpinWait();
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
