package org.countersign.core.inbound;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.MessageDriven;
import jakarta.inject.Inject;
import java.util.UUID;
import org.countersign.core.approval.ApprovalQueue;
import org.countersign.model.command.Command;
import org.countersign.model.port.ApprovalDesk;
import org.countersign.model.port.CommandDesk;
import org.countersign.model.port.HeldCommand;
import org.countersign.model.session.SessionFacts;
import org.jboss.ejb3.annotation.ResourceAdapter;

/** The connector's way to approvals. */
@MessageDriven(messageListenerInterface = ApprovalDesk.class)
@ResourceAdapter("#proxy-connector.rar")
@PermitAll
public class ApprovalEndpoint implements ApprovalDesk {
    @Inject
    private ApprovalQueue queue;

    @Override
    public Receipt request(HeldCommand held, Waiter waiter) {
        return queue.request(held, waiter);
    }

    @Override
    public CommandDesk.Ruling redeem(UUID approval, HeldCommand held) {
        return queue.redeem(approval, held);
    }

    @Override
    public CommandDesk.Ruling settle(
            SessionFacts session, Command command, long commandsSoFar, CommandDesk.Ruling ruling) {
        return queue.settle(session, command, commandsSoFar, ruling);
    }

    @Override
    public void withdraw(UUID approval, String reason) {
        queue.withdraw(approval, reason);
    }

    @Override
    public void finished(UUID approval, End end) {
        queue.finished(approval, end);
    }
}
