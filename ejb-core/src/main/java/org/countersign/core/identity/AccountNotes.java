package org.countersign.core.identity;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** Notes what tokens say about accounts, in a transaction of its own. */
@Stateless
@PermitAll
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
@SuppressWarnings("NullAway.Init") // set by the container
public class AccountNotes {
    @Inject
    private Accounts accounts;

    @Inject
    private Clock clock;

    public void note(AccountMarks marks, Optional<AccountFacts> facts) {
        accounts.note(marks, clock.instant().truncatedTo(ChronoUnit.MICROS));
        facts.ifPresent(accounts::note);
    }
}
