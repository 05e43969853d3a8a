package org.countersign.core.identity;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import org.countersign.model.port.AccessRefusedException;
import org.countersign.model.port.Secret;

/** Turns access tokens into callers. */
@Stateless
@PermitAll
public class CallerService {
    /**
     * Verifies an OIDC access token.
     *
     * @throws AccessRefusedException 28000 with the reason for the caller; never with a part of the token
     */
    public Caller verify(Secret accessToken) throws AccessRefusedException {
        throw new UnsupportedOperationException();
    }
}
