package org.countersign.core.approval;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.countersign.model.policy.ApprovalRequirement;
import org.countersign.model.policy.ApprovalRequirement.Approvers;
import org.countersign.model.policy.ApprovalRequirement.Match;
import org.countersign.model.policy.ApprovalStep;
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
    void saysWhatHasToMatchTogether() {
        assertThat(text(new Approvers(
                        Set.of("b", "a"), Set.of("dba"), Set.of("grace", "erin"), true, false, Match.ALL)))
                .isEqualTo("people with the role a and b, who are also people in the group dba,"
                        + " who are also the user erin or grace, who are also owners of the target");
    }

    @Test
    void countsThePersonsOfEveryStepInOrder() {
        assertThat(text(
                        new Approvers(Set.of("approver"), Set.of(), Set.of()),
                        new Approvers(Set.of(), Set.of("dba"), Set.of())))
                .isEqualTo("people with the role approver (1), then people in the group dba (1)");
    }

    @Test
    void saysWhoComesInWhenItTakesLong() {
        var step = new ApprovalStep(
                new Approvers(Set.of("lead"), Set.of(), Set.of()),
                1,
                Optional.of(new ApprovalStep.Escalation(
                        Duration.ofSeconds(5430),
                        new Approvers(Set.of(), Set.of(), Set.of(), false, true, Match.ANY))));

        assertThat(ApproverText.of(step))
                .isEqualTo("people with the role lead, after 1h 30m 30s also the manager of the person who asks");
    }

    @Test
    void saysThatNobodyCanWhenNobodyIsNamed() {
        assertThat(text()).isEqualTo("nobody");
        assertThat(text(new Approvers(Set.of(), Set.of(), Set.of()))).isEqualTo("nobody");
        assertThat(text(new Approvers(Set.of("a"), Set.of(), Set.of()), new Approvers(Set.of(), Set.of(), Set.of())))
                .isEqualTo("people with the role a (1), then nobody (1)");
    }

    private static String text(Approvers... approvers) {
        return ApproverText.of(
                new ApprovalRequirement(List.of(approvers), 1, Duration.ofMinutes(1), Duration.ofMinutes(1)));
    }
}
