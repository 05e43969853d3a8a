package org.countersign.connector.postgres.analysis;

import java.util.List;
import java.util.stream.Collectors;

/** Names as they are written for the target: always quoted, so that they mean exactly themselves. */
public final class QuotedNames {
    private QuotedNames() {}

    public static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /** A name of several parts: {@code "public"."orders"}. */
    public static String quoted(List<String> parts) {
        return parts.stream().map(QuotedNames::quoted).collect(Collectors.joining("."));
    }

    /** Several names behind each other: {@code "id", "note"}. */
    public static String list(List<String> names) {
        return names.stream().map(QuotedNames::quoted).collect(Collectors.joining(", "));
    }
}
