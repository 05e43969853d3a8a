package org.countersign.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;

/** Changes of the policy in words. */
final class Changes {
    private Changes() {}

    /** Says what has to happen to a change. */
    static void next(PrintWriter out, JsonNode change) {
        String id = Visible.line(change.path("change").asText());
        String state = Visible.line(change.path("state").asText());
        out.println("change " + id + " is " + state);
        if (state.equals("proposed")) {
            out.println("a second administrator activates it with: countersign confirm " + id);
        }
    }
}
