package org.countersign.cli.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalVerifierTest {
    private static final UUID A = new UUID(1, 0xA);
    private static final UUID B = new UUID(1, 0xB);

    @TempDir
    Path directory;

    private HandBuiltJournal journal;

    @BeforeEach
    void create() {
        journal = new HandBuiltJournal(directory);
    }

    /** Three segments, one session over two of them that ends, one that stays open. */
    private HandBuiltJournal sample() {
        return journal.segment()
                .frame(A, 1, "{\"opened\":1}")
                .frame(B, 1, "{}")
                .frame(A, 2, "{\"text\":\"select 1\"}")
                .segment()
                .frame(A, 3, "{}")
                .frame(A, 8, "{}")
                .segment()
                .frame(B, 2, "{}");
    }

    private Report verify() {
        try {
            return JournalVerifier.verify(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Fault fault() {
        Optional<Fault> fault = verify().fault();
        assertThat(fault).isPresent();
        return fault.orElseThrow();
    }

    @Test
    void acceptsATrueJournalAndCountsIt() {
        sample();

        Report report = verify();

        assertThat(report.fault()).isEmpty();
        assertThat(report.remarks()).isEmpty();
        assertThat(report.segments())
                .extracting(Report.Segment::number, Report.Segment::frames)
                .containsExactly(tuple(1L, 3L), tuple(2L, 2L), tuple(3L, 1L));
        assertThat(report.sessions())
                .extracting(Report.Session::id, Report.Session::frames, Report.Session::ended)
                .containsExactly(tuple(A, 4L, true), tuple(B, 2L, false));
    }

    @Test
    void findsEveryFlippedByte() throws IOException {
        sample();
        for (Path file : files()) {
            byte[] bytes = Files.readAllBytes(file);
            for (int i = 0; i < bytes.length; i++) {
                for (int flip : new int[] {0x01, 0x80, 0xFF}) {
                    byte[] flipped = bytes.clone();
                    flipped[i] ^= (byte) flip;
                    Files.write(file, flipped);
                    assertThat(verify().fault())
                            .as("%s byte %d", file.getFileName(), i)
                            .isPresent();
                }
            }
            Files.write(file, bytes);
        }
        assertThat(verify().fault()).isEmpty();
    }

    @Test
    void findsEveryTruncationThatIsNotAtTheEndOfAFrame() throws IOException {
        sample();
        Path newest = journal.file(3);
        byte[] bytes = Files.readAllBytes(newest);
        int header = bytes.length - 115;
        for (int length = 0; length < bytes.length; length++) {
            if (length != header) {
                Files.write(newest, Arrays.copyOf(bytes, length));
                assertThat(verify().fault()).as("length %d", length).isPresent();
            }
        }
        for (long older = 1; older <= 2; older++) {
            byte[] whole = Files.readAllBytes(journal.file(older));
            Files.write(newest, bytes);
            for (int length = 0; length < whole.length; length++) {
                Files.write(journal.file(older), Arrays.copyOf(whole, length));
                assertThat(verify().fault()).as("length %d", length).isPresent();
            }
            Files.write(journal.file(older), whole);
        }
    }

    @Test
    void callsATornFrameAtTheVeryEndUnfinished() throws IOException {
        sample();
        byte[] bytes = Files.readAllBytes(journal.file(3));
        Files.write(journal.file(3), Arrays.copyOf(bytes, bytes.length - 1));

        Fault fault = fault();

        assertThat(fault.unfinished()).isTrue();
        assertThat(fault.segment()).isEqualTo(3);
        assertThat(fault.offset()).isEqualTo(bytes.length - 115);
        assertThat(fault.frame()).contains(new Fault.Place(B, 2));
    }

    @Test
    void doesNotCallBrokenBytesBeforeAWholeFrameUnfinished() throws IOException {
        sample().frame(B, 3, "{}");
        Path newest = journal.file(3);
        byte[] bytes = Files.readAllBytes(newest);
        bytes[bytes.length - 115 - 36] ^= 1;
        Files.write(newest, bytes);

        assertThat(fault().unfinished()).isFalse();
    }

    @Test
    void acceptsTheZerosOfASegmentThatWasNotClosed() throws IOException {
        sample();
        byte[] bytes = Files.readAllBytes(journal.file(3));
        Files.write(journal.file(3), Arrays.copyOf(bytes, bytes.length + 4_096));

        Report report = verify();

        assertThat(report.fault()).isEmpty();
        assertThat(report.remarks()).isEmpty();
        assertThat(report.segments().getLast()).isEqualTo(new Report.Segment(3, 1, bytes.length));
    }

    @Test
    void findsEveryByteThatIsNoZeroBehindTheFrames() throws IOException {
        sample();
        byte[] bytes = Files.readAllBytes(journal.file(3));
        for (int behind = 0; behind < 600; behind++) {
            byte[] changed = Arrays.copyOf(bytes, bytes.length + 600);
            changed[bytes.length + behind] = 1;
            Files.write(journal.file(3), changed);
            assertThat(fault().offset()).as("byte %d", behind).isEqualTo(bytes.length);
        }
    }

    @Test
    void findsZerosBeforeAWholeFrame() throws IOException {
        sample().frame(B, 3, "x".repeat(2_000)).frame(B, 3, "{}");
        byte[] bytes = Files.readAllBytes(journal.file(3));
        Arrays.fill(bytes, bytes.length - 115 - 2_113, bytes.length - 115, (byte) 0);
        Files.write(journal.file(3), bytes);
        assertThat(fault().unfinished()).as("a closed segment").isFalse();

        byte[] open = Arrays.copyOf(bytes, bytes.length + 4_096);
        Files.write(journal.file(3), open);
        assertThat(fault().unfinished())
                .as("as if blocks of the last write were missing")
                .isTrue();

        Files.delete(journal.file(3));
        journal = new HandBuiltJournal(directory);
        sample().frame(B, 3, "x".repeat(2_000)).frame(B, 3, "{}").frame(B, 3, "{}");
        bytes = Files.readAllBytes(journal.file(3));
        Arrays.fill(bytes, bytes.length - 230 - 2_113, bytes.length - 230, (byte) 0);
        Files.write(journal.file(3), Arrays.copyOf(bytes, bytes.length + 4_096));
        assertThat(fault().unfinished()).as("before two writes").isFalse();
    }

    @Test
    void findsAChangedByteInTheLastWriteOfASegmentThatWasNotClosed() throws IOException {
        sample().frame(B, 3, "x".repeat(2_000)).frame(B, 3, "{}");
        byte[] bytes = Files.readAllBytes(journal.file(3));
        bytes[bytes.length - 115 - 1_000] ^= 1;
        Files.write(journal.file(3), Arrays.copyOf(bytes, bytes.length + 4_096));

        assertThat(fault().unfinished()).isFalse();
    }

    @Test
    void findsAMissingSegmentButNotAtTheEnd() throws IOException {
        sample();
        byte[] second = Files.readAllBytes(journal.file(2));
        Files.delete(journal.file(2));
        assertThat(fault().what()).contains("the segment before it, 2, is missing");

        Files.write(journal.file(2), second);
        Files.delete(journal.file(1));
        assertThat(fault().what()).contains("the segment before it, 1, is missing");
    }

    @Test
    void findsARemovedFrame() {
        journal.segment().frame(A, 1, "{}").frame(A, 3, journal.hash(A), 2_000, 2, "{}");

        Fault fault = fault();

        assertThat(fault.what()).contains("the sequence must be 2");
        assertThat(fault.frame()).contains(new Fault.Place(A, 3));
    }

    @Test
    void findsADoubledFrame() {
        journal.segment().frame(A, 1, "{}").frame(A, 1, new byte[32], 2_000, 1, "{}");

        assertThat(fault().what()).contains("the sequence must be 2");
    }

    @Test
    void findsAReplacedFrameWhoseOwnHashIsTrue() {
        journal.segment().frame(A, 1, "{\"forged\":true}").frame(A, 2, new byte[32], 2_000, 2, "{}");

        assertThat(fault().what()).contains("does not continue");
    }

    @Test
    void findsAFrameBehindTheEndOfItsSession() {
        journal.segment().frame(A, 8, "{}").frame(A, 2, "{}");

        assertThat(fault().what()).contains("already ended");
    }

    @Test
    void findsATimeThatRunsBackwards() {
        journal.segment().frame(A, 1, "{}").frame(B, 1, new byte[32], 5, 1, "{}");

        assertThat(fault().what()).contains("older than the frame before it");
    }

    @Test
    void findsAFileThatCarriesAnotherNumber() throws IOException {
        sample();
        Files.move(journal.file(3), journal.file(4));

        assertThat(fault().what()).contains("not that of the file's name");
    }

    @Test
    void findsASegmentOfAnotherJournalThatNothingNames() throws IOException {
        sample();
        var other = new HandBuiltJournal(Files.createDirectory(directory.resolve("other")));
        other.segment(4).frame(A, 1, "{}");
        Files.copy(other.file(5), journal.file(5));

        assertThat(fault().what()).contains("no later segment names it");
    }

    @Test
    void doesNotCountWhatAFailedWriteLeft() {
        journal.segment()
                .frame(A, 1, "{}")
                .junk("CSF1 never acknowledged")
                .segment()
                .frame(A, 2, "{}");

        Report report = verify();

        assertThat(report.fault()).isEmpty();
        assertThat(report.frames()).isEqualTo(2);
        assertThat(report.remarks()).singleElement().asString().contains("23 bytes behind the ones that count");
    }

    @Test
    void doesNotRemarkOnTheRoomOfASegmentThatCouldNotBeClosed() {
        journal.segment().frame(A, 1, "{}").junk("\0".repeat(600)).segment().frame(A, 2, "{}");

        assertThat(verify()).satisfies(report -> {
            assertThat(report.fault()).isEmpty();
            assertThat(report.remarks()).isEmpty();
        });
    }

    @Test
    void acceptsAMissingNumberAndAnEmptyFileThatTheChainLeavesOut() throws IOException {
        journal.segment().frame(A, 1, "{}").segment(2).frame(A, 2, "{}");
        Files.createFile(journal.file(2));

        Report report = verify();

        assertThat(report.fault()).isEmpty();
        assertThat(report.remarks()).containsExactly("segment 2 was never finished and holds nothing");
    }

    @Test
    void callsAnEmptyNewestSegmentUnfinished() throws IOException {
        journal.segment().frame(A, 1, "{}");
        Files.createFile(journal.file(2));

        assertThat(fault().unfinished()).isTrue();
    }

    @Test
    void findsNothingInAnEmptyDirectory() {
        assertThat(verify()).isEqualTo(new Report(List.of(), List.of(), List.of(), Optional.empty()));
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.sorted().toList();
        }
    }
}
