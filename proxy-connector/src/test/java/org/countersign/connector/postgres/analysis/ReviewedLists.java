package org.countersign.connector.postgres.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.countersign.connector.postgres.analysis.BuiltIns.Reviewed;

/** Holds the reviewed lists of built-in functions and operators against what a server really has. */
public final class ReviewedLists {
    private static final String HARMLESS = "harmless-functions.txt";
    private static final List<String> LISTS = List.of(HARMLESS, "effectful-functions.txt", "refused-functions.txt");
    private static final String OWN_SCHEMA = "pg_catalog.";
    private static final Pattern ANY_TYPE = Pattern.compile(".*\\((.*\\W)?(\"any\"|any[a-z]+|record)\\b.*");
    private static final String FUNCTIONS = """
            SELECT p.oid, concat(quote_ident(n.nspname), '.', p.proname, '(',
                   (SELECT string_agg(format_type(a.type, NULL), ',' ORDER BY a.place)
                      FROM unnest(p.proargtypes::oid[]) WITH ORDINALITY AS a (type, place)), ')'),
                   p.prokind NOT IN ('a', 'w') AND NOT p.proisstrict OR p.provolatile = 'v' OR p.proparallel <> 's'
              FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
             WHERE p.oid < 16384""";
    private static final String OPERATORS =
            "SELECT oid, oprcode::oid FROM pg_operator WHERE oid < 16384 AND oprcode <> 0";

    /** What one server has. */
    private record Server(Map<Reviewed, Boolean> functions, Map<Long, Long> operators) {}

    private final List<Server> servers = new ArrayList<>();

    /** Looks at one more version. */
    public void look(Connection connection) throws SQLException {
        var functions = new HashMap<Reviewed, Boolean>();
        var operators = new HashMap<Long, Long>();
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET search_path = pg_catalog");
            try (ResultSet row = statement.executeQuery(FUNCTIONS)) {
                while (row.next()) {
                    functions.put(new Reviewed(row.getLong(1), row.getString(2)), row.getBoolean(3));
                }
            }
            try (ResultSet row = statement.executeQuery(OPERATORS)) {
                while (row.next()) {
                    operators.put(row.getLong(1), row.getLong(2));
                }
            }
        }
        servers.add(new Server(functions, operators));
        everyFunctionIsOnOneList(functions.keySet());
        whatSurprisesHasAReason(functions);
        whatTakesAnyTypeSaysWhatItDoesWithIt(functions.keySet());
        operatorsAreTheFunctionsTheyAreListedAs(operators);
    }

    /** After all versions: no list names what none of them has. */
    public void nothingIsListedInVain() {
        Set<Reviewed> functions = servers.stream()
                .flatMap(server -> server.functions().keySet().stream())
                .collect(Collectors.toSet());
        for (String list : LISTS) {
            assertThat(known(list)).as(list).isSubsetOf(functions);
        }
        Set<Long> operators = servers.stream()
                .flatMap(server -> server.operators().keySet().stream())
                .collect(Collectors.toSet());
        assertThat(operators).containsAll(listedOperators().keySet());
        Set<String> names = functions.stream().map(Reviewed::signature).collect(Collectors.toSet());
        assertThat(names).containsAll(initdbNames().toList());
    }

    private static void everyFunctionIsOnOneList(Set<Reviewed> functions) {
        var seen = new HashSet<Reviewed>();
        for (String list : LISTS) {
            for (Reviewed function : known(list)) {
                assertThat(seen.add(function))
                        .as("%s is on two lists or twice on one", function)
                        .isTrue();
            }
        }
        Set<String> byName = initdbNames().collect(Collectors.toSet());
        assertThat(functions.stream()
                        .filter(function -> !seen.contains(function) && !byName.contains(function.signature())))
                .as("functions without a review")
                .isEmpty();
        // an OID that was given away again must not be harmless because of what it was
        for (Reviewed function : functions) {
            boolean harmless =
                    BuiltIns.harmless(function.oid()) || BuiltIns.harmless(function.oid(), function.signature());
            boolean listed = known(HARMLESS).contains(function)
                    || ResourceLines.of("harmless-initdb-functions.txt").contains(function.signature());
            assertThat(harmless).as(function.toString()).isEqualTo(listed);
        }
    }

    private static void whatSurprisesHasAReason(Map<Reviewed, Boolean> functions) {
        var reasons = new HashMap<Reviewed, Boolean>();
        ResourceLines.of(HARMLESS).forEach(line -> reasons.put(qualified(Reviewed.of(line)), line.contains(" -- ")));
        functions.forEach((function, surprising) -> {
            if (surprising) {
                assertThat(reasons.getOrDefault(function, true))
                        .as("a reason for %s", function)
                        .isTrue();
            }
        });
    }

    private static void whatTakesAnyTypeSaysWhatItDoesWithIt(Set<Reviewed> functions) {
        var reviewed = new HashSet<Reviewed>();
        for (String line : ResourceLines.of("polymorphic-functions.txt")) {
            String[] words = line.split(" ", 3);
            assertThat(words[1]).isIn("compares", "converts", "neither");
            reviewed.add(new Reviewed(Long.parseLong(words[0]), OWN_SCHEMA + words[2]));
        }
        Set<Reviewed> harmless = known(HARMLESS);
        assertThat(functions.stream()
                        .filter(harmless::contains)
                        .filter(function ->
                                ANY_TYPE.matcher(function.signature()).matches()))
                .isSubsetOf(reviewed);
    }

    private static void operatorsAreTheFunctionsTheyAreListedAs(Map<Long, Long> operators) {
        // one that is not listed is asked of the catalog
        listedOperators()
                .forEach((operator, function) -> assertThat(operators.getOrDefault(operator, function))
                        .as("the function of operator %s", operator)
                        .isEqualTo(function));
    }

    private static Map<Long, Long> listedOperators() {
        return ResourceLines.of("operators.txt").stream()
                .map(line -> line.split(" "))
                .collect(Collectors.toMap(words -> Long.valueOf(words[0]), words -> Long.valueOf(words[1])));
    }

    private static Stream<String> initdbNames() {
        return Stream.of("harmless-initdb-functions.txt", "refused-initdb-functions.txt")
                .flatMap(list -> ResourceLines.of(list).stream());
    }

    private static Set<Reviewed> known(String list) {
        return BuiltIns.reviewed(list).stream().map(ReviewedLists::qualified).collect(Collectors.toSet());
    }

    private static Reviewed qualified(Reviewed function) {
        return new Reviewed(function.oid(), OWN_SCHEMA + function.signature());
    }
}
