package org.countersign.core.audit;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.countersign.core.approval.Application;
import org.countersign.core.identity.PrincipalView;
import org.countersign.model.session.Person;

/**
 * The report as a page to print. The sets that the proof rests on stand in it once more as JSON, so that whoever has the
 * file computes the proof himself.
 */
final class ReportHtml {
    private static final String STYLE = "body{font:11px/1.4 sans-serif;margin:2em;color:#111;background:#fff}"
            + "h1{font-size:20px}h2{font-size:14px;margin-top:2em;break-after:avoid}h3{font-size:12px;break-after:avoid}"
            + "table{border-collapse:collapse;width:100%}th,td,p,pre{unicode-bidi:isolate}"
            + "th,td{border:1px solid #bbb;padding:3px 5px;text-align:left;vertical-align:top;overflow-wrap:anywhere}"
            + "th{background:#eee;overflow-wrap:normal}tr{break-inside:avoid}thead{display:table-header-group}"
            + "th,td{min-width:5em}td:first-child{min-width:7em}td:last-child{min-width:8em}a{color:inherit}"
            + "strong{color:#a00}pre{white-space:pre-wrap;margin:0}"
            + "@media print{body{margin:0 1px}}@page{size:A4 landscape;margin:12mm 12mm 16mm;"
            + "@bottom-left{content:\"Segregation report\";font:9px sans-serif}"
            + "@bottom-right{content:counter(page) \" of \" counter(pages);font:9px sans-serif}}";

    private final Report report;
    private final PrivilegedView recorded;
    private final Html html = new Html();

    /** @param recorded what the recordings say of the same period */
    ReportHtml(Report report, PrivilegedView recorded) {
        this.report = report;
        this.recorded = recorded;
    }

    String page() {
        html.raw("<!DOCTYPE html>\n"
                        + "<html lang=\"en\"><head><meta charset=\"utf-8\"><title>Segregation"
                        + " report</title><style>")
                .raw(STYLE)
                .raw("</style></head><body>\n<h1>Segregation report</h1>\n");
        html.paragraph("Period: "
                + report.period().from().map(Seconds::of).orElse("the beginning") + " to "
                + report.period().to().map(Seconds::of).orElse("now") + ", the end not included. Made at "
                + Seconds.of(report.at()) + " for " + report.by() + " by the node "
                + report.origin().node() + ", signed with the key "
                + report.origin().keyId()
                + ". Times are UTC. A request belongs to the period in which it was asked for.");
        proof();
        commands();
        var direct = new DirectHtml(html, report.origin(), recorded);
        direct.allowed();
        attempts();
        direct.refused();
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
                "command",
                "why",
                "rules and policy version",
                "outcome",
                "proof",
                "recording");
        for (EvidenceRow row : report.commands()) {
            boolean grant = row.kinds().equals(Application.KIND);
            html.linked(
                    report.origin().portal() + (grant ? "/grants" : "/sessions/" + row.session()),
                    (grant ? "grant " : "session ") + row.session(),
                    Seconds.of(row.at()),
                    who(row.initiator()),
                    names(row.responsible()),
                    row.decisions().stream().map(DecisionWords::of).collect(Collectors.joining("; ")),
                    row.executor().orElse(""),
                    row.kinds() + " on " + row.target() + ": " + String.join(", ", row.resources()),
                    row.justification() + (row.ticket().isEmpty() ? "" : " (" + row.ticket() + ")"),
                    rules(row.rules(), row.policyVersion()),
                    row.outcome(),
                    row.proof().label() + (row.shared().isEmpty() ? "" : ": " + String.join(", ", row.shared())));
        }
        html.end();
    }

    /** Such as {@code orders-agent (agent of alice, for bob, task T-17)}. */
    static String who(PrincipalView principal) {
        return principal.name() + " (" + principal.kind()
                + principal.owner().map(owner -> " of " + owner).orElse("")
                + principal.onBehalfOf().map(person -> ", for " + person).orElse("")
                + principal.task().map(task -> ", task " + task).orElse("") + ")";
    }

    static String rules(Collection<String> rules, long policyVersion) {
        return String.join(", ", rules) + "; " + policyVersion;
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
                        Seconds.of(attempt.at()),
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
                        Seconds.of(change.at()),
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
                    .text(Seconds.of(constraint.from()))
                    .raw("</td><td>")
                    .text(constraint.until().map(Seconds::of).orElse("still"))
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
                    .add("passed", row.passed())
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

    static String names(Collection<Person> persons) {
        return persons.stream().map(Person::name).distinct().sorted().collect(Collectors.joining(", "));
    }
}
