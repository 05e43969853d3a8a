package org.countersign.core.audit;

import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import java.util.Collections;
import java.util.List;
import org.countersign.core.grant.GrantView;
import org.countersign.core.grant.GrantView.ReviewView;
import org.countersign.model.policy.Grant;

/** What somebody had beyond his roles, and who looked at it: the part of the report about exceptions. */
final class ExceptionsHtml {
    private ExceptionsHtml() {}

    static void write(Html html, List<GrantView> exceptions) {
        html.heading("Exceptions and their reviews");
        if (exceptions.isEmpty()) {
            html.paragraph("Nobody asked for a role for a time in this period, and nobody broke the glass.");
            return;
        }
        html.head(
                "asked at",
                "who",
                "by rule",
                "role and scope",
                "why",
                "state",
                "from",
                "until",
                "uses",
                "approval or review",
                "proof");
        exceptions.forEach(each -> html.row(
                Seconds.of(each.requestedAt()),
                each.principal().name() + " (" + each.principal().kind() + ")",
                each.name() + " by " + each.rule(),
                each.role() + " on " + each.target() + ": " + String.join(", ", each.actions()) + " on "
                        + String.join(", ", each.resources()) + (each.single() ? "; one command" : ""),
                each.reason() + (each.ticket().isEmpty() ? "" : " (" + each.ticket() + ")"),
                each.state().label() + each.endedBy().map(by -> " by " + by).orElse(""),
                each.startsAt().map(Seconds::of).orElse(""),
                each.endedAt().or(each::endsAt).map(Seconds::of).orElse(""),
                each.uses() == 0
                        ? "unused"
                        : each.uses() + ", first " + Seconds.of(each.firstUse().orElseThrow()) + ", last "
                                + Seconds.of(each.lastUse().orElseThrow()),
                looked(each),
                proof(each)));
        html.end();
    }

    private static String looked(GrantView each) {
        if (each.kind() == Grant.Kind.GRANT) {
            return "approval " + each.approval().map(Object::toString).orElse("");
        }
        return each.review()
                .map(review -> review.finding().label() + ", " + review.by() + " at " + Seconds.of(review.at()) + ": "
                        + review.words())
                .orElseGet(() -> "NOT REVIEWED"
                        + each.reviewDue()
                                .map(due -> ", due " + Seconds.of(due))
                                .orElse(""));
    }

    /** Of a grant the approval's row has it. */
    private static String proof(GrantView each) {
        return each.review().map(ExceptionsHtml::proved).orElse("");
    }

    private static String proved(ReviewView review) {
        return Collections.disjoint(review.accounts(), review.reviewed())
                ? EvidenceRow.Proof.DISJOINT.label()
                : EvidenceRow.Proof.SHARED.label();
    }

    /** The sets that were compared when it was reviewed. */
    static JsonObjectBuilder sets(GrantView each) {
        ReviewView review = each.review().orElseThrow();
        return Json.createObjectBuilder()
                .add("id", each.name())
                .add("proof", proved(review))
                .add("responsible", ReportHtml.accounts(review.reviewed()))
                .add(
                        "decisions",
                        Json.createArrayBuilder()
                                .add(Json.createObjectBuilder()
                                        .add("by", review.by())
                                        .add("accounts", ReportHtml.accounts(review.accounts()))
                                        .add("requesters", ReportHtml.accounts(review.reviewed()))));
    }
}
