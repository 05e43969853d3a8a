package org.countersign.connector.postgres.analysis;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Reviewed lists of what comes with the server. An OID below 10,000 means the same in every version, but for those that
 * were given away again: of them only the name counts.
 */
final class BuiltIns {
    private static final String REFUSED_LIST = "refused-functions.txt";
    private static final Set<Long> HARMLESS = oids(reviewed("harmless-functions.txt"));
    private static final Set<Long> EFFECTFUL = oids(reviewed("effectful-functions.txt"));
    private static final Set<Long> REUSED = reused();
    private static final Map<Long, Long> OPERATORS = ResourceLines.of("operators.txt").stream()
            .map(line -> line.split(" "))
            .collect(Collectors.toUnmodifiableMap(words -> Long.valueOf(words[0]), words -> Long.valueOf(words[1])));
    private static final Map<String, Set<String>> CATALOG = ResourceLines.of("catalog-columns.txt").stream()
            .map(line -> line.split(" "))
            .collect(Collectors.toUnmodifiableMap(words -> words[0], words -> Set.of(words[1].split(","))));

    private static final Set<String> HARMLESS_BY_NAME = harmlessByName();
    private static final Set<Long> COMPARING = polymorphic("compares");
    private static final Set<Long> CONVERTING = polymorphic("converts");

    /** One line of a list: a function under the name that some version gives it. */
    record Reviewed(long oid, String signature) {
        private static final String BECAUSE = " -- ";

        static Reviewed of(String line) {
            String[] words = line.split(BECAUSE, 2)[0].split(" ", 2);
            return new Reviewed(Long.parseLong(words[0]), words[1]);
        }
    }

    /** nextval and currval, which the server puts in for a serial column's default. */
    private static final Set<Long> IN_DEFAULTS = Set.of(1574L, 1575L);

    /** pg_statistic, pg_statistic_ext_data, pg_largeobject: values of other tables without their columns. */
    private static final Set<Long> HOLDING_VALUES = Set.of(2619L, 3429L, 2613L);

    private BuiltIns() {}

    /** Depends on nothing but its arguments and the catalog's names, changes nothing, tells nothing. */
    static boolean harmless(long function) {
        return HARMLESS.contains(function) && !REUSED.contains(function);
    }

    /** The same for one whose OID differs between versions, or means something else in another one. */
    static boolean harmless(long function, String signature) {
        return function < Column.FIRST_USER_OID && HARMLESS_BY_NAME.contains(signature);
    }

    /** Changes something by itself; the statement needs {@code sql:execute} on it. */
    static boolean effectful(long function) {
        return EFFECTFUL.contains(function);
    }

    /** Whether it calls the functions of the operator classes of the types it works on, whatever they are. */
    static boolean compares(long function) {
        return COMPARING.contains(function);
    }

    /** Whether it calls the casts to json of the types it works on. */
    static boolean convertsToJson(long function) {
        return CONVERTING.contains(function);
    }

    /** What one of the lists of functions says, by OID. */
    static List<Reviewed> reviewed(String list) {
        return ResourceLines.of(list).stream().map(Reviewed::of).toList();
    }

    private static Set<Long> oids(List<Reviewed> functions) {
        return functions.stream().map(Reviewed::oid).collect(Collectors.toUnmodifiableSet());
    }

    private static Set<Long> reused() {
        Set<Long> reused = new HashSet<>(oids(reviewed(REFUSED_LIST)));
        reused.retainAll(HARMLESS);
        return Set.copyOf(reused);
    }

    private static Set<String> harmlessByName() {
        Set<String> names = new HashSet<>(ResourceLines.of("harmless-initdb-functions.txt"));
        reviewed("harmless-functions.txt").stream()
                .filter(function -> REUSED.contains(function.oid()))
                .forEach(function -> names.add("pg_catalog." + function.signature()));
        return Set.copyOf(names);
    }

    private static Set<Long> polymorphic(String what) {
        return ResourceLines.of("polymorphic-functions.txt").stream()
                .map(line -> line.split(" "))
                .filter(words -> words[1].equals(what))
                .map(words -> Long.valueOf(words[0]))
                .collect(Collectors.toUnmodifiableSet());
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
