package org.countersign.core.approval;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.countersign.model.policy.ApprovalRequirement;
import org.countersign.model.policy.ApprovalRequirement.Approvers;
import org.countersign.model.policy.ApprovalRequirement.Match;
import org.countersign.model.policy.ApprovalStep;
import org.countersign.model.policy.ApprovalTerms;
import org.junit.jupiter.api.Test;

class RequirementJsonTest {
    @Test
    void keepsEverything() {
        var requirement = new ApprovalRequirement(
                List.of(
                        new ApprovalStep(new Approvers(Set.of("lead"), Set.of("/dba"), Set.of(), Match.ALL), 2),
                        new ApprovalStep(new Approvers(Set.of(), Set.of(), Set.of("grace")), 1)),
                Duration.ofMinutes(15),
                Duration.ofMinutes(5),
                new ApprovalTerms(true));

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
