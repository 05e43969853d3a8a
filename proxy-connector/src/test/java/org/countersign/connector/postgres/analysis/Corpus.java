package org.countersign.connector.postgres.analysis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The statements of a corpus file: a comment line that says what is expected, the statement, an empty line. */
final class Corpus {
    record Entry(String expected, String sql) {
        @Override
        public String toString() {
            return expected + ": " + sql;
        }
    }

    private Corpus() {}

    static List<Entry> entries(String file) {
        List<Entry> entries = new ArrayList<>();
        for (String block : text(file).split("\n\n")) {
            int line = block.indexOf('\n');
            if (!block.strip().isEmpty() && !block.startsWith("-- One ")) {
                entries.add(new Entry(
                        block.substring(3, line).strip(),
                        block.substring(line + 1).strip()));
            }
        }
        return entries;
    }

    static String text(String file) {
        try (var stream = Corpus.class.getResourceAsStream("/corpus/postgres/" + file)) {
            if (stream == null) {
                throw new IllegalStateException("no corpus " + file);
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
