package org.countersign.api;

import jakarta.json.JsonObject;
import org.countersign.core.explain.ExplanationView;
import org.countersign.core.explain.ExplanationView.FieldView;
import org.countersign.core.explain.ExplanationView.StatementView;

/** An explanation. */
final class ExplanationJson {
    private ExplanationJson() {}

    static JsonObject of(ExplanationView explanation) {
        return new Fields()
                .text("verdict", explanation.verdict())
                .text("message", explanation.message())
                .text("ask", explanation.ask())
                .value("risk", RiskJson.of(explanation.risk()))
                .text("sqlState", explanation.sqlState())
                .number("position", explanation.position().map(Integer::longValue))
                .value("principal", PrincipalJson.of(explanation.principal()))
                .time("signedInAt", explanation.signedInAt())
                .flag("stranger", explanation.stranger())
                .text("target", explanation.target())
                .number("policyVersion", explanation.policyVersion())
                .id("session", explanation.session())
                .each(
                        "rules",
                        explanation.rules(),
                        rule -> new Fields()
                                .text("name", rule.name())
                                .text("kind", rule.kind())
                                .text("effect", rule.effect())
                                .flag("decided", rule.decided())
                                .text("reason", rule.reason())
                                .json())
                .each("statements", explanation.statements(), ExplanationJson::statement)
                .texts("detectors", explanation.detectors())
                .json();
    }

    private static JsonObject statement(StatementView statement) {
        return new Fields()
                .text("kind", statement.kind())
                .text("text", statement.text())
                .flag("later", statement.later())
                .texts("effects", statement.effects())
                .flag("predicate", statement.predicate())
                .each(
                        "accesses",
                        statement.accesses(),
                        access -> new Fields()
                                .text("action", access.action())
                                .text("resource", access.resource())
                                .texts("columns", access.columns())
                                .texts("roles", access.roles())
                                .json())
                .each(
                        "functions",
                        statement.functions(),
                        function -> new Fields()
                                .text("name", function.name())
                                .texts("roles", function.roles())
                                .json())
                .each(
                        "outputs",
                        statement.outputs(),
                        output -> new Fields()
                                .text("label", output.label())
                                .text("mask", output.mask())
                                .each("sources", output.sources(), ExplanationJson::field)
                                .json())
                .each("examined", statement.examined(), ExplanationJson::field)
                .each("moved", statement.moved(), ExplanationJson::field)
                .each("written", statement.written(), ExplanationJson::field)
                .texts("code", statement.code())
                .number("estimatedRows", statement.estimatedRows())
                .text("estimate", statement.estimate())
                .json();
    }

    private static JsonObject field(FieldView field) {
        return new Fields()
                .text("name", field.name())
                .texts("classes", field.classes())
                .text("mask", field.mask())
                .json();
    }
}
