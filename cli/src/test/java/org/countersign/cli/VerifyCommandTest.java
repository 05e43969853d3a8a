package org.countersign.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Over one kept journal: two frames of one session in one segment. */
class VerifyCommandTest {
    private static final String SEGMENT = "segment-00000000000000000001.journal";

    @TempDir
    Path home;

    private final FakeServer server = new FakeServer();
    private Path segment = Path.of("");

    @BeforeEach
    void unpack() throws IOException {
        segment = Files.createDirectories(home.resolve("journal")).resolve(SEGMENT);
        try (InputStream in = VerifyCommandTest.class.getResourceAsStream("/corpus/journal/" + SEGMENT)) {
            Files.write(segment, java.util.Objects.requireNonNull(in).readAllBytes());
        }
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void saysThatTheJournalIsIntact() {
        var prompt = new Prompt(home, server);

        assertThat(prompt.run("verify")).isZero();

        assertThat(prompt.out())
                .contains("segment 1: 2 frames", "2 frames, 1970-01-01T00:16:41.000000007Z", "without an end")
                .contains("intact: 1 segments, 1 sessions, 2 frames");
    }

    @Test
    void namesThePlaceOfTheFirstFault() throws IOException {
        byte[] bytes = Files.readAllBytes(segment);
        bytes[104 + 80] ^= 1;
        Files.write(segment, bytes);
        var prompt = new Prompt(home, server);

        assertThat(prompt.run("verify", segment.getParent().toString())).isEqualTo(1);

        assertThat(prompt.out())
                .contains("FAULT segment 1 offset 104 session 00000000-0000-0001-0000-00000000000a sequence 1: "
                        + "the frame's checksum is wrong");
    }

    @Test
    void acceptsAnUnfinishedEndOnlyOfALiveJournal() throws IOException {
        byte[] bytes = Files.readAllBytes(segment);
        Files.write(segment, Arrays.copyOf(bytes, bytes.length - 5));

        assertThat(new Prompt(home, server).run("verify")).isEqualTo(1);
        assertThat(new Prompt(home, server).run("verify", "--live")).isZero();
    }

    @Test
    void saysThatThereIsNoJournal() throws IOException {
        Files.delete(segment);
        var prompt = new Prompt(home, server);

        assertThat(prompt.run("verify")).isEqualTo(2);
        assertThat(prompt.err()).contains("there is no journal in");
        assertThat(prompt.run("verify", home.resolve("none").toString())).isEqualTo(2);
    }
}
