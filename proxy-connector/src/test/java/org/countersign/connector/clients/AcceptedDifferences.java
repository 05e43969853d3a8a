package org.countersign.connector.clients;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The differences a client may see, each with its reason: {@code accepted-differences.txt}. An entry is a reason behind
 * {@code #}, {@code client: operation}, and the exact lines that are only direct ({@code - }) or only through the gateway
 * ({@code + }); an entry for one version names it in brackets. {@code *} in place of lines takes any difference.
 */
final class AcceptedDifferences {
    private static final String ANY = "*";
    private final Map<String, List<String>> entries = new HashMap<>();
    private final Set<String> used = new HashSet<>();

    static AcceptedDifferences standard() {
        var accepted = new AcceptedDifferences();
        List<String> lines = List.of();
        for (String line : Resources.lines("accepted-differences.txt")) {
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            if (line.equals(ANY) || line.startsWith("- ") || line.startsWith("+ ")) {
                lines.add(line);
                continue;
            }
            lines = new ArrayList<>();
            accepted.entries.put(line, lines);
        }
        return accepted;
    }

    boolean accept(String client, int version, String operation, List<String> difference) {
        for (String key : List.of(client + ": " + operation + " [" + version + "]", client + ": " + operation)) {
            List<String> entry = entries.getOrDefault(key, List.of());
            if (entry.equals(List.of(ANY)) || entry.equals(difference)) {
                used.add(key);
                return true;
            }
        }
        return false;
    }

    /** Entries that no run needed. */
    List<String> unused(String client) {
        return entries.keySet().stream()
                .filter(key -> key.startsWith(client + ": ") && !used.contains(key))
                .sorted()
                .toList();
    }
}
