package org.countersign.core.identity;

/** No key is known and the issuer does not answer. */
final class IdentityProviderUnreachableException extends Exception {
    private static final long serialVersionUID = 1L;

    IdentityProviderUnreachableException() {
        super("identity provider unreachable", null, false, false);
    }
}
