package org.countersign.core.identity;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.util.Optional;
import org.countersign.model.port.AccessRefusedException;
import org.countersign.model.port.Secret;

/** Turns access tokens into callers. */
@Stateless
@PermitAll
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class CallerService {
    @Inject
    private TokenVerifier verifier;

    @Inject
    private Suspensions suspensions;

    @Inject
    private KnownMarks known;

    @Inject
    private AccountNotes notes;

    /**
     * Verifies an OIDC access token, and that nobody who answers for it is suspended.
     *
     * @throws AccessRefusedException 28000 or 28P01 with the reason for the caller; never with a part of the token;
     *     57P03 when the store does not answer
     */
    public Caller verify(Secret accessToken) throws AccessRefusedException {
        VerifiedToken token = verifier.verify(accessToken);
        token.marks().filter(marks -> !known.has(marks, token.facts())).ifPresent(marks -> note(marks, token.facts()));
        suspensions.check(token.principal());
        return new Caller(token.principal(), token.signIn(), token.expiresAt());
    }

    private void note(AccountMarks marks, Optional<AccountFacts> facts) {
        notes.note(marks, facts);
        known.add(marks, facts);
    }
}
