package org.countersign.portal.approval;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.countersign.core.approval.ApprovalView;
import org.countersign.core.approval.ApprovalView.StepState;
import org.countersign.core.approval.ApprovalView.StepView;
import org.countersign.core.approval.BatchOutcome;
import org.countersign.core.approval.DecisionKind;
import org.countersign.core.approval.RefusalReason;
import org.countersign.core.identity.PrincipalView;
import org.countersign.model.port.ApprovalDesk.State;
import org.countersign.portal.approval.ApprovalPresenter.Obstacle;
import org.countersign.portal.approval.ApprovalPresenter.ReasonMissing;
import org.countersign.portal.approval.ApprovalPresenter.Refused;
import org.countersign.portal.approval.ApprovalPresenter.Several;
import org.countersign.portal.approval.ApprovalPresenter.Taken;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ApprovalPresenterTest {
    private final FakeApprovals approvals = new FakeApprovals();
    private final ApprovalPresenter bob =
            new ApprovalPresenter(approvals, () -> FakeApprovals.caller("bob", "approver"));
    private final ApprovalPresenter alice = new ApprovalPresenter(approvals, () -> FakeApprovals.caller("alice"));

    @Test
    void putsNothingInTheWayOfAnApprover() {
        assertThat(bob.obstacle(pending(Optional.empty()))).isEmpty();
    }

    @Test
    void tellsTheOwnerThatHeAnswersForTheAgent() {
        assertThat(alice.obstacle(pending(Optional.of(RefusalReason.SELF_APPROVAL))))
                .map(Obstacle::title)
                .contains("You answer for this agent");
    }

    @Test
    void tellsWhomTheAgentActsForThatItsRequestIsHis() {
        var agent = new PrincipalView("orders-agent", "agent", Optional.of("frank"), Optional.of("alice"), List.of());
        ApprovalView approval = approvals.add(State.PENDING, agent, Optional.of(RefusalReason.SELF_APPROVAL));

        assertThat(alice.obstacle(approval)).map(Obstacle::title).contains("This agent acts for you");
    }

    @Test
    void tellsAPersonThatItIsHisOwnRequest() {
        var person = new PrincipalView("alice", "person", Optional.empty(), Optional.empty(), List.of());
        ApprovalView approval = approvals.add(State.PENDING, person, Optional.of(RefusalReason.SELF_APPROVAL));

        assertThat(alice.obstacle(approval)).map(Obstacle::title).contains("This is your own request");
    }

    @ParameterizedTest
    @EnumSource(RefusalReason.class)
    void hasWordsForEveryRefusal(RefusalReason reason) {
        assertThat(bob.obstacle(pending(Optional.of(reason))).orElseThrow().title())
                .isNotBlank();
    }

    @Test
    void namesWhoDecided() {
        ApprovalView approval = pending(Optional.empty());
        bob.decide(approval, DecisionKind.APPROVE, "");

        assertThat(alice.settlement(approvals.all.get(approval.id())))
                .map(Obstacle::title)
                .contains("Approved by bob");
    }

    @ParameterizedTest
    @EnumSource(State.class)
    void hasWordsForEveryState(State state) {
        ApprovalView approval = FakeApprovals.with(pending(Optional.empty()), state, 1, List.of());

        assertThat(bob.settlement(approval).isPresent()).isEqualTo(state != State.PENDING);
    }

    @Test
    void saysHowManyApprovalsAQuorumStillNeeds() {
        var given =
                new ApprovalView.DecisionView("bob", Optional.empty(), DecisionKind.APPROVE, 0, "", FakeApprovals.NOON);
        ApprovalView approval = FakeApprovals.with(pending(Optional.empty()), State.PENDING, 2, List.of(given));

        assertThat(bob.obstacle(approval))
                .map(Obstacle::explanation)
                .hasValueSatisfying(text -> assertThat(text).startsWith("1 of 2"));
    }

    @Test
    void approvesWithoutAReason() {
        assertThat(bob.decide(pending(Optional.empty()), DecisionKind.APPROVE, " "))
                .isInstanceOf(Taken.class);
        assertThat(approvals.decided).containsExactly("bob approve ");
    }

    @Test
    void approvesOnlyWithAReasonWhereTheRuleWantsOne() {
        approvals.reasonRequired = true;
        ApprovalView approval = pending(Optional.empty());

        assertThat(bob.decide(approval, DecisionKind.APPROVE, " ")).isInstanceOf(ReasonMissing.class);
        assertThat(approvals.decided).isEmpty();

        assertThat(bob.decide(approval, DecisionKind.APPROVE, "seen")).isInstanceOf(Taken.class);
    }

    @Test
    void rejectsOnlyWithAReason() {
        ApprovalView approval = pending(Optional.empty());

        assertThat(bob.decide(approval, DecisionKind.REJECT, " \n")).isInstanceOf(ReasonMissing.class);
        assertThat(approvals.decided).isEmpty();

        assertThat(bob.decide(approval, DecisionKind.REJECT, " no predicate ")).isInstanceOf(Taken.class);
        assertThat(approvals.decided).containsExactly("bob reject no predicate");
    }

    @Test
    void tellsWhoWasFasterWhenTheDecisionComesTooLate() {
        ApprovalView seen = pending(Optional.empty());
        var faster = new ApprovalView.DecisionView(
                "dave", Optional.empty(), DecisionKind.REJECT, 0, "no", FakeApprovals.NOON);
        approvals.put(FakeApprovals.with(seen, State.REJECTED, 1, List.of(faster)));
        approvals.refusal = Optional.of(RefusalReason.ALREADY_DECIDED);

        assertThat(bob.decide(seen, DecisionKind.APPROVE, ""))
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused -> assertThat(refused.obstacle().title()).isEqualTo("Rejected by dave"));
    }

    @Test
    void saysWhoseStepIsOpenToWhoeverComesLater() {
        approvals.steps = List.of(
                new StepView("people with the role lead", 2, 2, StepState.DONE),
                new StepView("the user dora", 1, 0, StepState.OPEN),
                new StepView("people in the group dba", 1, 0, StepState.LATER));

        assertThat(bob.obstacle(pending(Optional.of(RefusalReason.NOT_YOUR_STEP_YET))))
                .map(Obstacle::explanation)
                .hasValueSatisfying(text -> assertThat(text).startsWith("Others decide first: the user dora."));
    }

    @Test
    void decidesAllIdenticalRequestsAndSaysHowManyCounted() {
        approvals.batch = List.of(
                new BatchOutcome(new UUID(0, 1), State.APPROVED, Optional.empty()),
                new BatchOutcome(new UUID(0, 2), State.EXPIRED, Optional.of(RefusalReason.EXPIRED)));
        ApprovalView approval = pending(Optional.empty());

        assertThat(bob.decideAll(approval, DecisionKind.REJECT, " ")).isInstanceOf(ReasonMissing.class);
        assertThat(bob.decideAll(approval, DecisionKind.APPROVE, " seen "))
                .isInstanceOfSatisfying(
                        Several.class, several -> assertThat(several.notice()).startsWith("Decided 1 of 2"));
        assertThat(approvals.decided).containsExactly("bob approve all sha256:00 seen");
    }

    @Test
    void saysWhatBecameOfTakingBack() {
        ApprovalView approval = pending(Optional.empty());
        assertThat(alice.takeBack(approval)).isEqualTo("Taken back. It will not run.");

        approvals.refusal = Optional.of(RefusalReason.ALREADY_DECIDED);
        assertThat(alice.takeBack(approval)).startsWith("It is too late");
    }

    @Test
    void wantsASignInOnlyWhereNothingElseIsInTheWay() {
        assertThat(ApprovalPresenter.wantsSignIn(pending(Optional.of(RefusalReason.SIGN_IN_AGAIN))))
                .isTrue();
        assertThat(ApprovalPresenter.wantsSignIn(pending(Optional.of(RefusalReason.SELF_APPROVAL))))
                .isFalse();
        assertThat(ApprovalPresenter.wantsSignIn(pending(Optional.empty()))).isFalse();
    }

    @Test
    void saysInWhosePlaceSomebodyDecided() {
        assertThat(ApprovalPresenter.by(new ApprovalView.DecisionView(
                        "frank", Optional.of("bob"), DecisionKind.APPROVE, 0, "", FakeApprovals.NOON)))
                .isEqualTo("frank in place of bob");
    }

    @Test
    void saysInOneLineWhatIsAsked() {
        assertThat(ApprovalPresenter.headline(pending(Optional.empty())))
                .isEqualTo("orders-agent wants to run one UPDATE on shop");
    }

    private ApprovalView pending(Optional<RefusalReason> why) {
        return approvals.add(State.PENDING, FakeApprovals.AGENT, why);
    }
}
