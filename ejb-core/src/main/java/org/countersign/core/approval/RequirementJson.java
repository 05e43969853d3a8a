package org.countersign.core.approval;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.countersign.model.policy.ApprovalRequirement;
import org.countersign.model.policy.ApprovalRequirement.Approvers;
import org.countersign.model.policy.ApprovalRequirement.Match;
import org.countersign.model.policy.ApprovalStep;
import org.countersign.model.policy.ApprovalTerms;

/** What an approval takes, as it is kept with the request. */
final class RequirementJson {
    private RequirementJson() {}

    static String of(ApprovalRequirement requirement) {
        JsonArrayBuilder steps = Json.createArrayBuilder();
        requirement
                .steps()
                .forEach(step -> steps.add(approvers(step.approvers()).add("quorum", step.quorum())));
        return Json.createObjectBuilder()
                .add("steps", steps)
                .add("expiresAfter", requirement.expiresAfter().toString())
                .add("executeWithin", requirement.executeWithin().toString())
                .add("decisionReason", requirement.terms().decisionReason())
                .build()
                .toString();
    }

    private static JsonObjectBuilder approvers(Approvers approvers) {
        return Json.createObjectBuilder()
                .add("realmRoles", ApprovalJson.texts(approvers.realmRoles()))
                .add("groups", ApprovalJson.texts(approvers.groups()))
                .add("users", ApprovalJson.texts(approvers.users()))
                .add("match", approvers.match().name());
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
        List<ApprovalStep> steps = json.getJsonArray("steps").getValuesAs(JsonObject.class).stream()
                .map(step -> new ApprovalStep(approvers(step), step.getInt("quorum")))
                .toList();
        return new ApprovalRequirement(
                steps, expiresAfter, executeWithin, new ApprovalTerms(json.getBoolean("decisionReason")));
    }

    private static Approvers approvers(JsonObject json) {
        return new Approvers(
                Set.copyOf(ApprovalJson.list(json.getJsonArray("realmRoles"))),
                Set.copyOf(ApprovalJson.list(json.getJsonArray("groups"))),
                Set.copyOf(ApprovalJson.list(json.getJsonArray("users"))),
                Match.valueOf(json.getString("match", Match.ANY.name())));
    }
}
