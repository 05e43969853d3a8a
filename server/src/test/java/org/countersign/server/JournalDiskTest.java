package org.countersign.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalDiskTest {
    private static final long MEBIBYTE = 1L << 20;

    @TempDir
    Path directory;

    @Test
    void tellsTheMarksApart() {
        assertThat(disk(1_024)).returns("ok", JournalDisk::word).returns(true, JournalDisk::recordable);
        assertThat(disk(1_023)).returns("low", JournalDisk::word).returns(true, JournalDisk::recordable);
        assertThat(disk(255)).returns("full", JournalDisk::word).returns(false, JournalDisk::recordable);
        assertThat(disk(2_000)).hasToString(directory + ", 2,000 MiB free");
    }

    @Test
    void looksAtTheDiskOfTheDirectory() {
        assertThat(JournalDisk.of(directory).freeBytes()).isPositive();
        assertThat(JournalDisk.of(directory.resolve("none")))
                .returns("missing", JournalDisk::word)
                .returns(false, JournalDisk::recordable);
    }

    private JournalDisk disk(long mebibytes) {
        return new JournalDisk(directory, mebibytes * MEBIBYTE);
    }
}
