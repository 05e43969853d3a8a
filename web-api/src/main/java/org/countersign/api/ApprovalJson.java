package org.countersign.api;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.countersign.core.approval.Answerable;
import org.countersign.core.approval.ApprovalView;
import org.countersign.core.approval.BatchOutcome;
import org.countersign.core.approval.CandidateView;
import org.countersign.core.approval.RefusalReason;
import org.countersign.core.approval.SimilarApproval;
import org.countersign.model.policy.StepUp;

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
                .value("risk", RiskJson.of(approval.risk()))
                .number("quorum", approval.quorum())
                .text("approvers", approval.approvers())
                .each("steps", approval.steps(), ApprovalJson::step)
                .text("justification", approval.terms().justification())
                .flag("reasonRequired", approval.terms().reasonRequired())
                .value("stepUp", stepUp(approval.terms().stepUp()))
                .text("executeDuring", approval.terms().executeDuring())
                .time("executeFrom", approval.terms().executeFrom())
                .time("escalatesAt", approval.terms().escalatesAt())
                .time("escalatedAt", approval.terms().escalatedAt())
                .each("decisions", approval.decisions(), ApprovalJson::decision)
                .text("digest", approval.digest())
                .number("policyVersion", approval.policyVersion())
                .text(
                        "session",
                        approval.grant().isPresent()
                                ? Optional.empty()
                                : Optional.of(approval.session().toString()))
                .text("grant", approval.grant().map(Object::toString))
                .text("sessionAddress", approval.sessionAddress())
                .text("url", approval.url())
                .time("requestedAt", approval.requestedAt())
                .time("expiresAt", approval.expiresAt())
                .time("executeBy", approval.executeBy())
                .flag("deferred", approval.deferred())
                .text("settledReason", approval.settledReason())
                .flag("mayDecide", approval.mayDecide())
                .text("why", approval.why().map(RefusalReason::label))
                .text("whyText", approval.whyText())
                .json();
    }

    static JsonObject similar(SimilarApproval earlier) {
        return new Fields()
                .id("id", earlier.id())
                .text("state", Query.label(earlier.state()))
                .flag("identical", earlier.identical())
                .texts("decidedBy", earlier.decidedBy())
                .time("requestedAt", earlier.requestedAt())
                .json();
    }

    static JsonObject answerable(Answerable person) {
        return new Fields()
                .text("name", person.name())
                .texts("why", person.why())
                .texts("accounts", person.accounts())
                .json();
    }

    static JsonObject candidate(CandidateView candidate) {
        return new Fields()
                .text("name", candidate.name())
                .flag("mayDecide", candidate.mayDecide())
                .text("why", candidate.why().map(RefusalReason::label))
                .text("whyText", candidate.whyText())
                .json();
    }

    static JsonObject outcome(BatchOutcome outcome) {
        return new Fields()
                .id("id", outcome.id())
                .text("state", Query.label(outcome.state()))
                .text("refused", outcome.refused().map(RefusalReason::label))
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
                .number("estimatedRows", command.estimatedRows())
                .text("estimate", command.estimate())
                .json();
    }

    private static JsonObject step(ApprovalView.StepView step) {
        return new Fields()
                .text("approvers", step.approvers())
                .number("quorum", step.quorum())
                .number("given", step.given())
                .text("state", step.state().label())
                .json();
    }

    private static JsonValue stepUp(Optional<StepUp> stepUp) {
        return stepUp.<JsonValue>map(wanted -> new Fields()
                        .text("within", wanted.within().toString())
                        .texts("acr", new TreeSet<>(wanted.levels().orElse(Set.of())))
                        .json())
                .orElse(JsonValue.NULL);
    }

    private static JsonObject decision(ApprovalView.DecisionView decision) {
        return new Fields()
                .text("by", decision.by())
                .text("inPlaceOf", decision.inPlaceOf())
                .text("decision", decision.decision().label())
                .number("step", decision.step() + 1)
                .text("reason", decision.reason())
                .time("at", decision.at())
                .json();
    }
}
