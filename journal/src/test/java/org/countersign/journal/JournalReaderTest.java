package org.countersign.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.countersign.journal.JournalFixture.ANNA;
import static org.countersign.journal.JournalFixture.BELA;
import static org.countersign.journal.JournalFixture.append;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalReaderTest {
    private static final Instant MONDAY = Instant.parse("2026-11-23T08:00:00Z");

    @TempDir
    Path temporary;

    private JournalFixture fixture;

    @BeforeEach
    void place() {
        fixture = new JournalFixture(temporary.resolve("journal"));
    }

    @Test
    void readsNothingWhereThereIsNoJournal() {
        assertThat(fixture.frames(ANNA)).isEmpty();
    }

    @Test
    void readsWhileTheWriterWrites() {
        try (Journal journal = fixture.open()) {
            for (int i = 0; i < 100; i++) {
                append(journal, ANNA, Integer.toString(i));
                assertThat(fixture.frames(ANNA)).hasSize(i + 1);
            }
        }
    }

    @Test
    void leavesOutSegmentsOfOtherTimes() {
        for (int day = 0; day < 3; day++) {
            try (Journal journal = openAt(MONDAY.plus(Duration.ofDays(day)))) {
                append(journal, ANNA, "day " + day);
            }
        }

        assertThat(between(MONDAY.plus(Duration.ofHours(25)), Instant.MAX)).containsExactly("day 1", "day 2");
        assertThat(between(MONDAY, MONDAY.plus(Duration.ofHours(1)))).containsExactly("day 0");
        assertThat(between(Instant.MIN, Instant.MAX)).hasSize(3);
    }

    @Test
    void givesTheNewestSegmentFirstUntilThereIsEnough() {
        for (int day = 0; day < 3; day++) {
            try (Journal journal = openAt(MONDAY.plus(Duration.ofDays(day)))) {
                append(journal, ANNA, "day " + day);
                append(journal, ANNA, "evening " + day);
            }
        }

        assertThat(latest(Instant.MIN, 100))
                .containsExactly("day 2", "evening 2", "day 1", "evening 1", "day 0", "evening 0");
        assertThat(latest(Instant.MIN, 3)).containsExactly("day 2", "evening 2", "day 1", "evening 1");
        assertThat(latest(MONDAY.plus(Duration.ofHours(36)), 100)).doesNotContain("day 0");
    }

    private List<String> latest(Instant from, int enough) {
        var found = new ArrayList<String>();
        new JournalReader(temporary.resolve("journal"))
                .latest(from, () -> found.size() >= enough, frame -> found.add(JournalFixture.text(frame)));
        return found;
    }

    @Test
    void givesEveryWriteALaterTime() {
        try (Journal journal = openAt(MONDAY)) {
            append(journal, ANNA, "first");
        }
        try (Journal journal = openAt(MONDAY.minus(Duration.ofDays(1)))) {
            append(journal, ANNA, "second");
        }

        assertThat(fixture.frames(ANNA))
                .extracting(Frame::at)
                .containsExactly(MONDAY.plusNanos(1), MONDAY.plusNanos(2));
    }

    @Test
    void handsOutAllSessionsInTheOrderOfRecording() {
        try (Journal journal = fixture.open()) {
            append(journal, ANNA, "1");
            append(journal, BELA, "2");
            append(journal, ANNA, "3");
        }

        List<String> read = new ArrayList<>();
        new JournalReader(fixture.directory()).frames(frame -> read.add(JournalFixture.text(frame)));
        assertThat(read).containsExactly("1", "2", "3");
    }

    @Test
    void readsFramesLargerThanItsWindow() {
        JournalFixture large = fixture.with(new JournalLimits(64 << 20, 16 << 20, 64 << 20, 0));
        String payload = "y".repeat(3 << 20);
        try (Journal journal = large.open()) {
            append(journal, ANNA, payload);
            append(journal, BELA, "small");
            append(journal, ANNA, payload);
        }

        assertThat(large.payloads(ANNA)).containsExactly(payload, payload);
        assertThat(large.payloads(BELA)).containsExactly("small");
    }

    @Test
    void tellsWhenAWholeFrameWasTakenOut() throws IOException {
        try (Journal journal = fixture.open()) {
            append(journal, ANNA, "1");
            append(journal, ANNA, "2");
            append(journal, ANNA, "3");
        }
        Path segment = new SegmentDirectory(fixture.directory()).segment(1);
        byte[] whole = Files.readAllBytes(segment);
        int frame = FrameLayout.OVERHEAD_BYTES + 1;
        ByteBuffer without = ByteBuffer.allocate(whole.length - frame);
        without.put(whole, 0, 104 + frame).put(whole, 104 + 2 * frame, frame);
        Files.write(segment, without.array());

        assertThatThrownBy(() -> fixture.frames(ANNA))
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("frame 3")
                .hasMessageContaining("does not continue frame 1");
    }

    @Test
    void tellsWhenAFrameWasRewrittenWithANewChecksum() throws IOException {
        try (Journal journal = fixture.open()) {
            append(journal, ANNA, "1");
        }
        Path segment = new SegmentDirectory(fixture.directory()).segment(1);
        byte[] forged = Files.readAllBytes(segment);
        forged[104 + 77] = '2';
        int crcAt = forged.length - 4;
        ByteBuffer.wrap(forged).putInt(crcAt, FrameLayout.crc(forged, 104, crcAt - 104));
        Files.write(segment, forged);

        assertThatThrownBy(() -> fixture.frames(ANNA))
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("does not have the hash it claims");
    }

    @Test
    void answersRandomWoundsWithFramesOrJournalExceptions() throws IOException {
        try (Journal journal = fixture.open()) {
            for (int i = 0; i < 5; i++) {
                append(journal, ANNA, "{\"n\":" + i + "}");
                append(journal, BELA, "{}");
            }
        }
        Path segment = new SegmentDirectory(fixture.directory()).segment(1);
        byte[] whole = Files.readAllBytes(segment);
        Random random = new Random(20261122);
        for (int round = 0; round < 20_000; round++) {
            Files.write(segment, wound(random, whole));
            try {
                fixture.frames(ANNA);
            } catch (JournalException e) {
                assertThat(e).hasMessageNotContaining("{");
            }
        }
    }

    private static byte[] wound(Random random, byte[] whole) {
        byte[] wounded = whole.clone();
        for (int wounds = 1 + random.nextInt(4); wounds > 0; wounds--) {
            int at = random.nextInt(wounded.length);
            switch (random.nextInt(5)) {
                case 0 -> wounded[at] = (byte) random.nextInt(256);
                case 1 -> wounded[at] ^= (byte) (1 << random.nextInt(8));
                case 2 -> Arrays.fill(wounded, at, Math.min(wounded.length, at + random.nextInt(800)), (byte) 0);
                case 3 -> System.arraycopy(whole, 104, wounded, at, Math.min(wounded.length - at, 121));
                default -> mend(wounded, at);
            }
        }
        return switch (random.nextInt(4)) {
            case 0 -> Arrays.copyOf(wounded, random.nextInt(wounded.length));
            case 1 -> Arrays.copyOf(wounded, wounded.length + random.nextInt(1_000));
            default -> wounded;
        };
    }

    /** A wound in the header under a right checksum. */
    private static void mend(byte[] wounded, int at) {
        wounded[at % 96] ^= 1;
        ByteBuffer.wrap(wounded).putInt(96, FrameLayout.crc(wounded, 0, 96));
    }

    private List<String> between(Instant from, Instant to) {
        List<String> read = new ArrayList<>();
        new JournalReader(fixture.directory()).frames(ANNA, from, to, frame -> read.add(JournalFixture.text(frame)));
        return read;
    }

    private Journal openAt(Instant instant) {
        return Journal.open(
                fixture.directory(),
                fixture.limits(),
                Storage.disk(),
                Clock.fixed(instant, ZoneOffset.UTC),
                Duration.ofMillis(1));
    }
}
