package org.countersign.core.approval;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.UUID;
import org.countersign.core.segregation.ActNotes;
import org.countersign.model.command.Command;
import org.countersign.model.port.ApprovalDesk;
import org.countersign.model.port.CommandDesk;
import org.countersign.model.port.HeldCommand;
import org.countersign.model.session.SessionFacts;

/** Held commands with the clients that wait for them. Holds no transaction of its own. */
@ApplicationScoped
public class ApprovalQueue implements ApprovalDesk {
    @Inject
    private HeldCommands held;

    @Inject
    private ActNotes notes;

    @Inject
    private Waiters waiters;

    @Inject
    private Settlements settlements;

    @Override
    public Receipt request(HeldCommand command, Waiter waiter) {
        UUID id = UUID.randomUUID();
        Receipt receipt;
        try {
            receipt = held.request(id, command);
        } catch (RuntimeException e) {
            // a commit may happen whose answer is lost: nobody is to decide for a client that was turned away
            settlements.later(id, () -> {
                held.withdraw(id, "the gateway lost its store");
                // somebody may have been faster
                held.finished(id, End.NOT_EXECUTED);
            });
            throw e;
        }
        // decided between the commit and this line: the pulse finds it within a second
        if (receipt.state() == State.PENDING && !command.deferred()) {
            waiters.add(receipt.approval(), waiter);
        }
        return receipt;
    }

    @Override
    public CommandDesk.Ruling redeem(UUID approval, HeldCommand command) {
        settlements.settle(approval);
        return held.redeem(approval, command);
    }

    @Override
    public CommandDesk.Ruling settle(
            SessionFacts session, Command command, long commandsSoFar, CommandDesk.Ruling ruling) {
        return notes.settle(session, command, commandsSoFar, ruling);
    }

    @Override
    public void withdraw(UUID approval, String reason) {
        waiters.remove(approval);
        settlements.settle(approval, () -> held.withdraw(approval, reason));
    }

    @Override
    public void finished(UUID approval, End end) {
        if (end != End.EXECUTED) {
            settlements.settle(approval, () -> held.finished(approval, end));
        }
    }
}
