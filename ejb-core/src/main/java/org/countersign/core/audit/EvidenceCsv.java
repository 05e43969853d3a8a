package org.countersign.core.audit;

import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.countersign.core.audit.EvidenceRow.Countersignature;
import org.countersign.core.audit.EvidenceRow.Proof;
import org.countersign.model.session.Person;

/** The rows of the segregation report as comma-separated values; several values of a cell are separated by a semicolon. */
final class EvidenceCsv {
    static final String HEADER = Csv.line(
            "at",
            "approval",
            "session",
            "initiator",
            "kind",
            "owner",
            "on behalf of",
            "task",
            "responsible persons",
            "justification",
            "ticket",
            "approvers",
            "approvers' accounts",
            "requesters' accounts at decision",
            "rejected by",
            "decisions",
            "executor",
            "target",
            "command",
            "actions",
            "resources",
            "verdict",
            "rules",
            "policy version",
            "outcome",
            "proof",
            "shared",
            "refused because");

    private EvidenceCsv() {}

    /** A command that people were asked about. */
    static String line(EvidenceRow row) {
        return Csv.line(
                row.at().toString(),
                row.approval().map(Object::toString).orElse(""),
                row.session().toString(),
                row.initiator().name(),
                row.initiator().kind(),
                row.initiator().owner().orElse(""),
                row.initiator().onBehalfOf().orElse(""),
                row.initiator().task().orElse(""),
                accounts(row.responsible().stream()),
                row.justification(),
                row.ticket(),
                said(row, "approve", decision -> Stream.of(decision.by())),
                said(row, "approve", decision -> decision.accounts().stream().map(EvidenceCsv::account)),
                said(row, "approve", decision -> decision.requesters().stream().map(EvidenceCsv::account)),
                said(row, "reject", decision -> Stream.of(decision.by())),
                row.decisions().stream().map(DecisionWords::of).collect(Collectors.joining("; ")),
                row.executor().orElse(""),
                row.target(),
                row.kinds(),
                joined(row.actions().stream()),
                joined(row.resources().stream()),
                "hold",
                joined(row.rules().stream()),
                Objects.toString(row.policyVersion()),
                row.outcome(),
                row.proof().label(),
                joined(row.shared().stream()),
                "");
    }

    /** A command that the policy let run, or refused, without asking people. */
    static String line(PrivilegedView.Row row) {
        return Csv.line(
                row.at().toString(),
                "",
                row.session().toString(),
                row.principal().name(),
                row.principal().kind(),
                row.principal().owner().orElse(""),
                row.principal().onBehalfOf().orElse(""),
                row.principal().task().orElse(""),
                accounts(row.responsible().stream()),
                row.justification(),
                "",
                "",
                "",
                "",
                "",
                "",
                row.denied() ? "" : row.principal().name(),
                row.target(),
                row.kind(),
                joined(row.actions().stream()),
                joined(row.resources().stream()),
                row.verdict(),
                joined(row.rules().stream()),
                Objects.toString(row.policyVersion()),
                row.outcome(),
                Proof.NOBODY_DECIDED.label(),
                "",
                row.message());
    }

    /** What the recordings do not say, as the last line. */
    static String remark(String words) {
        return Csv.line("incomplete", words);
    }

    private static String said(EvidenceRow row, String decision, Function<Countersignature, Stream<String>> part) {
        return joined(row.decisions().stream()
                .filter(each -> each.decision().equals(decision))
                .flatMap(part));
    }

    private static String accounts(Stream<Person> persons) {
        return joined(persons.map(EvidenceCsv::account));
    }

    private static String account(Person person) {
        return person.issuer() + " " + person.name();
    }

    private static String joined(Stream<String> values) {
        return values.distinct().sorted().collect(Collectors.joining("; "));
    }
}
