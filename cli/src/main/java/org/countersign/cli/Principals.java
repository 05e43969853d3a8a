package org.countersign.cli;

import com.fasterxml.jackson.databind.JsonNode;

/** A principal in one line: {@code orders-agent (agent of alice, acting for carol)}. */
final class Principals {
    private Principals() {}

    static String described(JsonNode principal) {
        var text = new StringBuilder(principal.path("name").asText("?"));
        String owner = principal.path("owner").asText("");
        String behalf = principal.path("onBehalfOf").asText("");
        text.append(" (").append(principal.path("kind").asText("?"));
        if (!owner.isEmpty()) {
            text.append(" of ").append(owner);
        }
        if (!behalf.isEmpty()) {
            text.append(", acting for ").append(behalf);
        }
        return Visible.line(text.append(')').toString());
    }
}
