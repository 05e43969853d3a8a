package org.countersign.portal.approval;

import com.vaadin.flow.component.Composite;
import com.vaadin.flow.component.html.Code;
import org.countersign.core.approval.ApprovalView;
import org.countersign.model.port.ApprovalDesk;
import org.countersign.portal.ui.Facts;
import org.countersign.portal.ui.Panel;
import org.countersign.portal.ui.TimeText;

/** Times, windows and numbers of a request. */
final class RecordPanel extends Composite<Panel> {
    private static final long serialVersionUID = 1L;

    private final transient ApprovalView approval;

    RecordPanel(ApprovalView approval) {
        this.approval = approval;
    }

    @Override
    protected Panel initContent() {
        var digest = new Code(approval.digest());
        digest.addClassName("digest");
        digest.setTitle("Covers the text, the parameters, the settings and the target's definitions it depends on");
        var facts = new Facts()
                .with("Requested", TimeText.at(approval.requestedAt()))
                .with("Expires", TimeText.at(approval.expiresAt()));
        times(facts);
        facts.with("Approval", new Code(approval.id().toString()))
                .with("Digest", digest)
                .with("Policy version", String.valueOf(approval.policyVersion()));
        if (approval.grant().isEmpty()) {
            facts.with("Client", client());
        }
        var panel = new Panel("For the record", facts);
        panel.setId("record");
        return panel;
    }

    private void times(Facts facts) {
        ApprovalView.TermsView terms = approval.terms();
        boolean pending = approval.state() == ApprovalDesk.State.PENDING;
        if (pending) {
            terms.escalatesAt().ifPresent(at -> facts.with("Others may decide from", TimeText.at(at)));
        }
        if (!terms.executeDuring().isBlank()) {
            facts.with("Runs only", terms.executeDuring());
        }
        terms.executeFrom().ifPresent(from -> facts.with("May run from", TimeText.at(from)));
        approval.executeBy().ifPresent(by -> facts.with("Has to run by", TimeText.at(by)));
    }

    private String client() {
        boolean open = approval.state() == ApprovalDesk.State.PENDING;
        if (approval.deferred()) {
            return open ? "comes again once this is approved" : "did not wait; it was to come again";
        }
        return open ? "waits for the decision" : "waited for the decision";
    }
}
