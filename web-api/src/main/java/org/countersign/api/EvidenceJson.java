package org.countersign.api;

import jakarta.json.JsonObject;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;
import org.countersign.core.audit.AttemptView;
import org.countersign.core.audit.EvidenceRow;
import org.countersign.core.audit.EvidenceSummary;
import org.countersign.core.audit.PrivilegedView;
import org.countersign.model.session.Person;

/** Parts of the segregation report. */
final class EvidenceJson {
    private EvidenceJson() {}

    static JsonObject of(EvidenceSummary summary) {
        return new Fields()
                .number("commands", summary.commands())
                .value("outcomes", counts(summary.outcomes()))
                .number("decisions", summary.decisions())
                .number("disjoint", summary.disjoint())
                .number("shared", summary.shared())
                .number("unproved", summary.unproved())
                .value("attempts", counts(summary.attempts()))
                .json();
    }

    static JsonObject of(EvidenceRow row) {
        return new Fields()
                .id("id", row.id())
                .time("at", row.at())
                .text("approval", row.approval().map(Object::toString))
                .id("session", row.session())
                .value("initiator", PrincipalJson.of(row.initiator()))
                .texts("responsible", names(row.responsible()))
                .each("decisions", row.decisions(), EvidenceJson::decision)
                .text("executor", row.executor())
                .text("target", row.target())
                .text("kinds", row.kinds())
                .texts("actions", row.actions())
                .texts("resources", row.resources())
                .texts("rules", row.rules())
                .number("policyVersion", row.policyVersion())
                .text("outcome", row.outcome())
                .text("justification", row.justification())
                .text("ticket", row.ticket())
                .text("proof", row.proof().label())
                .texts("shared", row.shared())
                .json();
    }

    static JsonObject of(PrivilegedView view) {
        return new Fields()
                .each("items", view.rows(), EvidenceJson::row)
                .flag("limited", view.limited())
                .number("unclear", view.unclear())
                .text("damage", view.damage())
                .json();
    }

    private static JsonObject row(PrivilegedView.Row row) {
        return new Fields()
                .time("at", row.at())
                .id("session", row.session())
                .id("command", row.command())
                .value("principal", PrincipalJson.of(row.principal()))
                .texts("responsible", names(row.responsible()))
                .text("target", row.target())
                .text("kind", row.kind())
                .texts("effects", row.effects())
                .texts("actions", row.actions())
                .texts("resources", row.resources())
                .text("justification", row.justification())
                .text("verdict", row.verdict())
                .text("sqlState", row.sqlState())
                .text("message", row.message())
                .texts("rules", row.rules())
                .number("policyVersion", row.policyVersion())
                .text("outcome", row.outcome())
                .json();
    }

    static JsonObject of(AttemptView attempt) {
        return new Fields()
                .id("id", attempt.id())
                .time("at", attempt.at())
                .text("name", attempt.name())
                .flag("agent", attempt.agent())
                .text("attempt", attempt.attempt().label())
                .text("object", attempt.object())
                .text("reason", attempt.reason())
                .text("message", attempt.message())
                .json();
    }

    private static JsonObject decision(EvidenceRow.Countersignature decision) {
        return new Fields()
                .text("by", decision.by())
                .text("inPlaceOf", decision.inPlaceOf())
                .text("decision", decision.decision())
                .text("reason", decision.reason())
                .time("at", decision.at())
                .texts("accounts", names(decision.accounts()))
                .texts("requesters", names(decision.requesters()))
                .json();
    }

    private static Collection<String> names(Collection<Person> persons) {
        return persons.stream().map(Person::name).sorted().collect(Collectors.toList());
    }

    private static JsonObject counts(Map<String, Long> counts) {
        var fields = new Fields();
        counts.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(count -> fields.number(count.getKey(), count.getValue()));
        return fields.json();
    }
}
