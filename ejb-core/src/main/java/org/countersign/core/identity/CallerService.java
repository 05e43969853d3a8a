package org.countersign.core.identity;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import org.countersign.model.port.AccessRefusedException;
import org.countersign.model.port.Secret;

/** Turns access tokens into callers. */
@Stateless
@PermitAll
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class CallerService {
    @Inject
    private TokenVerifier verifier;

    /**
     * Verifies an OIDC access token.
     *
     * @throws AccessRefusedException 28000 or 28P01 with the reason for the caller; never with a part of the token
     */
    public Caller verify(Secret accessToken) throws AccessRefusedException {
        VerifiedToken token = verifier.verify(accessToken);
        return new Caller(token.principal(), token.expiresAt());
    }
}
