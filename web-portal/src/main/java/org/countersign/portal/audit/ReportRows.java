package org.countersign.portal.audit;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.NativeTableCell;
import com.vaadin.flow.component.html.NativeTableRow;
import com.vaadin.flow.component.html.Span;
import java.util.stream.Collectors;
import org.countersign.core.audit.AttemptView;
import org.countersign.core.audit.EvidenceRow;
import org.countersign.core.grant.Finding;
import org.countersign.core.grant.GrantView;
import org.countersign.core.grant.GrantView.ReviewView;
import org.countersign.model.session.Person;
import org.countersign.portal.ui.Chip;
import org.countersign.portal.ui.TimeText;
import org.countersign.portal.ui.Tone;

/** What the tables of the report have in a row. */
final class ReportRows {
    private ReportRows() {}

    static NativeTableRow command(EvidenceRow row) {
        return new NativeTableRow(
                new NativeTableCell(TimeText.at(row.at())),
                new NativeTableCell(row.initiator().name()),
                new NativeTableCell(row.responsible().stream()
                        .map(Person::name)
                        .distinct()
                        .sorted()
                        .collect(Collectors.joining(", "))),
                new NativeTableCell(row.decisions().stream()
                        .map(decision -> decision.by() + " (" + decision.decision() + ")")
                        .collect(Collectors.joining(", "))),
                new NativeTableCell(what(row)),
                new NativeTableCell(proof(row)));
    }

    private static Div what(EvidenceRow row) {
        Component name = row.approval()
                .<Component>map(id -> new Anchor("approvals/" + id, row.kinds() + " on " + row.target()))
                .orElseGet(() -> new Anchor("sessions/" + row.session(), row.kinds() + " on " + row.target()));
        return lines(name, row.outcome() + " · policy version " + row.policyVersion());
    }

    private static Chip proof(EvidenceRow row) {
        return switch (row.proof()) {
            case DISJOINT -> new Chip("Different persons", Tone.GOOD);
            case NOBODY_DECIDED -> new Chip("Nobody decided", Tone.NEUTRAL);
            case UNPROVED -> new Chip("Not proved", Tone.WAITING);
            case SHARED -> new Chip("Shared: " + String.join(", ", row.shared()), Tone.BAD);
        };
    }

    static NativeTableRow exception(GrantView each) {
        return new NativeTableRow(
                new NativeTableCell(TimeText.at(each.requestedAt())),
                new NativeTableCell(each.principal().name()),
                new NativeTableCell(lines(
                        new Span(each.role() + " on " + each.target()),
                        each.kind().label() + " · " + each.state().label() + (each.single() ? " · one command" : ""))),
                new NativeTableCell(each.reason() + (each.ticket().isEmpty() ? "" : " (" + each.ticket() + ")")),
                new NativeTableCell(each.uses() == 0 ? "never" : each.uses() == 1 ? "once" : each.uses() + " times"),
                new NativeTableCell(looked(each)));
    }

    private static Component looked(GrantView each) {
        return each.approval()
                .<Component>map(id -> new Anchor("approvals/" + id, "its approval"))
                .or(() -> each.review().map(ReportRows::reviewed))
                .orElseGet(() -> new Chip(each.active() ? "Open" : "Not reviewed", Tone.WAITING));
    }

    private static Component reviewed(ReviewView review) {
        return lines(
                review.finding() == Finding.JUSTIFIED
                        ? new Chip("Justified", Tone.GOOD)
                        : new Chip("Not justified", Tone.BAD),
                review.by() + ": " + review.words());
    }

    static NativeTableRow attempt(AttemptView attempt) {
        return new NativeTableRow(
                new NativeTableCell(TimeText.at(attempt.at())),
                new NativeTableCell(attempt.name() + (attempt.agent() ? " (agent)" : "")),
                new NativeTableCell(attempt.attempt().label().replace('-', ' ')),
                new NativeTableCell(attempt.message()));
    }

    private static Div lines(Component first, String second) {
        var more = new Span(second);
        more.addClassName("secondary");
        var lines = new Div(first, more);
        lines.addClassName("lines");
        return lines;
    }
}
