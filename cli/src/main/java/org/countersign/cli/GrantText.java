package org.countersign.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** Roles for a time, for people. */
final class GrantText {
    private GrantText() {}

    static void list(PrintWriter out, JsonNode page) {
        var table = new Table("GRANT", "STATE", "PRINCIPAL", "ROLE", "TARGET", "UNTIL", "USES", "REASON");
        for (JsonNode each : page.path("items")) {
            table.row(
                    each.path("id").asText(),
                    each.path("state").asText(),
                    each.path("principal").path("name").asText(),
                    each.path("role").asText(),
                    each.path("target").asText(),
                    each.path("endsAt").asText(""),
                    each.path("uses").asText(),
                    each.path("reason").asText());
        }
        table.print(out, page.hasNonNull("next"));
    }

    static void eligible(PrintWriter out, JsonNode answer) {
        var table = new Table("NAME", "ROLE", "TARGETS", "LONGEST", "DECIDED BY");
        for (JsonNode each : answer.path("items")) {
            table.row(
                    each.path("name").asText(),
                    each.path("role").asText(),
                    texts(each.path("targets")),
                    each.path("longest").asText(),
                    each.path("decidedBy").asText());
        }
        table.print(out, false);
        answer.path("items").findValuesAsText("blocked").stream()
                .filter(blocked -> !blocked.isEmpty())
                .distinct()
                .forEach(blocked -> field(out, "not now", blocked));
    }

    static void print(PrintWriter out, JsonNode grant) {
        field(out, grant.path("kind").asText("grant"), grant.path("id").asText());
        field(out, "state", grant.path("state").asText());
        field(out, "principal", Principals.described(grant.path("principal")));
        field(out, "role", grant.path("role").asText());
        field(out, "target", grant.path("target").asText());
        field(out, "actions", texts(grant.path("actions")));
        field(out, "resources", texts(grant.path("resources")));
        field(out, "functions", texts(grant.path("functions")));
        field(out, "reason", grant.path("reason").asText());
        field(out, "ticket", grant.path("ticket").asText());
        field(out, "approval", grant.path("approval").asText(""));
        field(
                out,
                "lasts",
                grant.path("duration").asText() + (grant.path("single").asBoolean() ? ", one command" : ""));
        field(out, "until", grant.path("endsAt").asText(""));
        field(out, "ended", ended(grant));
        field(out, "uses", grant.path("uses").asText() + used(grant));
        review(out, grant);
    }

    private static String ended(JsonNode grant) {
        String by = grant.path("endedBy").asText("");
        return grant.path("endedAt").asText("") + (by.isEmpty() ? "" : " by " + by);
    }

    private static String used(JsonNode grant) {
        return grant.path("lastUse").isTextual()
                ? ", first " + grant.path("firstUse").asText() + ", last "
                        + grant.path("lastUse").asText()
                : "";
    }

    private static void review(PrintWriter out, JsonNode grant) {
        JsonNode review = grant.path("review");
        if (review.isObject()) {
            field(
                    out,
                    "review",
                    review.path("finding").asText() + " by " + review.path("by").asText() + ": "
                            + review.path("words").asText());
        } else if (grant.path("kind").asText().equals("break-glass")) {
            field(out, "review", "still to come" + due(grant));
        }
    }

    private static String due(JsonNode grant) {
        String due = grant.path("reviewDue").asText("");
        return due.isEmpty() ? "" : ", due " + due;
    }

    private static void field(PrintWriter out, String name, String value) {
        if (!value.isEmpty() && !value.equals("null")) {
            out.println(name + ": " + Visible.line(value));
        }
    }

    private static String texts(JsonNode items) {
        List<String> texts = new ArrayList<>();
        items.forEach(item -> texts.add(item.asText()));
        return String.join(", ", texts);
    }
}
