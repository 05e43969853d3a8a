package org.countersign.core.audit;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import org.countersign.model.session.Principal;

/** Keeps refused attempts whose own transaction is gone. For callers that hold none. */
@Stateless
@PermitAll
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
@SuppressWarnings("NullAway.Init") // set by the container
public class AttemptNotes {
    @Inject
    private Attempts attempts;

    /** The attempt is in the store when this returns. */
    public void note(Principal who, Attempt attempt, String object, String reason, String message) {
        attempts.note(who, attempt, object, reason, message);
    }
}
