package org.countersign.core.policy;

import jakarta.ejb.ApplicationException;
import java.util.Locale;

/** A person or program may not make or confirm this change, or not any more. */
@ApplicationException(rollback = true)
public final class ChangeRefusedException extends Exception {
    private static final long serialVersionUID = 1L;
    private final Reason reason;

    public ChangeRefusedException(Reason reason, String message) {
        super(message, null, false, false);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }

    /** In the order in which they are checked. */
    public enum Reason {
        /** Agents neither propose nor confirm nor read policy. */
        MACHINE_APPROVAL,
        NOT_AN_ADMIN,
        UNKNOWN_CHANGE,
        UNKNOWN_OBJECT,
        /** The author, or somebody who answers for the same things, wants to confirm. */
        SELF_APPROVAL,
        /** Somebody else than the author wants to withdraw. */
        NOT_THE_AUTHOR,
        /** Nobody confirmed it in time. */
        EXPIRED,
        ALREADY_DECIDED,
        /** A change of the same objects was confirmed since this one was proposed. */
        CONFLICT;

        /** The name used outside: {@code self-approval}. */
        public String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
