package org.countersign.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.List;

/** The difference between the policy and what is proposed, object by object. */
final class Differences {
    private Differences() {}

    static void print(PrintWriter out, JsonNode entries) {
        if (entries.isEmpty()) {
            out.println("no differences");
        }
        for (JsonNode entry : entries) {
            out.println(Visible.line(entry.path("action").asText() + " "
                    + entry.path("kind").asText() + " " + entry.path("name").asText()));
            lines(out, text(entry.path("before")), text(entry.path("after")));
        }
    }

    /** Leaves out the lines that both begin or end with. */
    private static void lines(PrintWriter out, List<String> before, List<String> after) {
        int shorter = Math.min(before.size(), after.size());
        int start = 0;
        while (start < shorter && before.get(start).equals(after.get(start))) {
            start++;
        }
        int end = 0;
        while (end < shorter - start && before.get(before.size() - 1 - end).equals(after.get(after.size() - 1 - end))) {
            end++;
        }
        before.subList(start, before.size() - end).forEach(line -> out.println("  - " + Visible.line(line)));
        after.subList(start, after.size() - end).forEach(line -> out.println("  + " + Visible.line(line)));
    }

    private static List<String> text(JsonNode yaml) {
        return yaml.isTextual() ? yaml.asText().lines().toList() : List.of();
    }
}
