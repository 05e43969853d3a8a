package org.countersign.core.audit;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import org.countersign.core.identity.Caller;

/** Lists commands with consequences, for whoever may read the report. */
@Stateless
@PermitAll
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
@SuppressWarnings("NullAway.Init") // set by the container
public class PrivilegedService {
    @Inject
    private PrivilegedCommands commands;

    /** Returns the latest {@link PrivilegedCommands#MAX_ROWS} of the period. */
    public PrivilegedView in(Caller caller, Period period) {
        Readers.check(caller);
        return commands.in(period);
    }
}
