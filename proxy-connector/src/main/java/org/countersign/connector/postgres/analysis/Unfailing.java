package org.countersign.connector.postgres.analysis;

import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * For which arguments a function of the server is sure to tell nothing of them but by its result. Whether a command fails
 * is seen by everybody, so a function that may fail because of a hidden value tells something of it.
 */
enum Unfailing {
    ANY,
    STORED,
    FIELD,
    WIDENED,
    NUMBER,
    CAST,
    KEYED,
    /** For none: not on the list. */
    NEVER;

    private static final Map<Long, Unfailing> LISTED = ResourceLines.of("unfailing-functions.txt").stream()
            .map(line -> line.split(" ", 3))
            .collect(Collectors.toUnmodifiableMap(
                    words -> Long.valueOf(words[0]), words -> valueOf(words[1].toUpperCase(Locale.ROOT))));

    static Unfailing of(long function) {
        return LISTED.getOrDefault(function, NEVER);
    }
}
