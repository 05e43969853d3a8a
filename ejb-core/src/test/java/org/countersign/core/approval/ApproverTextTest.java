package org.countersign.core.approval;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.countersign.model.policy.ApprovalRequirement;
import org.countersign.model.policy.ApprovalRequirement.Approvers;
import org.junit.jupiter.api.Test;

class ApproverTextTest {
    @Test
    void namesRolesGroupsAndUsers() {
        assertThat(text(new Approvers(Set.of("approver"), Set.of(), Set.of())))
                .isEqualTo("people with the role approver");
        assertThat(text(new Approvers(Set.of("b", "a"), Set.of("dba"), Set.of("grace"))))
                .isEqualTo("people with the role a or b or people in the group dba or the user grace");
    }

    @Test
    void saysThatEveryRuleHasToBeSatisfied() {
        assertThat(text(
                        new Approvers(Set.of("approver"), Set.of(), Set.of()),
                        new Approvers(Set.of(), Set.of("dba"), Set.of())))
                .isEqualTo("people in the group dba, who are also people with the role approver");
    }

    @Test
    void saysThatNobodyCanWhenNobodyIsNamed() {
        assertThat(text()).isEqualTo("nobody");
        assertThat(text(new Approvers(Set.of(), Set.of(), Set.of()))).isEqualTo("nobody");
    }

    private static String text(Approvers... approvers) {
        return ApproverText.of(
                new ApprovalRequirement(List.of(approvers), 1, Duration.ofMinutes(1), Duration.ofMinutes(1)));
    }
}
