package org.countersign.connector.clients;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The differences a client sees, each with its reason: {@code accepted-differences.txt}. An entry is a reason behind
 * {@code #} (or that of the entry before it), one or more lines {@code client: operation}, and the exact lines that are only direct ({@code - }) or only
 * through the gateway ({@code + }); an operation for some versions only names them in brackets. An empty line ends it.
 */
final class AcceptedDifferences {
    private static final Pattern HEAD =
            Pattern.compile("(?<client>[a-z0-9-]+): (?<operation>.+?)(?: \\[(?<versions>[0-9,]+)])?");

    /** Where in a source PostgreSQL found a mistake, which moves with every release. */
    private static final Pattern SOURCE_LINE = Pattern.compile("\\.c:\\d+");

    private final List<Entry> entries = new ArrayList<>();

    private record Entry(String reason, List<String> heads, List<String> lines) {}

    static AcceptedDifferences standard() {
        var accepted = new AcceptedDifferences();
        String reason = "";
        boolean told = false;
        var entry = new Entry(reason, new ArrayList<>(), new ArrayList<>());
        for (String line : Resources.lines("accepted-differences.txt")) {
            if (line.startsWith("#")) {
                reason = (told ? reason + " " : "") + line.substring(1).strip();
            } else if (line.startsWith("- ") || line.startsWith("+ ")) {
                entry.lines.add(line);
            } else if (!line.isEmpty()) {
                if (entry.heads.isEmpty()) {
                    accepted.entries.add(entry);
                }
                entry.heads.add(line);
            }
            told = line.startsWith("#");
            if (line.isEmpty() || told) {
                entry = new Entry(reason, new ArrayList<>(), new ArrayList<>());
            }
        }
        return accepted;
    }

    /** Why there are differences at all, each reason once and in the order of the list. */
    Set<String> reasons() {
        return entries.stream().map(Entry::reason).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** The difference that each operation of the client must show, by operation. */
    Map<String, List<String>> of(String client, int version) {
        var differences = new HashMap<String, List<String>>();
        for (Entry entry : entries) {
            for (String head : entry.heads) {
                Matcher parts = HEAD.matcher(head);
                if (!parts.matches() || entry.lines.isEmpty()) {
                    throw new IllegalStateException("not an accepted difference: " + head);
                }
                if (parts.group("client").equals(client)
                        && concerns(parts.group("versions"), version)
                        && differences.put(parts.group("operation"), entry.lines) != null) {
                    throw new IllegalStateException("accepted twice: " + head);
                }
            }
        }
        return differences;
    }

    private static boolean concerns(@Nullable String versions, int version) {
        return versions == null || List.of(versions.split(",")).contains(Integer.toString(version));
    }

    /** A difference as it is written in the list. */
    static List<String> written(List<String> difference) {
        return difference.stream()
                .map(line -> SOURCE_LINE.matcher(line).replaceAll(".c:<line>"))
                .toList();
    }
}
