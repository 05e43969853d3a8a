package org.countersign.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** An approval for the person who is to decide it. */
final class ApprovalText {
    private ApprovalText() {}

    static void print(PrintWriter out, JsonNode approval) {
        field(out, "approval", approval.path("id").asText());
        field(out, "state", approval.path("state").asText());
        field(out, "principal", Principals.described(approval.path("principal")));
        field(out, "target", approval.path("target").asText());
        field(out, "rules", list(approval.path("rules")));
        field(out, "requested", approval.path("requestedAt").asText());
        field(out, "expires", approval.path("expiresAt").asText());
        field(out, "quorum", approval.path("quorum").asText());
        field(out, "justification", approval.path("justification").asText(""));
        field(out, "runs only", approval.path("executeDuring").asText(""));
        steps(out, approval.path("steps"));
        field(out, "digest", approval.path("digest").asText());
        for (JsonNode command : approval.path("commands")) {
            command(out, command);
        }
        for (JsonNode decision : approval.path("decisions")) {
            String reason = decision.path("reason").asText("");
            field(
                    out,
                    "decision",
                    decision.path("decision").asText() + " by "
                            + decision.path("by").asText() + " at "
                            + decision.path("at").asText()
                            + (reason.isEmpty() ? "" : ": " + reason));
        }
        if (!approval.path("mayDecide").asBoolean()) {
            field(out, "you may not decide", approval.path("why").asText(""));
        }
    }

    private static void steps(PrintWriter out, JsonNode steps) {
        if (steps.size() > 1) {
            steps.forEach(step -> field(
                    out,
                    "step",
                    step.path("given").asText() + " of " + step.path("quorum").asText() + " by "
                            + step.path("approvers").asText() + ", "
                            + step.path("state").asText()));
        }
    }

    private static void command(PrintWriter out, JsonNode command) {
        field(out, "actions", list(command.path("actions")));
        field(out, "resources", list(command.path("resources")));
        command.path("code").forEach(code -> field(out, "would run", code.asText()));
        out.println("command:");
        Visible.text(command.path("text").asText()).lines().forEach(line -> out.println("    " + line));
        int number = 1;
        for (JsonNode parameter : command.path("parameters")) {
            JsonNode value = parameter.path("value");
            field(
                    out,
                    "    $" + number++,
                    (value.isNull() ? "NULL" : "'" + value.asText() + "'") + " ("
                            + parameter.path("type").asText() + ")");
        }
    }

    private static void field(PrintWriter out, String name, String value) {
        if (!value.isEmpty()) {
            out.println(name + ": " + Visible.line(value));
        }
    }

    private static String list(JsonNode items) {
        List<String> texts = new ArrayList<>();
        items.forEach(item -> texts.add(item.asText()));
        return String.join(", ", texts);
    }
}
