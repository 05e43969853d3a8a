package org.countersign.portal.approval;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.countersign.core.approval.Answerable;
import org.countersign.core.approval.ApprovalDetails;
import org.countersign.core.approval.CandidateView;
import org.countersign.core.approval.RefusalReason;
import org.countersign.core.approval.SimilarApproval;
import org.countersign.core.recording.SessionService;
import org.countersign.model.port.ApprovalDesk.State;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DetailPresenterTest {
    private final DetailPresenter bob = new DetailPresenter(
            new ApprovalDetails(), new SessionService(), () -> FakeApprovals.caller("bob", "approver"));

    @Test
    void saysWhoTheViewerIsAmongTheApproversAndWhoCanDecide() {
        assertThat(bob.candidate(new CandidateView("bob", Optional.empty(), "")))
                .isEqualTo(new DetailPresenter.Person("bob (you)", true, "can decide now"));
        assertThat(bob.candidate(new CandidateView("dora", Optional.of(RefusalReason.SIGN_IN_AGAIN), "")))
                .isEqualTo(new DetailPresenter.Person("dora", true, "can decide after a fresh sign-in"));
    }

    @Test
    void namesTheConstraintThatExcludesSomebody() {
        String why = "The constraint changer-does-not-approve keeps dora from it.";

        assertThat(bob.candidate(new CandidateView("dora", Optional.of(RefusalReason.CONFLICT_OF_DUTIES), why)))
                .isEqualTo(new DetailPresenter.Person("dora", false, why));
        assertThat(bob.candidate(new CandidateView("eve", Optional.of(RefusalReason.NOT_AN_APPROVER), "Suspended."))
                        .text())
                .isEqualTo("suspended");
    }

    @ParameterizedTest
    @EnumSource(RefusalReason.class)
    void hasWordsForWhateverKeepsSomebodyFromIt(RefusalReason reason) {
        assertThat(bob.candidate(new CandidateView("dora", Optional.of(reason), reason.message()))
                        .text())
                .isNotBlank();
    }

    @Test
    void namesThePeopleBehindWithTheirOtherAccounts() {
        assertThat(DetailPresenter.behind(new Answerable("alice", List.of("owns orders-agent"), List.of())))
                .isEqualTo("owns orders-agent");
        assertThat(DetailPresenter.behind(
                        new Answerable("alice", List.of("owns orders-agent", "asks"), List.of("alice-2"))))
                .isEqualTo("owns orders-agent, asks; also known as alice-2");
    }

    @ParameterizedTest
    @EnumSource(State.class)
    void saysWhatBecameOfAnEarlierRequest(State state) {
        var exact = new SimilarApproval(new UUID(0, 1), state, true, List.of("bob", "dora"), FakeApprovals.NOON);
        var kind = new SimilarApproval(new UUID(0, 1), state, false, List.of(), FakeApprovals.NOON);

        assertThat(DetailPresenter.similar(exact)).startsWith("Exactly this: ");
        assertThat(DetailPresenter.similar(kind)).startsWith("The same kind: ").doesNotContain(" by ");
        if (state == State.REJECTED) {
            assertThat(DetailPresenter.similar(exact)).isEqualTo("Exactly this: rejected by bob and dora");
        }
    }
}
