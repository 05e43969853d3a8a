package org.countersign.core.identity;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import org.countersign.model.port.AccessRefusedException;

/** Makes connection credentials: one target, some minutes, never longer than the token they were made with. */
@Stateless
@PermitAll
public class CredentialService {
    /**
     * Makes a credential for the caller himself.
     *
     * @throws AccessRefusedException 3D000 for a target that does not exist or on which the caller holds no role
     */
    public CredentialView create(Caller caller, String target) throws AccessRefusedException {
        throw new UnsupportedOperationException();
    }
}
