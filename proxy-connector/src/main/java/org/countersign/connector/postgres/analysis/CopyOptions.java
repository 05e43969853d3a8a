package org.countersign.connector.postgres.analysis;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The options of a COPY, in the order given. The target checks them; what is read here is only what the data looks like
 * when it accepts them.
 */
public record CopyOptions(List<CopyOption> given) {
    private static final Set<String> OFF = Set.of("false", "off", "0");
    private static final String NULL = "null";

    /** How the rows are written. */
    public enum Format {
        TEXT,
        CSV,
        BINARY
    }

    public CopyOptions {
        given = List.copyOf(given);
    }

    public Format format() {
        return switch (value("format").orElse("text")) {
            case "csv" -> Format.CSV;
            case "binary" -> Format.BINARY;
            default -> Format.TEXT;
        };
    }

    /** Whether the first line holds the names of the columns. */
    public boolean header() {
        return option("header")
                .map(option -> !OFF.contains(option.text().toLowerCase(Locale.ROOT)))
                .orElse(false);
    }

    public String delimiter() {
        return value("delimiter").orElse(format() == Format.CSV ? "," : "\t");
    }

    /** What stands for NULL. */
    public String absent() {
        return value(NULL).orElse(format() == Format.CSV ? "" : "\\N");
    }

    public String quote() {
        return value("quote").orElse("\"");
    }

    public String escape() {
        return value("escape").orElse(quote());
    }

    /** Whether every value of the column is quoted. */
    public boolean forcesQuotes(String column) {
        return option("force_quote")
                .map(option -> option.form() == CopyOption.Form.ALL_COLUMNS
                        || option.values().contains(column))
                .orElse(false);
    }

    /** Whether a value may stand for a column's default. */
    public boolean defaults() {
        return option("default").isPresent();
    }

    /**
     * Whether a value that equals what stands for NULL could not be told from NULL: in the text format the client
     * chooses it freely.
     */
    public boolean ambiguous() {
        return format() == Format.TEXT && option(NULL).isPresent();
    }

    /** The same with {@link #distinct} for NULL. */
    public CopyOptions unambiguous() {
        return new CopyOptions(given.stream()
                .map(option -> option.name().equals(NULL) ? CopyOption.text(NULL, distinct()) : option)
                .toList());
    }

    /** What stands for NULL in the text format and what no value can look like; a delimiter may not be part of it. */
    public String distinct() {
        return delimiter().equals("N") ? "\\Z" : "\\N";
    }

    /** As the target accepts them, in all versions; empty when none was given. */
    public String sql() {
        return given.isEmpty()
                ? ""
                : given.stream().map(CopyOption::sql).collect(Collectors.joining(", ", " WITH (", ")"));
    }

    private Optional<CopyOption> option(String name) {
        return given.stream().filter(option -> option.name().equals(name)).findFirst();
    }

    private Optional<String> value(String name) {
        return option(name).map(CopyOption::text);
    }
}
