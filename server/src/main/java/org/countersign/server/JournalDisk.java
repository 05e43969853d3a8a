package org.countersign.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.countersign.journal.JournalLimits;

/**
 * The room for recordings, by the marks at which the gateway ends the largest sessions and refuses everything.
 *
 * @param freeBytes negative when there is no such directory
 */
record JournalDisk(Path directory, long freeBytes) {
    private static final long MEBIBYTE = 1L << 20;
    private static final JournalLimits LIMITS = JournalLimits.defaults();

    static JournalDisk of(Path directory) {
        try {
            return new JournalDisk(directory, Files.getFileStore(directory).getUsableSpace());
        } catch (IOException e) {
            return new JournalDisk(directory, -1);
        }
    }

    boolean recordable() {
        return freeBytes >= LIMITS.minFreeBytes();
    }

    String word() {
        if (freeBytes < 0) {
            return "missing";
        }
        if (!recordable()) {
            return "full";
        }
        return freeBytes < LIMITS.lowFreeBytes() ? "low" : "ok";
    }

    @Override
    public String toString() {
        return freeBytes < 0
                ? directory.toString()
                : String.format(Locale.ROOT, "%s, %,d MiB free", directory, freeBytes / MEBIBYTE);
    }
}
