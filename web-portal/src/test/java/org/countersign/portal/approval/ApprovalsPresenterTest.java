package org.countersign.portal.approval;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.countersign.core.approval.RefusalReason;
import org.countersign.core.identity.PrincipalView;
import org.countersign.model.port.ApprovalDesk.State;
import org.countersign.portal.approval.ApprovalsPresenter.Box;
import org.countersign.portal.approval.ApprovalsPresenter.Inbox;
import org.countersign.portal.approval.ApprovalsPresenter.Row;
import org.junit.jupiter.api.Test;

class ApprovalsPresenterTest {
    private final FakeApprovals approvals = new FakeApprovals();
    private final ApprovalsPresenter presenter =
            new ApprovalsPresenter(approvals, () -> FakeApprovals.caller("bob", "approver"));

    @Test
    void showsARequestOnOneLine() {
        approvals.add(State.PENDING, FakeApprovals.AGENT, Optional.empty());

        Row row = presenter.open(Box.PENDING, Optional.empty()).rows().getFirst();

        assertThat(row.summary()).isEqualTo("update orders set note = 'x'");
        assertThat(row.behalf()).isEqualTo("owned by alice");
    }

    @Test
    void keepsDecidedRequestsApart() {
        approvals.add(State.PENDING, FakeApprovals.AGENT, Optional.empty());
        approvals.add(State.REJECTED, FakeApprovals.AGENT, Optional.of(RefusalReason.ALREADY_DECIDED));

        assertThat(presenter.open(Box.PENDING, Optional.empty()).rows())
                .extracting(Row::state)
                .containsExactly(State.PENDING);
        assertThat(presenter.open(Box.DECIDED, Optional.empty()).rows())
                .extracting(Row::state)
                .containsExactly(State.REJECTED);
    }

    @Test
    void findsDecidedOnesHoweverManyArePending() {
        approvals.pageSize = 2;
        for (int i = 0; i < 4; i++) {
            approvals.add(State.PENDING, FakeApprovals.AGENT, Optional.empty());
        }
        approvals.add(State.EXPIRED, FakeApprovals.AGENT, Optional.of(RefusalReason.EXPIRED));

        Inbox inbox = presenter.open(Box.DECIDED, Optional.empty());

        assertThat(inbox.rows()).hasSize(1);
        assertThat(inbox.next()).isEmpty();
    }

    @Test
    void countsOnlyWhatThisPersonMayDecide() {
        approvals.add(State.PENDING, FakeApprovals.AGENT, Optional.empty());
        approvals.add(State.PENDING, FakeApprovals.AGENT, Optional.of(RefusalReason.SELF_APPROVAL));

        assertThat(presenter.awaitingMe()).isEqualTo(1);
    }

    @Test
    void shortensByWholeCharacters() {
        assertThat(ApprovalsPresenter.summary("\ud83d\ude00".repeat(200))).isEqualTo("\ud83d\ude00".repeat(160) + "…");
    }

    @Test
    void namesWhomAnAgentActsForAndWhoOwnsIt() {
        assertThat(ApprovalsPresenter.behalf(
                        new PrincipalView("a", "agent", Optional.of("alice"), Optional.of("dave"), List.of())))
                .isEqualTo("for dave, owned by alice");
    }
}
