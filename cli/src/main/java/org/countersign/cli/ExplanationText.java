package org.countersign.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** An explanation for people: the verdict first, then what it rests on. */
final class ExplanationText {
    private final PrintWriter out;

    ExplanationText(PrintWriter out) {
        this.out = out;
    }

    void print(JsonNode explanation) {
        String verdict = explanation.path("verdict").asText();
        String sqlState = explanation.path("sqlState").asText("");
        field("verdict", verdict + (sqlState.isEmpty() ? "" : " (" + sqlState + ")"));
        field("message", explanation.path("message").asText());
        field("position", explanation.path("position").asText(""));
        field("ask for", explanation.path("ask").asText());
        String at = explanation.path("signedInAt").asText("");
        field(
                "principal",
                Principals.described(explanation.path("principal"))
                        + (at.isEmpty() ? "" : ", as it signed in at " + at)
                        + (explanation.path("stranger").asBoolean()
                                ? ", which never signed in: judged by its name alone"
                                : ""));
        field("target", explanation.path("target").asText());
        rules(explanation);
        JsonNode statements = explanation.path("statements");
        int number = 1;
        for (JsonNode statement : statements) {
            out.println();
            statement(statement, statements.size() > 1 ? "statement " + number++ : "statement");
        }
        if (!explanation.path("detectors").isEmpty()) {
            out.println();
            field("also masked wherever it is found", texts(explanation.path("detectors")));
        }
        field("recorded in session", explanation.path("session").asText());
    }

    private void rules(JsonNode explanation) {
        if (explanation.path("rules").isEmpty()) {
            return;
        }
        out.println("rules (policy version " + explanation.path("policyVersion").asText() + "):");
        for (JsonNode rule : explanation.path("rules")) {
            line((rule.path("decided").asBoolean() ? "* " : "  ")
                    + rule.path("effect").asText() + " by "
                    + rule.path("kind").asText() + " "
                    + rule.path("name").asText() + ": "
                    + rule.path("reason").asText());
        }
    }

    private void statement(JsonNode statement, String title) {
        field(title, statement.path("kind").asText());
        statement.path("text").asText().lines().forEach(text -> line("  " + text));
        if (statement.path("later").asBoolean()) {
            line("  what it does becomes known only after those before it ran; it is judged then");
            return;
        }
        String effects = texts(statement.path("effects"));
        field(
                "effects",
                (effects.isEmpty() ? "none" : effects)
                        + (statement.path("predicate").asBoolean() ? "" : "; it does not say which rows"));
        accesses(statement);
        outputs(statement);
        fields("examined", statement.path("examined"));
        fields("moved elsewhere", statement.path("moved"));
        fields("written", statement.path("written"));
        statement.path("code").forEach(code -> field("would run", code.asText()));
    }

    private void accesses(JsonNode statement) {
        if (statement.path("accesses").isEmpty() && statement.path("functions").isEmpty()) {
            field("needs", "no permission");
            return;
        }
        out.println("needs:");
        for (JsonNode access : statement.path("accesses")) {
            String columns = texts(access.path("columns"));
            line("  " + access.path("action").asText() + " on "
                    + access.path("resource").asText()
                    + (columns.isEmpty() ? "" : " (" + columns + ")") + given(access));
        }
        for (JsonNode function : statement.path("functions")) {
            line("  the function " + function.path("name").asText() + given(function));
        }
    }

    private static String given(JsonNode needed) {
        String roles = texts(needed.path("roles"));
        return roles.isEmpty() ? " - MISSING" : " - given by " + roles;
    }

    private void outputs(JsonNode statement) {
        if (statement.path("outputs").isEmpty()) {
            return;
        }
        out.println("returns:");
        for (JsonNode output : statement.path("outputs")) {
            List<String> sources = described(output.path("sources"));
            String mask = output.path("mask").asText();
            line("  " + output.path("label").asText() + ": "
                    + (mask.equals("clear") ? "clear" : "masked (" + mask + ")")
                    + (sources.isEmpty() ? "" : ", from " + String.join(", ", sources)));
        }
    }

    private void fields(String name, JsonNode fields) {
        field(name, String.join(", ", described(fields)));
    }

    private static List<String> described(JsonNode fields) {
        List<String> described = new ArrayList<>();
        for (JsonNode one : fields) {
            String classes = texts(one.path("classes"));
            String mask = one.path("mask").asText();
            described.add(one.path("name").asText()
                    + (classes.isEmpty() ? "" : " [" + classes + (mask.equals("clear") ? "" : ", " + mask) + "]"));
        }
        return described;
    }

    private static String texts(JsonNode items) {
        List<String> texts = new ArrayList<>();
        items.forEach(item -> texts.add(item.asText()));
        return String.join(", ", texts);
    }

    private void field(String name, String value) {
        if (!value.isEmpty()) {
            out.println(name + ": " + Visible.line(value));
        }
    }

    private void line(String text) {
        out.println(Visible.line(text));
    }
}
