package org.countersign.core.policy;

import java.util.Optional;
import org.countersign.core.InvalidRequestException;

/**
 * Why an administrator wants something; whoever countersigns it and every auditor reads it.
 *
 * @param reason at most 2,000 characters; empty when none was given
 * @param ticket what it is called elsewhere, at most 200 characters
 */
public record Motive(String reason, Optional<String> ticket) {
    public static final int MAX_REASON_CHARACTERS = 2_000;
    static final int MAX_TICKET_CHARACTERS = 200;

    public Motive {
        reason = reason.strip();
        if (reason.length() > MAX_REASON_CHARACTERS || reason.indexOf('\0') >= 0) {
            throw new InvalidRequestException(
                    "reason", "a reason has at most " + MAX_REASON_CHARACTERS + " characters and no NUL");
        }
        ticket = ticket.map(String::strip).filter(text -> !text.isEmpty());
        if (ticket.filter(text -> text.length() > MAX_TICKET_CHARACTERS || text.indexOf('\0') >= 0)
                .isPresent()) {
            throw new InvalidRequestException(
                    "ticket", "a ticket has at most " + MAX_TICKET_CHARACTERS + " characters and no NUL");
        }
    }

    public Motive(String reason) {
        this(reason, Optional.empty());
    }

    /** For what nobody may do without saying why: to turn down, or to undo, what others wanted. */
    public Motive needed() {
        if (reason.isEmpty()) {
            throw new InvalidRequestException("reason", "say why");
        }
        return this;
    }
}
