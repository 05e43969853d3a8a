package org.countersign.core.audit;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.countersign.core.approval.Application;
import org.countersign.core.audit.EvidenceRow.Countersignature;
import org.countersign.model.session.Person;

/**
 * The report as a page to print. The sets that the proof rests on stand in it once more as JSON, so that whoever has the
 * file computes the proof himself.
 */
final class ReportHtml {
    private static final String STYLE = "body{font:11px/1.4 sans-serif;margin:2em;color:#111}h1{font-size:20px}"
            + "h2{font-size:14px;margin-top:2em}table{border-collapse:collapse;width:100%}"
            + "th,td{border:1px solid #bbb;padding:3px 5px;text-align:left;vertical-align:top;overflow-wrap:break-word}"
            + "th{background:#eee}tr{break-inside:avoid}thead{display:table-header-group}"
            + "pre{white-space:pre-wrap;margin:0}@page{size:A4 landscape;margin:12mm}";

    private final Report report;
    private final Html html = new Html();

    ReportHtml(Report report) {
        this.report = report;
    }

    String page() {
        html.raw("<!DOCTYPE html>\n"
                        + "<html lang=\"en\"><head><meta charset=\"utf-8\"><title>Segregation"
                        + " report</title><style>")
                .raw(STYLE)
                .raw("</style></head><body>\n<h1>Segregation report</h1>\n");
        html.paragraph("Period: "
                + report.period().from().map(Object::toString).orElse("the beginning") + " to "
                + report.period().to().map(Object::toString).orElse("now") + ". Made at " + report.at() + " for "
                + report.by() + ", signed with the key " + report.keyId() + ". Times are UTC.");
        proof();
        commands();
        attempts();
        changes();
        constraints();
        ExceptionsHtml.write(html, report.exceptions());
        html.heading("Controls").head("control", "asks that", "shown in");
        Controls.ALL.forEach(control -> html.row(control.control(), control.asks(), control.part()));
        html.end();
        data();
        return html.raw("</body></html>\n").toString();
    }

    private void proof() {
        EvidenceSummary summary = report.summary();
        html.heading("Proof")
                .paragraph("Each decision keeps every account of whoever decided and of everybody who answered for the"
                        + " request at that time. Nobody may be on both sides, and nobody may decide twice.")
                .head("commands", "decisions", "proved different persons", "somebody on both sides", "sets not kept")
                .row(
                        String.valueOf(summary.commands()),
                        String.valueOf(summary.decisions()),
                        String.valueOf(summary.disjoint()),
                        String.valueOf(summary.shared()),
                        String.valueOf(summary.unproved()))
                .end();
        counts("Outcomes", summary.outcomes());
    }

    private void counts(String title, Map<String, Long> counts) {
        html.paragraph(title + ": "
                + (counts.isEmpty()
                        ? "none"
                        : new TreeMap<>(counts)
                                .entrySet().stream()
                                        .map(count -> count.getKey() + " " + count.getValue())
                                        .collect(Collectors.joining(", "))));
    }

    private void commands() {
        html.heading("Countersigned commands");
        if (report.commands().isEmpty()) {
            html.paragraph("None in this period.");
            return;
        }
        html.head(
                "at",
                "initiator",
                "responsible persons",
                "decided by",
                "executor",
                "target",
                "command",
                "rules",
                "policy",
                "outcome",
                "proof",
                "recording");
        for (EvidenceRow row : report.commands()) {
            html.row(
                    row.at().toString(),
                    row.initiator().name() + " (" + row.initiator().kind() + ")",
                    names(row.responsible()),
                    joined(row.decisions(), decision -> decision.by() + ": " + decision.decision()),
                    row.executor().orElse(""),
                    row.target(),
                    row.kinds() + " on " + String.join(", ", row.resources()),
                    String.join(", ", row.rules()),
                    String.valueOf(row.policyVersion()),
                    row.outcome(),
                    row.proof().label() + (row.shared().isEmpty() ? "" : ": " + String.join(", ", row.shared())),
                    (row.kinds().equals(Application.KIND) ? "grant " : "session ") + row.session());
        }
        html.end();
    }

