package org.countersign.connector.postgres.analysis;

import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/** Reviewed lists of what comes with the server; OIDs below 10,000 mean the same in every version. */
final class BuiltIns {
    private static final Set<Long> HARMLESS = ResourceLines.of("harmless-functions.txt").stream()
            .map(line -> Long.parseLong(line.substring(0, line.indexOf(' '))))
            .collect(Collectors.toUnmodifiableSet());
    private static final Set<Long> EFFECTFUL = ResourceLines.of("effectful-functions.txt").stream()
            .map(line -> Long.parseLong(line.substring(0, line.indexOf(' '))))
            .collect(Collectors.toUnmodifiableSet());
    private static final Map<Long, Long> OPERATORS = ResourceLines.of("operators.txt").stream()
            .map(line -> line.split(" "))
            .collect(Collectors.toUnmodifiableMap(words -> Long.valueOf(words[0]), words -> Long.valueOf(words[1])));
    private static final Map<String, Set<String>> CATALOG = ResourceLines.of("catalog-columns.txt").stream()
            .map(line -> line.split(" "))
            .collect(Collectors.toUnmodifiableMap(words -> words[0], words -> Set.of(words[1].split(","))));

    private static final Set<String> HARMLESS_BY_NAME = Set.copyOf(ResourceLines.of("harmless-initdb-functions.txt"));

    /** nextval and currval, which the server puts in for a serial column's default. */
    private static final Set<Long> IN_DEFAULTS = Set.of(1574L, 1575L);

    /** pg_statistic, pg_statistic_ext_data, pg_largeobject: values of other tables without their columns. */
    private static final Set<Long> HOLDING_VALUES = Set.of(2619L, 3429L, 2613L);

    private BuiltIns() {}

    /** Depends on nothing but its arguments and the catalog's names, changes nothing, tells nothing. */
    static boolean harmless(long function) {
        return HARMLESS.contains(function);
    }

    /** The same for one that initdb made, with an OID that differs between versions. */
    static boolean harmless(long function, String signature) {
        return function < Column.FIRST_USER_OID && HARMLESS_BY_NAME.contains(signature);
    }

    /** Changes something by itself; the statement needs {@code sql:execute} on it. */
    static boolean effectful(long function) {
        return EFFECTFUL.contains(function);
    }

    static boolean inDefaults(long function) {
        return IN_DEFAULTS.contains(function);
    }

    static OptionalLong functionOf(long operator) {
        Long function = OPERATORS.get(operator);
        return function == null ? OptionalLong.empty() : OptionalLong.of(function);
    }

    /** Whether drivers need these columns of a system catalog, which then need no permission. */
    static boolean readable(String catalog, Set<String> columns) {
        Set<String> listed = CATALOG.get(catalog);
        return listed != null && (listed.contains("*") || listed.containsAll(columns));
    }

    /** Whether a catalog holds values whose columns nobody can tell, whoever reads it and through which view. */
    static boolean holdsValues(long relation) {
        return HOLDING_VALUES.contains(relation);
    }
}
