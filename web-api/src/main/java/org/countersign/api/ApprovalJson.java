package org.countersign.api;

import jakarta.json.JsonObject;
import org.countersign.core.approval.ApprovalView;
import org.countersign.core.approval.RefusalReason;

/** An approval. */
final class ApprovalJson {
    private ApprovalJson() {}

    static JsonObject of(ApprovalView approval) {
        return new Fields()
                .id("id", approval.id())
                .text("state", Query.label(approval.state()))
                .value("principal", PrincipalJson.of(approval.principal()))
                .text("target", approval.target())
                .texts("targetLabels", approval.targetLabels())
                .each("commands", approval.commands(), ApprovalJson::command)
                .texts("rules", approval.rules())
                .text("message", approval.message())
                .number("quorum", approval.quorum())
                .text("approvers", approval.approvers())
                .each("decisions", approval.decisions(), ApprovalJson::decision)
                .text("digest", approval.digest())
                .number("policyVersion", approval.policyVersion())
                .id("session", approval.session())
                .text("sessionAddress", approval.sessionAddress())
                .text("url", approval.url())
                .time("requestedAt", approval.requestedAt())
                .time("expiresAt", approval.expiresAt())
                .time("executeBy", approval.executeBy())
                .flag("deferred", approval.deferred())
                .text("settledReason", approval.settledReason())
                .flag("mayDecide", approval.mayDecide())
                .text("why", approval.why().map(RefusalReason::label))
                .json();
    }

    private static JsonObject command(ApprovalView.CommandToApprove command) {
        return new Fields()
                .text("kind", command.kind())
                .text("text", command.text())
                .each("parameters", command.parameters(), ParameterJson::of)
                .texts("actions", command.actions())
                .texts("resources", command.resources())
                .texts("code", command.code())
                .json();
    }

    private static JsonObject decision(ApprovalView.DecisionView decision) {
        return new Fields()
                .text("by", decision.by())
                .text("decision", decision.decision().label())
                .text("reason", decision.reason())
                .time("at", decision.at())
                .json();
    }
}
