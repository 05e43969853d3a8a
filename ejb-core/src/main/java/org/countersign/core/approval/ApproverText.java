package org.countersign.core.approval;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.countersign.model.policy.ApprovalRequirement;
import org.countersign.model.policy.ApprovalRequirement.Approvers;
import org.countersign.model.policy.ApprovalRequirement.Match;
import org.countersign.model.policy.ApprovalStep;

/** Who may approve, said so that somebody who may not knows whom to ask. */
public final class ApproverText {
    private static final String NOBODY = "nobody";

    private ApproverText() {}

    /** For example {@code people with the role lead (2), then people in the group dba (1)}. */
    public static String of(ApprovalRequirement requirement) {
        List<ApprovalStep> steps = requirement.steps();
        if (steps.isEmpty()) {
            return NOBODY;
        }
        return steps.size() == 1
                ? of(steps.getFirst().approvers())
                : steps.stream()
                        .map(step -> of(step.approvers()) + " (" + step.quorum() + ")")
                        .collect(Collectors.joining(", then "));
    }

    /** For example {@code people with the role approver or the user grace}. */
    static String of(Approvers approvers) {
        String between = approvers.match() == Match.ANY ? " or " : " and ";
        var parts = new ArrayList<String>();
        add(parts, "people with the role", approvers.realmRoles(), between);
        add(parts, "people in the group", approvers.groups(), between);
        add(parts, "the user", approvers.users(), " or ");
        return parts.isEmpty()
                ? NOBODY
                : String.join(approvers.match() == Match.ANY ? " or " : ", who are also ", parts);
    }

    private static void add(List<String> parts, String what, Collection<String> names, String between) {
        if (!names.isEmpty()) {
            parts.add(what + " " + names.stream().sorted().collect(Collectors.joining(between)));
        }
    }
}
