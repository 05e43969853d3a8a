package org.countersign.model.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.countersign.model.policy.ApprovalRequirement.Approvers;
import org.countersign.model.policy.ApprovalRequirement.Candidate;
import org.countersign.model.policy.ApprovalRequirement.Match;
import org.junit.jupiter.api.Test;

final class ApprovalRequirementTest {
    private static final Approvers LEADS = new Approvers(Set.of("lead"), Set.of(), Set.of());
    private static final Approvers DBAS = new Approvers(Set.of(), Set.of("/dba"), Set.of());

    @Test
    void unionHasEveryStepAndTheLargerQuorumOfTheSameOne() {
        ApprovalRequirement union = requirement(step(LEADS, 1), step(DBAS, 1)).and(requirement(step(DBAS, 2)));

        assertThat(union.steps()).containsExactly(step(LEADS, 1), step(DBAS, 2));
        assertThat(union.persons()).isEqualTo(3);
    }

    @Test
    void unionCoversBothOfWhichItWasMade() {
        ApprovalRequirement one = requirement(step(LEADS, 2), step(DBAS, 1));
        ApprovalRequirement two = withReasons(step(DBAS, 3));

        assertThat(one.and(two).covers(one)).isTrue();
        assertThat(one.and(two).covers(two)).isTrue();
        assertThat(one.covers(two)).isFalse();
    }

    @Test
    void coversWhatAsksForNoMoreInWhateverOrder() {
        ApprovalRequirement met = requirement(step(LEADS, 1), step(DBAS, 2));

        assertThat(met.covers(requirement(step(DBAS, 2), step(LEADS, 1)))).isTrue();
        assertThat(met.covers(requirement(step(DBAS, 1)))).isTrue();
        assertThat(met.covers(requirement(step(DBAS, 3)))).isFalse();
        assertThat(met.covers(requirement(step(LEADS, 1), step(DBAS, 2), step(named("grace"), 1))))
                .isFalse();
        assertThat(met.covers(withReasons(step(LEADS, 1)))).isFalse();
    }

    @Test
    void doesNotCoverTheSameNamesThatHaveToMatchAll() {
        var any = new Approvers(Set.of("lead", "dpo"), Set.of(), Set.of());
        var all = new Approvers(Set.of("lead", "dpo"), Set.of(), Set.of(), false, false, Match.ALL);

        assertThat(requirement(step(any, 2)).covers(requirement(step(all, 1)))).isFalse();
        assertThat(requirement(step(any, 1)).and(requirement(step(all, 1))).steps())
                .hasSize(2);
    }

    @Test
    void anyOfTheNamesMakesAnApprover() {
        var approvers = new Approvers(Set.of("lead"), Set.of("/dba"), Set.of("grace"));

        assertThat(approvers.include(candidate("bob", Set.of("lead"), Set.of())))
                .isTrue();
        assertThat(approvers.include(candidate("bob", Set.of(), Set.of("/dba"))))
                .isTrue();
        assertThat(approvers.include(candidate("grace", Set.of(), Set.of()))).isTrue();
        assertThat(approvers.include(candidate("bob", Set.of("/dba"), Set.of("lead"))))
                .isFalse();
    }

    @Test
    void allOfTheNamesMakeAnApproverWhereAllHaveToMatch() {
        var approvers =
                new Approvers(Set.of("lead", "dpo"), Set.of("/dba"), Set.of("grace", "bob"), false, false, Match.ALL);

        assertThat(approvers.include(candidate("bob", Set.of("lead", "dpo", "x"), Set.of("/dba"))))
                .isTrue();
        assertThat(approvers.include(candidate("bob", Set.of("lead"), Set.of("/dba"))))
                .isFalse();
        assertThat(approvers.include(candidate("bob", Set.of("lead", "dpo"), Set.of())))
                .isFalse();
        assertThat(approvers.include(candidate("eve", Set.of("lead", "dpo"), Set.of("/dba"))))
                .isFalse();
    }

