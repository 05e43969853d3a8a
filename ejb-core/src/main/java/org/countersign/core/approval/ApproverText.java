package org.countersign.core.approval;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.countersign.model.policy.ApprovalRequirement;
import org.countersign.model.policy.ApprovalRequirement.Approvers;

/** Who may approve, said so that somebody who may not knows whom to ask. */
public final class ApproverText {
    private ApproverText() {}

    /** For example {@code people with the role approver or the user grace}. */
    public static String of(ApprovalRequirement requirement) {
        List<String> groups = requirement.approvers().stream()
                .map(ApproverText::of)
                .distinct()
                .sorted()
                .toList();
        return groups.isEmpty() || groups.contains("") ? "nobody" : String.join(", who are also ", groups);
    }

    private static String of(Approvers approvers) {
        var alternatives = new ArrayList<String>();
        add(alternatives, "people with the role", approvers.realmRoles());
        add(alternatives, "people in the group", approvers.groups());
        add(alternatives, "the user", approvers.users());
        return String.join(" or ", alternatives);
    }

    private static void add(List<String> alternatives, String what, Collection<String> names) {
        if (!names.isEmpty()) {
            alternatives.add(what + " " + names.stream().sorted().collect(Collectors.joining(" or ")));
        }
    }
}
