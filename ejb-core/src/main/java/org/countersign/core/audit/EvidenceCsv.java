package org.countersign.core.audit;

import java.util.Collection;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.countersign.core.audit.EvidenceRow.Countersignature;
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
            "responsible persons",
            "approvers",
            "approvers' accounts",
            "requesters' accounts at decision",
            "rejected by",
            "executor",
            "target",
            "command",
            "actions",
            "resources",
            "rules",
            "policy version",
            "outcome",
            "proof",
            "shared");

    private EvidenceCsv() {}

    static String line(EvidenceRow row) {
        return Csv.line(
                row.at().toString(),
                row.approval().map(Object::toString).orElse(""),
                row.session().toString(),
                row.initiator().name(),
                row.initiator().kind(),
                row.initiator().owner().orElse(""),
                row.initiator().onBehalfOf().orElse(""),
                names(row.responsible()),
                said(row, "approve", decision -> Stream.of(decision.by())),
                said(row, "approve", decision -> decision.accounts().stream().map(Person::name)),
                said(row, "approve", decision -> decision.requesters().stream().map(Person::name)),
                said(row, "reject", decision -> Stream.of(decision.by())),
                row.executor().orElse(""),
                row.target(),
                row.kinds(),
                joined(row.actions().stream()),
                joined(row.resources().stream()),
                joined(row.rules().stream()),
                Objects.toString(row.policyVersion()),
                row.outcome(),
                row.proof().label(),
                joined(row.shared().stream()));
    }

    private static String said(EvidenceRow row, String decision, Function<Countersignature, Stream<String>> part) {
        return joined(row.decisions().stream()
                .filter(each -> each.decision().equals(decision))
                .flatMap(part));
    }

    private static String names(Collection<Person> persons) {
        return joined(persons.stream().map(Person::name));
    }

    private static String joined(Stream<String> values) {
        return values.distinct().sorted().collect(Collectors.joining("; "));
    }
}