    @Test
    void ownersAndManagersAreApproversOnlyWhereTheyAreNamed() {
        var owner = new Candidate("olga", Set.of(), Set.of(), true, false);
        var manager = new Candidate("max", Set.of(), Set.of(), false, true);
        var owners = new Approvers(Set.of(), Set.of(), Set.of(), true, false, Match.ANY);
        var managers = new Approvers(Set.of(), Set.of(), Set.of(), false, true, Match.ALL);

        assertThat(owners.include(owner)).isTrue();
        assertThat(owners.include(manager)).isFalse();
        assertThat(managers.include(manager)).isTrue();
        assertThat(managers.include(owner)).isFalse();
        assertThat(LEADS.include(owner)).isFalse();
    }

    @Test
    void furtherPersonsComeInWhenItTakesLong() {
        var step = new ApprovalStep(
                LEADS, 1, Optional.of(new ApprovalStep.Escalation(Duration.ofMinutes(10), named("grace"))));
        Candidate grace = candidate("grace", Set.of(), Set.of());

        assertThat(step.include(grace, Duration.ofMinutes(10).minusNanos(1))).isFalse();
        assertThat(step.include(grace, Duration.ofMinutes(10))).isTrue();
        assertThat(step.include(candidate("ann", Set.of("lead"), Set.of()), Duration.ZERO))
                .isTrue();
        assertThat(requirement(step(LEADS, 1)).and(requirement(step)).steps()).containsExactly(step(LEADS, 1));
        assertThat(requirement(step).covers(requirement(step(LEADS, 1)))).isFalse();
        assertThat(requirement(step(LEADS, 1)).covers(requirement(step))).isTrue();
    }

    @Test
    void theStricterSignInHoldsForBoth() {
        var recent = new StepUp(Duration.ofMinutes(5), Optional.empty());
        var strong = new StepUp(Duration.ofHours(1), Optional.of(Set.of("gold", "silver")));
        StepUp both = recent.and(strong);

        assertThat(both).isEqualTo(new StepUp(Duration.ofMinutes(5), Optional.of(Set.of("gold", "silver"))));
        assertThat(both.covers(recent)).isTrue();
        assertThat(both.covers(strong)).isTrue();
        assertThat(recent.covers(strong)).isFalse();
        assertThat(strong.covers(recent)).isFalse();
        Instant now = Instant.EPOCH.plusSeconds(1_000);
        assertThat(both.met(Optional.of(now.minusSeconds(300)), Optional.of("gold"), now))
                .isTrue();
        assertThat(both.met(Optional.of(now.minusSeconds(301)), Optional.of("gold"), now))
                .isFalse();
        assertThat(both.met(Optional.of(now), Optional.of("bronze"), now)).isFalse();
        assertThat(both.met(Optional.of(now), Optional.empty(), now)).isFalse();
        assertThat(both.met(Optional.empty(), Optional.of("gold"), now)).isFalse();
        var other = new StepUp(Duration.ofHours(1), Optional.of(Set.of("bronze")));
        assertThat(both.and(other).met(Optional.of(now), Optional.of("gold"), now))
                .isFalse();
    }

    @Test
    void nobodyIsAnApproverWhereNobodyIsNamed() {
        Candidate anybody = candidate("bob", Set.of("lead"), Set.of());

        assertThat(new Approvers(Set.of(), Set.of(), Set.of()).include(anybody)).isFalse();
        assertThat(new Approvers(Set.of(), Set.of(), Set.of(), false, false, Match.ALL).include(anybody))
                .isFalse();
    }

    @Test
    void refusesAStepWithoutPersons() {
        assertThatThrownBy(() -> step(LEADS, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    private static ApprovalRequirement requirement(ApprovalStep... steps) {
        return new ApprovalRequirement(
                List.of(steps), Duration.ofMinutes(15), Duration.ofMinutes(5), ApprovalTerms.NONE);
    }

    private static ApprovalRequirement withReasons(ApprovalStep... steps) {
        return new ApprovalRequirement(
                List.of(steps),
                Duration.ofMinutes(15),
                Duration.ofMinutes(5),
                new ApprovalTerms(false, true, ExecutionTimes.ALWAYS, Optional.empty()));
    }

    private static ApprovalStep step(Approvers approvers, int quorum) {
        return new ApprovalStep(approvers, quorum);
    }

    private static Approvers named(String user) {
        return new Approvers(Set.of(), Set.of(), Set.of(user));
    }

    private static Candidate candidate(String user, Set<String> realmRoles, Set<String> groups) {
        return new Candidate(user, realmRoles, groups, false, false);
    }
}
