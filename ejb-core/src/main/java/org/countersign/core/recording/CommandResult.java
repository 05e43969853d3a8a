package org.countersign.core.recording;

import java.util.List;
import java.util.Optional;

/**
 * The answer to a command as its client saw it, masks applied.
 *
 * @param rows one entry per column, empty for NULL; a value without a text form is {@code \x} and hex digits
 * @param cut whether there were more rows than a result shows
 * @param tag the command tag, such as {@code SELECT 5}
 */
public record CommandResult(
        List<Column> columns,
        List<List<Optional<String>>> rows,
        boolean cut,
        Optional<String> tag,
        Optional<Failure> error,
        List<String> notices) {
    /** The most rows a result shows; the recording has them all. */
    public static final int MAX_ROWS = 10_000;

    public CommandResult {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
        notices = List.copyOf(notices);
    }

    /** @param type the target's name of its type */
    public record Column(String name, String type) {}

    public record Failure(String sqlState, String message) {}
}
