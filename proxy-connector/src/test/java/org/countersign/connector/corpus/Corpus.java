package org.countersign.connector.corpus;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The files under {@code corpus/vault}: entries end at an empty line, {@code -- #} begins a section. */
final class Corpus {
    private Corpus() {}

    static List<Entry> entries(String file) {
        List<Entry> entries = Arrays.stream(text(file).split("\n\n"))
                .filter(block -> !block.isBlank() && !block.startsWith("-- #"))
                .map(Entry::read)
                .toList();
        Set<String> names = new HashSet<>();
        for (Entry entry : entries) {
            if (!names.add(entry.name())) {
                throw new IllegalArgumentException("two entries of " + file + " are called " + entry.name());
            }
        }
        return entries;
    }

    static String text(String file) {
        try (var stream = Corpus.class.getResourceAsStream("/corpus/vault/" + file)) {
            if (stream == null) {
                throw new IllegalStateException("no corpus " + file);
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
