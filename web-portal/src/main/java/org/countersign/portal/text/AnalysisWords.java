package org.countersign.portal.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What the analysis found, in words for somebody who does not read SQL. */
public final class AnalysisWords {
    private static final String COLUMNS = ".(";
    private static final Map<String, String> ACTIONS = Map.ofEntries(
            Map.entry("sql:select", "reads rows"),
            Map.entry("sql:insert", "adds rows"),
            Map.entry("sql:update", "changes rows"),
            Map.entry("sql:delete", "deletes rows"),
            Map.entry("sql:merge", "adds, changes or deletes rows"),
            Map.entry("sql:truncate", "empties whole tables"),
            Map.entry("sql:copy-in", "loads data in"),
            Map.entry("sql:copy-out", "takes data out"),
            Map.entry("sql:define", "changes definitions"),
            Map.entry("sql:grant", "changes who may do what in the database"),
            Map.entry("sql:execute", "runs functions"),
            Map.entry("sql:call", "runs procedures"),
            Map.entry("sql:lock", "locks tables"),
            Map.entry("sql:maintain", "does maintenance"),
            Map.entry("sql:notify", "sends notifications"),
            Map.entry("sql:session", "changes its session"));

    private AnalysisWords() {}

    /** For example {@code It changes rows and reads rows.} Empty where nothing needs a permission. */
    public static String actions(List<String> actions) {
        List<String> words = actions.stream()
                .map(action -> ACTIONS.getOrDefault(action, "does " + action))
                .distinct()
                .toList();
        return words.isEmpty() ? "" : "It " + listed(words) + ".";
    }

    /** For example {@code the columns note and status of public.orders}. */
    public static String resource(String resource) {
        int columns = resource.indexOf(COLUMNS);
        if (columns < 0 || !resource.endsWith(")")) {
            return resource.equals("*") ? "everything" : resource;
        }
        List<String> names = List.of(resource.substring(columns + COLUMNS.length(), resource.length() - 1)
                .split(","));
        return (names.size() == 1 ? "the column " : "the columns ") + listed(names) + " of "
                + resource.substring(0, columns);
    }

    private static String listed(List<String> words) {
        if (words.size() < 2) {
            return words.getFirst();
        }
        var all = new ArrayList<>(words);
        String last = all.removeLast();
        return all.stream().collect(Collectors.joining(", ")) + " and " + last;
    }
}
