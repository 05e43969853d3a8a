package org.countersign.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.countersign.journal.JournalFixture.ANNA;
import static org.countersign.journal.JournalFixture.BELA;
import static org.countersign.journal.JournalFixture.append;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalRepairTest {
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