    private void attempts() {
        html.heading("Refused attempts");
        counts("By reason", report.summary().attempts());
        if (report.attempts().isEmpty()) {
            return;
        }
        html.head("at", "who", "wanted to", "object", "reason", "was told");
        report.attempts()
                .forEach(attempt -> html.row(
                        attempt.at().toString(),
                        attempt.name() + (attempt.agent() ? " (agent)" : ""),
                        attempt.attempt().label(),
                        attempt.object(),
                        attempt.reason(),
                        attempt.message()));
        html.end();
    }

    private void changes() {
        html.heading("Changes of the policy");
        if (report.changes().isEmpty()) {
            html.paragraph("None in this period.");
            return;
        }
        html.head("version", "in force from", "author", "confirmed by", "proof", "reason", "ticket", "objects");
        report.changes()
                .forEach(change -> html.row(
                        String.valueOf(change.version()),
                        change.at().toString(),
                        change.author(),
                        change.confirmer().orElse("nobody: the store was empty"),
                        change.proof().label(),
                        change.reason(),
                        change.ticket(),
                        String.join(", ", change.objects())));
        html.end();
    }

    private void constraints() {
        html.heading("Constraints in force");
        if (report.constraints().isEmpty()) {
            html.paragraph("No segregation constraint was in force in this period.");
            return;
        }
        html.head("constraint", "from", "until", "says");
        for (ConstraintRow constraint : report.constraints()) {
            html.raw("<tr><td>")
                    .text(constraint.name())
                    .raw("</td><td>")
                    .text(constraint.from().toString())
                    .raw("</td><td>")
                    .text(constraint.until().map(Object::toString).orElse("still"))
                    .raw("</td><td><pre>")
                    .text(constraint.document())
                    .raw("</pre></td></tr>\n");
        }
        html.end();
    }

    /** The sets of every row and the proof that is printed beside it. */
    private void data() {
        JsonArrayBuilder rows = Json.createArrayBuilder();
        for (EvidenceRow row : report.commands()) {
            JsonArrayBuilder decisions = Json.createArrayBuilder();
            row.decisions()
                    .forEach(decision -> decisions.add(Json.createObjectBuilder()
                            .add("by", decision.by())
                            .add("accounts", accounts(decision.accounts()))
                            .add("requesters", accounts(decision.requesters()))));
            rows.add(proved(row.id().toString(), row.proof())
                    .add("responsible", accounts(row.responsible()))
                    .add("decisions", decisions));
        }
        report.exceptions().stream()
                .filter(exception -> exception.review().isPresent())
                .forEach(exception -> rows.add(ExceptionsHtml.sets(exception)));
        for (PolicyChangeRow change : report.changes()) {
            if (change.confirmer().isPresent()) {
                rows.add(proved("policy version " + change.version(), change.proof())
                        .add("responsible", accounts(change.authorAccounts()))
                        .add(
                                "decisions",
                                Json.createArrayBuilder()
                                        .add(Json.createObjectBuilder()
                                                .add("by", change.confirmer().orElseThrow())
                                                .add("accounts", accounts(change.confirmerAccounts()))
                                                .add("requesters", accounts(change.authorAccounts())))));
            }
        }
        String json = rows.build().toString().replace("<", "\\u003c");
        html.raw("<script type=\"application/json\" id=\"sets\">").raw(json).raw("</script>\n");
    }

    private static JsonObjectBuilder proved(String id, EvidenceRow.Proof proof) {
        return Json.createObjectBuilder().add("id", id).add("proof", proof.label());
    }

    static JsonArrayBuilder accounts(Collection<Person> persons) {
        JsonArrayBuilder array = Json.createArrayBuilder();
        persons.stream()
                .map(person -> person.issuer() + " " + person.name())
                .sorted()
                .forEach(array::add);
        return array;
    }

    private static String names(Collection<Person> persons) {
        return persons.stream().map(Person::name).distinct().sorted().collect(Collectors.joining(", "));
    }

    private static String joined(Collection<Countersignature> decisions, Function<Countersignature, String> words) {
        Stream<String> each = decisions.stream().map(words);
        return each.collect(Collectors.joining(", "));
    }
}
