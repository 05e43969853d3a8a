package org.countersign.core.approval;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.countersign.model.policy.ApprovalRequirement;
import org.countersign.model.policy.ApprovalRequirement.Approvers;
import org.countersign.model.policy.ApprovalRequirement.Match;
import org.countersign.model.policy.ApprovalStep;
import org.countersign.model.policy.ApprovalStep.Escalation;
import org.countersign.model.policy.ApprovalTerms;
import org.countersign.model.policy.ExecutionTimes;
import org.countersign.model.policy.StepUp;
import org.countersign.model.policy.WeeklyWindow;

/** What an approval takes, as it is kept with the request. */
final class RequirementJson {
    private RequirementJson() {}

    static String of(ApprovalRequirement requirement) {
        JsonArrayBuilder steps = Json.createArrayBuilder();
        requirement.steps().forEach(step -> steps.add(step(step)));
        return Json.createObjectBuilder()
                .add("steps", steps)
                .add("expiresAfter", requirement.expiresAfter().toString())
                .add("executeWithin", requirement.executeWithin().toString())
                .add("terms", terms(requirement.terms()))
                .build()
                .toString();
    }

    private static JsonObjectBuilder step(ApprovalStep step) {
        JsonObjectBuilder json = approvers(step.approvers()).add("quorum", step.quorum());
        step.escalation()
                .ifPresent(later -> json.add(
                        "escalation",
                        approvers(later.to()).add("after", later.after().toString())));
        return json;
    }

    static JsonObjectBuilder approvers(Approvers approvers) {
        return Json.createObjectBuilder()
                .add("realmRoles", ApprovalJson.texts(approvers.realmRoles()))
                .add("groups", ApprovalJson.texts(approvers.groups()))
                .add("users", ApprovalJson.texts(approvers.users()))
                .add("ownersOfTarget", approvers.ownersOfTarget())
                .add("managerOfRequester", approvers.managerOfRequester())
                .add("match", approvers.match().name());
    }

    private static JsonObjectBuilder terms(ApprovalTerms terms) {
        JsonArrayBuilder times = Json.createArrayBuilder();
        terms.executionTimes()
                .all()
                .forEach(windows -> times.add(ApprovalJson.texts(
                        windows.stream().map(WeeklyWindow::toString).toList())));
        JsonObjectBuilder json = Json.createObjectBuilder()
                .add("requestReason", terms.requestReason())
                .add("decisionReason", terms.decisionReason())
                .add("executionTimes", times);
        terms.stepUp().ifPresent(stepUp -> json.add("stepUp", stepUp(stepUp)));
        return json;
    }

    private static JsonObjectBuilder stepUp(StepUp stepUp) {
        JsonObjectBuilder json =
                Json.createObjectBuilder().add("within", stepUp.within().toString());
        stepUp.levels().ifPresent(levels -> json.add("levels", ApprovalJson.texts(levels)));
        return json;
    }

    static ApprovalRequirement parse(String text) {
        JsonObject json = ApprovalJson.object(text);
        Duration expiresAfter = Duration.parse(json.getString("expiresAfter"));
        Duration executeWithin = Duration.parse(json.getString("executeWithin"));
        if (json.containsKey("approvers")) {
            // written before there were steps
            return new ApprovalRequirement(
                    json.getJsonArray("approvers").getValuesAs(JsonObject.class).stream()
                            .map(RequirementJson::approvers)
                            .toList(),
                    json.getInt("quorum"),
                    expiresAfter,
                    executeWithin);
        }
        return new ApprovalRequirement(
                json.getJsonArray("steps").getValuesAs(JsonObject.class).stream()
                        .map(RequirementJson::step)
                        .toList(),
                expiresAfter,
                executeWithin,
                terms(json.getJsonObject("terms")));
    }

    private static ApprovalStep step(JsonObject json) {
        return new ApprovalStep(
                approvers(json),
                json.getInt("quorum"),
                object(json, "escalation")
                        .map(later -> new Escalation(Duration.parse(later.getString("after")), approvers(later))));
    }

    static Approvers approvers(JsonObject json) {
        return new Approvers(
                Set.copyOf(ApprovalJson.list(json.getJsonArray("realmRoles"))),
                Set.copyOf(ApprovalJson.list(json.getJsonArray("groups"))),
                Set.copyOf(ApprovalJson.list(json.getJsonArray("users"))),
                json.getBoolean("ownersOfTarget", false),
                json.getBoolean("managerOfRequester", false),
                Match.valueOf(json.getString("match", Match.ANY.name())));
    }

    private static ApprovalTerms terms(JsonObject json) {
        return new ApprovalTerms(
                json.getBoolean("requestReason"),
                json.getBoolean("decisionReason"),
                new ExecutionTimes(json.getJsonArray("executionTimes").getValuesAs(JsonArray.class).stream()
                        .map(windows -> ApprovalJson.list(windows).stream()
                                .map(WeeklyWindow::parse)
                                .toList())
                        .toList()),
                object(json, "stepUp").map(RequirementJson::stepUp));
    }

    private static StepUp stepUp(JsonObject json) {
        return new StepUp(
                Duration.parse(json.getString("within")),
                json.containsKey("levels")
                        ? Optional.of(Set.copyOf(ApprovalJson.list(json.getJsonArray("levels"))))
                        : Optional.empty());
    }

    private static Optional<JsonObject> object(JsonObject json, String name) {
        return json.containsKey(name) ? Optional.of(json.getJsonObject(name)) : Optional.empty();
    }
}
