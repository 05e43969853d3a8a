package org.countersign.core.audit;

import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.countersign.core.audit.PrivilegedView.Row;

/** The commands of the report that people were not asked about, as the recordings of one node have them. */
final class DirectHtml {
    private final Html html;
    private final Report.Origin origin;
    private final PrivilegedView recorded;

    DirectHtml(Html html, Report.Origin origin, PrivilegedView recorded) {
        this.html = html;
        this.origin = origin;
        this.recorded = recorded;
    }

    void allowed() {
        html.heading("Privileged commands that nobody had to countersign")
                .paragraph(
                        "What wrote, defined, administered or executed, and was let run by a role, a grant or a break-glass"
                                + " alone, as the recordings of this node have it.");
        remarks();
        table(
                row -> !row.held() && !row.denied(),
                "rules and policy version",
                row -> ReportHtml.rules(row.rules(), row.policyVersion()));
    }

    void refused() {
        html.subheading("Refused commands")
                .paragraph(
                        "Privileged ones, and all that would have brought together what is kept apart; from the recordings"
                                + " of this node.");
        remarks();
        table(
                Row::denied,
                "was told",
                row -> row.message()
                        + row.sqlState().map(state -> " (" + state + ")").orElse(""));
    }

    private void remarks() {
        recorded.damage().ifPresent(damage -> html.warning("The recordings cannot be read: " + damage + "."));
        if (recorded.limited()) {
            html.warning("There are more: only the latest " + recorded.rows().size() + ", from "
                    + Seconds.of(recorded.rows().getLast().at()) + " on, are here. The CSV has all.");
        }
        if (recorded.unclear() > 0) {
            html.warning(recorded.unclear() + " recorded commands do not say what they do and may belong here.");
        }
    }

    private void table(Predicate<Row> which, String last, Function<Row, String> words) {
        List<Row> rows = recorded.rows().stream().filter(which).toList();
        if (rows.isEmpty()) {
            html.paragraph("None in this period.");
            return;
        }
        html.head("at", "initiator", "responsible persons", "command", "why", last, "outcome", "recording");
        rows.forEach(row -> html.linked(
                origin.portal() + "/sessions/" + row.session(),
                "session " + row.session(),
                Seconds.of(row.at()),
                ReportHtml.who(row.principal()),
                ReportHtml.names(row.responsible()),
                row.kind() + " on " + row.target() + ": " + String.join(", ", row.resources()),
                row.justification(),
                words.apply(row),
                row.outcome()));
        html.end();
    }
}
