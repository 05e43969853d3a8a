package org.countersign.core.approval;

import org.countersign.model.policy.ApprovalRequirement.Approvers;

/** Who may countersign something, as it is kept with it. */
public final class ApproversJson {
    private ApproversJson() {}

    public static String of(Approvers approvers) {
        return RequirementJson.approvers(approvers).build().toString();
    }

    public static Approvers parse(String text) {
        return RequirementJson.approvers(ApprovalJson.object(text));
    }
}
