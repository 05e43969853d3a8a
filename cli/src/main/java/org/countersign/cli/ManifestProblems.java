package org.countersign.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;

/** What the gateway finds wrong with manifests, in terms of the local files. */
final class ManifestProblems {
    private ManifestProblems() {}

    /**
     * Prints {@code file:line:column: message} for every problem.
     *
     * @throws Gateway.ProblemException the refusal itself when it is not about what the manifests say
     */
    static Outcome explained(PrintWriter err, ManifestSet manifests, Gateway.ProblemException refusal)
            throws Gateway.ProblemException {
        JsonNode problems = refusal.body().path("problems");
        if (problems.isEmpty()) {
            throw refusal;
        }
        for (JsonNode each : problems) {
            String message = Visible.line(each.path("message").asText());
            String place = manifests
                    .place(each.path("line").asInt())
                    .map(found -> found.file() + ":" + found.line() + ":"
                            + each.path("column").asInt() + ": ")
                    .orElse("");
            err.println(place + message);
        }
        return Outcome.REFUSED;
    }
}
