package org.countersign.core.inbound;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.MessageDriven;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.UUID;
import org.countersign.core.agent.PermissionUses;
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

    @Inject
    private PermissionUses uses;

    @Inject
    private Clock clock;

    @Override
    public Receipt request(HeldCommand held, Waiter waiter) {
        return queue.request(held, waiter);
    }

    @Override
    public CommandDesk.Ruling redeem(UUID approval, HeldCommand held) {
        return noted(held.session(), held.command(), queue.redeem(approval, held));
    }

    @Override
    public CommandDesk.Ruling settle(
            SessionFacts session, Command command, long commandsSoFar, CommandDesk.Ruling ruling) {
        return noted(session, command, queue.settle(session, command, commandsSoFar, ruling));
    }

    private CommandDesk.Ruling noted(SessionFacts session, Command command, CommandDesk.Ruling ruling) {
        uses.note(session, command, new CommandDesk.Ruling(ruling.verdict(), ruling.policyVersion()), clock.instant());
        return ruling;
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
