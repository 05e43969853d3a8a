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
import org.countersign.model.policy.ApprovalTerms;
import org.countersign.model.policy.ExecutionTimes;
import org.countersign.model.policy.StepUp;
import org.countersign.model.policy.WeeklyWindow;
import org.junit.jupiter.api.Test;

class RequirementJsonTest {
    @Test
    void keepsEverything() {
        var later = new ApprovalStep.Escalation(
                Duration.ofMinutes(7), new Approvers(Set.of("boss"), Set.of(), Set.of(), false, true, Match.ANY));
        var times = new ExecutionTimes(List.of(
                List.of(
                        WeeklyWindow.parse("Mon-Fri 22:00-04:00 Europe/Berlin"),
                        WeeklyWindow.parse("Sat,Sun 00:00-24:00 UTC")),
                List.of(WeeklyWindow.parse("Sun-Tue 01:30-02:30 America/New_York"))));
        var requirement = new ApprovalRequirement(
                List.of(
                        new ApprovalStep(
                                new Approvers(Set.of("lead"), Set.of("/dba"), Set.of(), true, false, Match.ALL),
                                2,
                                Optional.of(later)),
                        new ApprovalStep(new Approvers(Set.of(), Set.of(), Set.of("grace")), 1)),
                Duration.ofMinutes(15),
                Duration.ofMinutes(5),
                new ApprovalTerms(
                        true,
                        true,
                        times,
                        Optional.of(new StepUp(Duration.ofMinutes(10), Optional.of(Set.of("gold"))))));

        assertThat(RequirementJson.parse(RequirementJson.of(requirement))).isEqualTo(requirement);
    }

    @Test
    void readsWhatWasWrittenBeforeThereWereSteps() {
        assertThat(RequirementJson.parse("{\"approvers\":[{\"realmRoles\":[\"approver\"],\"groups\":[],\"users\":[]},"
                        + "{\"realmRoles\":[],\"groups\":[\"/dba\"],\"users\":[]}],\"quorum\":2,"
                        + "\"expiresAfter\":\"PT15M\",\"executeWithin\":\"PT5M\"}"))
                .isEqualTo(new ApprovalRequirement(
                        List.of(
                                new Approvers(Set.of("approver"), Set.of(), Set.of()),
                                new Approvers(Set.of(), Set.of("/dba"), Set.of())),
                        2,
                        Duration.ofMinutes(15),
                        Duration.ofMinutes(5)));
    }
}
