package org.countersign.connector.postgres.analysis;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The lines of a list that is part of the product, without comments. */
final class ResourceLines {
    private ResourceLines() {}

    static List<String> of(String name) {
        var stream = ResourceLines.class.getResourceAsStream(name);
        if (stream == null) {
            throw new IllegalStateException("the product lacks " + name);
        }
        try (var reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            return reader.lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
