package org.countersign.core.identity;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.util.Optional;
import org.countersign.model.port.AccessRefusedException;
import org.countersign.model.port.Secret;
import org.countersign.model.session.Principal;

/** Turns access tokens into callers. */
@Stateless
@PermitAll
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class CallerService {
    @Inject
    private TokenVerifier verifier;

    @Inject
    private TokenChecks checks;

    @Inject
    private Suspensions suspensions;

    @Inject
    private Rotations rotations;

    @Inject
    private KnownMarks known;

    @Inject
    private AccountNotes notes;

    /**
     * Verifies an OIDC access token, that nobody who answers for it is suspended, and that it is younger than its agent's secret. The caller has what the token says
     * and the identity provider still stands by, where that is asked.
     *
     * @throws AccessRefusedException 28000 or 28P01 with the reason for the caller; never with a part of the token;
     *     57P03 when the store does not answer
     */
    public Caller verify(Secret accessToken) throws AccessRefusedException {
        VerifiedToken signed = verifier.verify(accessToken);
        VerifiedToken token = signed.limited(checks.of(signed.token()));
        token.marks().filter(marks -> !known.has(marks, token.facts())).ifPresent(marks -> note(marks, token.facts()));
        suspensions.check(token.principal());
        rotations.check(token.principal(), token.token());
        return new Caller(token.principal(), token.signIn(), token.expiresAt(), Optional.of(token.token()));
    }

    /** Whom a token names that the issuer has signed and that is not over, whatever became of him since. */
    public Optional<Principal> named(Secret accessToken) {
        try {
            return Optional.of(verifier.verify(accessToken).principal());
        } catch (AccessRefusedException e) {
            return Optional.empty();
        }
    }

    /**
     * Returns whom a credential stands for, as far as the identity provider still stands by the token it was made with.
     *
     * @throws AccessRefusedException as for a token
     */
    public Principal current(ProvedCredential credential) throws AccessRefusedException {
        Principal principal = checks.of(credential.token()).limit(credential.principal());
        suspensions.check(principal);
        rotations.check(principal, credential.token());
        return principal;
    }

    private void note(AccountMarks marks, Optional<AccountFacts> facts) {
        notes.note(marks, facts);
        known.add(marks, facts);
    }
}
