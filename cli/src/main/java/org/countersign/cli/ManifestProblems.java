package org.countersign.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;

/** What the gateway finds wrong with manifests, in terms of the local files. */
final class ManifestProblems {
    private ManifestProblems() {}

    /** Prints {@code file:line:column: message} for every problem and returns how many there were. */
    static int print(PrintWriter err, ManifestSet manifests, JsonNode problem) {
        JsonNode problems = problem.path("problems");
        for (JsonNode each : problems) {
            String message = Visible.line(each.path("message").asText());
            String place = manifests
                    .place(each.path("line").asInt())
                    .map(found -> found.file() + ":" + found.line() + ":"
                            + each.path("column").asInt() + ": ")
                    .orElse("");
            err.println(place + message);
        }
        return problems.size();
    }
}
