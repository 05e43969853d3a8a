package org.countersign.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.countersign.journal.JournalFixture.ANNA;
import static org.countersign.journal.JournalFixture.BELA;
import static org.countersign.journal.JournalFixture.append;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalRepairTest {
    private static final String A1 = large("a1");
    private static final String A2 = large("a2");
    private static final String A3 = large("a3");
    private static final String A4 = large("a4");
    private static final String B1 = large("b1");

    @TempDir
    Path temporary;

    private JournalFixture fixture;
    private Path segment;

    @BeforeEach
    void write() {
        fixture = new JournalFixture(temporary.resolve("journal"));
        segment = new SegmentDirectory(fixture.directory()).segment(1);
        try (Journal journal = fixture.open()) {
            append(journal, ANNA, "{\"n\":1}");
            append(journal, BELA, "{\"n\":2}");
            append(journal, ANNA, "{\"n\":3}");
        }
    }

    @Test
    void cutsOffALastFrameThatWasNotWhollyWritten() throws IOException {
        byte[] whole = Files.readAllBytes(segment);
        int lastFrame = FrameLayout.OVERHEAD_BYTES + 7;
        for (int missing = 1; missing < lastFrame; missing++) {
            restart(Arrays.copyOf(whole, whole.length - missing));

            assertThat(fixture.payloads(ANNA)).as("before repair").containsExactly("{\"n\":1}");
            try (Journal journal = fixture.open()) {
                append(journal, ANNA, "{\"n\":4}");
            }

            assertThat(Files.size(segment)).isEqualTo(whole.length - lastFrame);
            assertThat(fixture.payloads(ANNA)).containsExactly("{\"n\":1}", "{\"n\":4}");
            assertThat(fixture.payloads(BELA)).containsExactly("{\"n\":2}");
        }
    }

    @Test
    void keepsALastFrameThatIsWhole() throws IOException {
        byte[] whole = Files.readAllBytes(segment);

        fixture.open().close();

        assertThat(Files.readAllBytes(segment)).isEqualTo(whole);
    }

    @Test
    void cutsOffZerosBehindTheLastFrame() throws IOException {
        byte[] whole = Files.readAllBytes(segment);
        restart(Arrays.copyOf(whole, whole.length + 4_096));

        fixture.open().close();

        assertThat(Files.readAllBytes(segment)).isEqualTo(whole);
    }

    @Test
    void readsASegmentThatWasNeverClosedAndCutsItsZerosOff() throws IOException {
        byte[] killed = killed();
        assertThat(killed).as("made ahead").hasSize(1 << 20).endsWith(new byte[1 << 10]);
        restart(killed);

        assertThat(fixture.payloads(ANNA)).as("before repair").containsExactly(A1, A2, A3, A4);
        try (Journal journal = fixture.open()) {
            append(journal, ANNA, "a5");
        }

        assertThat(Files.size(segment)).isEqualTo(frame(5));
        assertThat(fixture.payloads(ANNA)).containsExactly(A1, A2, A3, A4, "a5");
        assertThat(fixture.payloads(BELA)).containsExactly(B1);
    }

    /** The last write is of the frames 2 to 4, each of which is in three blocks of the disk. */
    @Test
    void countsNothingBehindABlockOfTheLastWriteThatIsMissing() throws IOException {
        byte[] whole = killed();
        int first = frame(3) - frame(3) % 512;
        for (int block = first; block + 512 <= frame(4); block += 512) {
            byte[] holed = whole.clone();
            Arrays.fill(holed, block, block + 512, (byte) 0);
            restart(holed);
            List<String> counted = block < frame(3) ? List.of(A1) : List.of(A1, A2);

            assertThat(fixture.payloads(ANNA)).as("before repair").isEqualTo(counted);
            try (Journal journal = fixture.open()) {
                append(journal, ANNA, "again");
            }

            assertThat(fixture.payloads(ANNA)).startsWith(A1).endsWith("again").hasSize(counted.size() + 1);
            assertThat(Files.readAllBytes(segment)).as("kept as evidence").isEqualTo(Arrays.copyOf(holed, frame(5)));
        }
    }

    @Test
    void findsAFlippedByteInTheLastWriteOfASegmentThatWasNotClosed() throws IOException {
        byte[] whole = killed();
        for (int at = frame(2); at < frame(4); at++) {
            byte[] flipped = whole.clone();
            flipped[at] ^= 1;
            restart(flipped);

            assertThatThrownBy(() -> fixture.frames(BELA)).as("byte " + at).hasMessageContaining("broken frames");
        }
    }

    @Test
    void findsZerosBeforeTheFramesOfALaterWrite() throws IOException {
        byte[] holed = killed();
        Arrays.fill(holed, frame(0), frame(1), (byte) 0);
        restart(holed);

        assertThatThrownBy(() -> fixture.frames(BELA)).as("before repair").hasMessageContaining("broken frames");
        fixture.open().close();
        assertThatThrownBy(() -> fixture.frames(BELA)).hasMessageContaining("broken frames");
        assertThat(Files.size(segment)).isEqualTo(frame(5));
    }

    @Test
    void findsAHoleInTheLastWriteOfASegmentThatWasClosed() throws IOException {
        byte[] holed = Arrays.copyOf(killed(), frame(5));
        Arrays.fill(holed, frame(3), frame(4), (byte) 0);
        restart(holed);

        fixture.open().close();
        assertThatThrownBy(() -> fixture.frames(BELA)).hasMessageContaining("broken frames");
        assertThat(Files.readAllBytes(segment)).isEqualTo(holed);
    }

    @Test
    void startsOverTheReserveThatAKilledWriterLeft() throws IOException {
        Path reserve = new SegmentDirectory(fixture.directory()).reserve();
        Files.writeString(reserve, "CSF1 not zeros");
        try (Journal journal = fixture.open()) {
            append(journal, ANNA, "{\"n\":4}");
            assertThat(fixture.payloads(ANNA)).containsExactly("{\"n\":1}", "{\"n\":3}", "{\"n\":4}");
        }
        assertThat(reserve).doesNotExist();
    }

    @Test
    void findsEveryFlippedByte() throws IOException {
        try (Journal journal = fixture.open()) {
            append(journal, ANNA, "{\"n\":4}");
        }
        byte[] whole = Files.readAllBytes(segment);
        int framesAt = 104;
        for (int at = framesAt; at < whole.length; at++) {
            byte[] flipped = whole.clone();
            flipped[at] ^= 0x10;
            Files.write(segment, flipped);

            assertThatThrownBy(() -> fixture.frames(ANNA)).as("byte " + at).isInstanceOf(JournalException.class);
        }
    }

    @Test
    void keepsDamageInTheMiddleAndHandsOutTheRest() throws IOException {
        byte[] damaged = Files.readAllBytes(segment);
        int second = 104 + FrameLayout.OVERHEAD_BYTES + 7;
        damaged[second + 80] ^= 1;
        restart(damaged);
        try (Journal journal = fixture.open()) {
            append(journal, BELA, "{\"n\":4}");
        }

        List<String> read = new ArrayList<>();
        assertThatThrownBy(() -> new JournalReader(fixture.directory())
                        .frames(ANNA, frame -> read.add(JournalFixture.text(frame))))
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("segment-00000000000000000001.journal has broken frames");
        assertThat(read).containsExactly("{\"n\":1}", "{\"n\":3}");
        assertThat(Files.readAllBytes(segment)).isEqualTo(damaged);
    }

    @Test
    void survivesASegmentWhoseHeaderWasNotWhollyWritten() throws IOException {
        Path second = new SegmentDirectory(fixture.directory()).segment(2);
        fixture.open().close();
        byte[] header = Files.readAllBytes(second);
        for (int length = 0; length < header.length; length++) {
            Files.deleteIfExists(new SegmentDirectory(fixture.directory()).segment(3));
            Files.write(second, Arrays.copyOf(header, length));

            assertThat(fixture.payloads(ANNA)).as("before repair").containsExactly("{\"n\":1}", "{\"n\":3}");
            try (Journal journal = fixture.open()) {
                append(journal, ANNA, "{\"n\":4}");
            }
            assertThat(fixture.payloads(ANNA)).containsExactly("{\"n\":1}", "{\"n\":3}", "{\"n\":4}");
        }
    }

    @Test
    void tellsWhenASegmentIsMissing() throws IOException {
        fixture.open().close();
        try (Journal journal = fixture.open()) {
            append(journal, ANNA, "{\"n\":4}");
        }
        Files.delete(new SegmentDirectory(fixture.directory()).segment(2));

        assertThatThrownBy(() -> fixture.frames(ANNA))
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("segment 2 is missing");
    }

    /** What a writer leaves that is killed after three writes, the last one of three frames. */
    private byte[] killed() throws IOException {
        JournalFixture other = new JournalFixture(temporary.resolve("killed"));
        try (Journal journal = other.open()) {
            append(journal, ANNA, A1);
            append(journal, BELA, B1);
            List<Entry> last = Stream.of(A2, A3, A4)
                    .map(text -> new Entry(JournalFixture.DATA, text.getBytes(StandardCharsets.UTF_8)))
                    .toList();
            journal.append(ANNA, last).toCompletableFuture().join();
            return Files.readAllBytes(new SegmentDirectory(other.directory()).segment(1));
        }
    }

    private static int frame(int index) {
        return 104 + index * (FrameLayout.OVERHEAD_BYTES + A1.length());
    }

    private static String large(String name) {
        return name + "x".repeat(1_000);
    }

    /** As if the process had died with the first segment looking like this. */
    private void restart(byte[] content) throws IOException {
        try (var files = Files.newDirectoryStream(fixture.directory(), "*.journal")) {
            for (Path file : files) {
                Files.delete(file);
            }
        }
        Files.write(segment, content);
    }
}
