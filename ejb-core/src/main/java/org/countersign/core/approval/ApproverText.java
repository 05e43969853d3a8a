package org.countersign.core.approval;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
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
                ? of(steps.getFirst())
                : steps.stream()
                        .map(step -> of(step) + " (" + step.quorum() + ")")
                        .collect(Collectors.joining(", then "));
    }

    /** With those who may decide as well when it takes long. */
    static String of(ApprovalStep step) {
        return of(step.approvers())
                + step.escalation()
                        .map(later -> ", after " + words(later.after()) + " also " + of(later.to()))
                        .orElse("");
    }

    /** For example {@code people with the role approver or the user grace}. */
    public static String of(Approvers approvers) {
        String between = approvers.match() == Match.ANY ? " or " : " and ";
        var parts = new ArrayList<String>();
        add(parts, "people with the role", approvers.realmRoles(), between);
        add(parts, "people in the group", approvers.groups(), between);
        add(parts, "the user", approvers.users(), " or ");
        if (approvers.ownersOfTarget()) {
            parts.add("owners of the target");
        }
        if (approvers.managerOfRequester()) {
            parts.add("the manager of the person who asks");
        }
        return parts.isEmpty()
                ? NOBODY
                : String.join(approvers.match() == Match.ANY ? " or " : ", who are also ", parts);
    }

    private static void add(List<String> parts, String what, Collection<String> names, String between) {
        if (!names.isEmpty()) {
            parts.add(what + " " + names.stream().sorted().collect(Collectors.joining(between)));
        }
    }

    /** {@code PT1H30M} as {@code 1h 30m}. */
    private static String words(Duration span) {
        return span.toString().substring(2).replaceAll("(\\d[HMS])(?!$)", "$1 ").toLowerCase(Locale.ROOT);
    }
}
