package org.countersign.core.grant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.countersign.core.grant.TestGrants.NOW;

import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.countersign.core.approval.Applications;
import org.countersign.core.approval.ApprovalCommitted;
import org.countersign.core.approval.KeptAttempts;
import org.countersign.core.segregation.ConflictLook;
import org.countersign.model.CountersignError;
import org.countersign.model.policy.PolicySnapshot;
import org.countersign.model.policy.TargetPolicy;
import org.countersign.model.policy.Verdict;
import org.countersign.model.port.ApprovalDesk;
import org.countersign.model.port.ApprovalDesk.State;
import org.countersign.model.session.Principal;
import org.junit.jupiter.api.Test;

class GrantDecisionsTest {
    private final TestGrants.Board board = new TestGrants.Board(TestGrants.policy(TestGrants.makers("orders-agent")));
    private final KeptAttempts attempts = new KeptAttempts();
    private final GrantEntity grant = TestGrants.asked(false);
    private Optional<Verdict.Deny> selfApproved = Optional.empty();

    private final Applications applications = new Applications() {
        @Override
        public Optional<Verdict.Deny> selfApproved(UUID id, Principal who) {
            return selfApproved;
        }
    };

    private final ConflictLook conflicts = new ConflictLook() {
        @Override
        public Optional<String> conflict(PolicySnapshot snapshot, Principal principal, TargetPolicy target) {
            return Optional.empty();
        }
    };

    private final GrantDecisions decisions = new GrantDecisions(
            new TestGrants.Kept(grant),
            board,
            new Grounds(applications),
            conflicts,
            attempts,
            Clock.fixed(NOW, ZoneOffset.UTC));

    @Test
    void itBeginsWithTheLastApproval() {
        decided(State.PENDING);
        assertThat(grant.state()).isEqualTo(GrantState.PENDING);

        decided(State.EXECUTED);
        assertThat(grant.active(NOW)).isTrue();
    }

    @Test
    void whatThePolicyStoppedOfferingMeanwhileDoesNotBegin() {
        board.shown = TestGrants.policy(TestGrants.makers("other-agent"));

        decided(State.EXECUTED);

        assertThat(grant.state()).isEqualTo(GrantState.REJECTED);
        assertThat(grant.view().endedReason()).contains("orders-agent cannot have the role maker on shop any more");
        assertThat(attempts.kept)
                .containsExactly("orders-agent run-approved " + grant.view().name() + " grant-ended");
    }

    @Test
    void whatWasApprovedBySomebodyWhoAnswersForItByNowDoesNotBegin() {
        selfApproved = Optional.of(new Verdict.Deny(
                List.of("self-approval"), CountersignError.CONFLICT_OF_DUTIES, "bob answers for it by now.", ""));

        decided(State.EXECUTED);

        assertThat(grant.state()).isEqualTo(GrantState.REJECTED);
        assertThat(attempts.kept)
                .containsExactly("orders-agent run-approved " + grant.view().name() + " self-approval");
    }

    private void decided(State state) {
        decisions.settled(new ApprovalCommitted(
                grant.approval().orElseThrow(), new ApprovalDesk.Outcome(state, List.of("bob"), ""), true));
    }
}
